"""Who may read how much of a matter, asked of the charter."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import FILER
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.engine import answers
from gongzhi.core.procedure.moves import organ_of
from gongzhi.desk.standing import PARTY, actors, involved, onlookers, seats_in
from gongzhi.records.people.models import Person

Level = Literal["none", "public", "course", "full"]
LEVELS: tuple[Level, ...] = ("none", "public", "course", "full")


def may_read(person: Person | None, charter: Charter, case: Case, at: datetime, filer: int | None) -> Level:
    """none; public: the redacted view; course: everything but personal words; full."""
    floor: Level = "public" if case.public else "none"
    if person is None:
        return floor
    mine = {actor.organ for actor in actors(person, charter, case, at, filer)}
    if mine & {FILER, PARTY} or mine & involved(charter, case):
        return "full"
    return "course" if mine & onlookers(charter, case) else floor


def may_see_contact(person: Person | None, charter: Charter, case: Case, at: datetime, filer: int | None) -> bool:
    """Name and phone are for those who have to reach the person: the holder, who answers, and the person itself."""
    if person is None:
        return False
    if person.pk == filer:
        return True
    control = case.control
    reach = {control.receiver, control.asked_by, organ_of(control.holder), answers(charter, case)}
    return bool({actor.organ for actor in seats_in(person, charter, case, at)} & reach)


def at_least(level: Level, wanted: Level) -> bool:
    """True when `level` shows as much as `wanted`."""
    return LEVELS.index(level) >= LEVELS.index(wanted)


def worklist_organs(person: Person, at: datetime) -> list[int]:
    """Ids of the organ instances whose work the person does: their matters are on the person's list."""
    return list(person.seats(at).values_list("organ_instance_id", flat=True).distinct())
