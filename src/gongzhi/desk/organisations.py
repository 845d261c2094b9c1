"""The classes of a place's register and catalogue, who of staff keeps them, and orders from the catalogue (点单)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from ruamel.yaml import YAML

from gongzhi.core.charter.registers import REGISTERS_FILE
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.desk.propose import choosable
from gongzhi.desk.staffing import rights_of
from gongzhi.records.institutions.models import CharterVersion, Place
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person

__all__ = ["PHASES", "classes", "in_phase", "keeps", "order_of", "phase_of"]

KEEPERS = ("self_government", "government")
PHASES = ("compose", "accept", "doing", "rate", "ended")
Classes = Mapping[str, Mapping[str, str]]  # key -> title in Chinese (`title`) and English (`en`)


def classes(version: CharterVersion | None, of: str) -> Classes:
    """Classes of `organisations` or `services`: those pinned with the version in force, else those called usual."""
    text = version.source.get(f"{version.name}/{REGISTERS_FILE}", "") if version else ""
    own = _read(text) if text else {}
    if own.get(of):
        return own[of]
    files = sorted(Path(settings.GONGZHI_CHARTERS).glob(f"*/{REGISTERS_FILE}"))
    others = (_read(file.read_text(encoding="utf-8")) for file in files)
    return next((one[of] for one in others if one.get("usual") and one.get(of)), {})


def keeps(person: Person, at: datetime) -> Place | None:
    """The largest place whose register the person keeps: by a post in a self-governing or government organ there."""
    rights = rights_of(person, at)
    places = []
    for term in rights.terms:
        charter = rights.charter(term.organ_instance)
        kind = charter.organs.get(term.organ_instance.organ) if charter else None
        if kind is not None and kind.kind in KEEPERS and (term.seat or not kind.seats):
            places.append(term.organ_instance.place)
    return min(places, key=lambda place: len(place.path), default=None)


def order_of(version: CharterVersion | None) -> str:
    """The category that a line of the catalogue is ordered under, where the charter has orders; else empty."""
    text = version.source.get(f"{version.name}/{REGISTERS_FILE}", "") if version else ""
    named = str(_read(text).get("orders", "")) if text else ""
    known = {one.name for one in choosable(charter_of(version))} if version and named else set()
    return named if named in known else ""


def phase_of(charter: Charter, case: Case) -> str:
    """Where an order stands: composed, accepted, done, rated or ended; by what its steps are, not by their names."""
    if case.control.status not in OPEN:
        return "ended"
    if case.control.phase == "offered":
        return "accept"
    procedure = charter.procedures[case.procedure]
    step = procedure.steps[case.control.step]
    return "compose" if step.name == procedure.start else "rate" if step.do == "confirm" else "doing"


def in_phase(rows: QuerySet[Matter], charter: Charter, procedure: str, phase: str) -> QuerySet[Matter]:
    """Orders in a phase, told apart as `phase_of` does; a phase that is none: all."""
    start = charter.procedures[procedure].start
    confirms = [one.name for one in charter.procedures[procedure].steps.values() if one.do == "confirm"]
    is_open, offered = Q(status__in=OPEN), Q(state__contains='"phase":"offered"')
    by_phase = {
        "compose": is_open & ~offered & Q(step=start),
        "accept": is_open & offered,
        "rate": is_open & ~offered & Q(step__in=confirms),
        "doing": is_open & ~offered & ~Q(step__in=[start, *confirms]),
        "ended": ~is_open,
    }
    return rows.filter(by_phase.get(phase, Q()))


@lru_cache(maxsize=64)
def _read(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded
