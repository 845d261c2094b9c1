"""The classes of a place's register and catalogue, and who of staff keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML

from gongzhi.desk.staffing import rights_of
from gongzhi.records.institutions.models import Place
from gongzhi.records.people.models import Person

__all__ = ["classes", "keeps"]

FILE = "registers.yaml"
KEEPERS = ("self_government", "government")
Classes = Mapping[str, Mapping[str, str]]  # key -> title in Chinese (`title`) and English (`en`)


def classes(charter: str, of: str) -> Classes:
    """Classes of `organisations` or `services`: data in the charter's folder, else those that are called usual."""
    own = _read(str(settings.GONGZHI_CHARTERS), charter)
    if own.get(of):
        return own[of]
    every = sorted(Path(settings.GONGZHI_CHARTERS).glob(f"*/{FILE}"))
    others = (_read(str(settings.GONGZHI_CHARTERS), file.parent.name) for file in every)
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


@lru_cache(maxsize=64)
def _read(folder: str, charter: str) -> dict[str, Any]:
    file = Path(folder, charter, FILE)
    if not charter or not file.exists():
        return {}
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return loaded
