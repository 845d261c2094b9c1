"""Settings of the whole installation: who may change them is asked of the charter; each change keeps its why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import learning
from gongzhi.desk.adopting import adoptable
from gongzhi.records.institutions.models import SettingChange
from gongzhi.records.people.models import Person

__all__ = ["PROPOSALS", "changes", "may_switch", "switch_proposals"]

PROPOSALS = "learned_proposals"


def may_switch(person: Person, at: datetime) -> bool:
    """Those whom a charter in force lets adopt its next version may also change what it leaves open."""
    return bool(adoptable(person, at))


@transaction.atomic
def switch_proposals(person: Person, on: bool, why: str, at: datetime) -> SettingChange:
    """Use what was learned, or the charter's words only. Raises Refused: `not_adopter`, `why_missing`."""
    if not may_switch(person, at):
        raise Refused("not_adopter")
    if not why:
        raise Refused("why_missing")
    term = person.seats(at).order_by("pk").first()
    seat = f"{term.organ_instance.title}.{term.seat}".rstrip(".") if term else ""
    row = SettingChange.objects.create(
        name=PROPOSALS, value="on" if on else "off", why=why[:200], by=person.digest, seat=seat, at=at
    )
    learning.switch(on)
    return row


def changes(name: str) -> QuerySet[SettingChange]:
    """Who changed it, when and why, the newest first."""
    return SettingChange.objects.filter(name=name).order_by("-pk")
