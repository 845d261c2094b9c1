"""准入: work that is handed down is filed only under an admission that is valid, whatever the face it comes through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.plans import Admitted
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.acts import Actor
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import calendars
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import NewMatter
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.queries import by_number
from gongzhi.records.plans import actions, queries

__all__ = ["Line", "check", "filed", "last_day", "register"]


@dataclass(frozen=True, slots=True)
class Line:
    """One admission of the register. `until`: its last day; `used`: how much work was handed down under it."""

    matter: Matter
    until: date
    valid: bool
    used: int


def check(
    new: NewMatter, charter: Charter, procedure: str, actor: Actor, sender: str | None, at: datetime
) -> Matter | None:
    """The admission under which this is filed; None where none is needed.

    Raises Refused `admission_missing`, `admission_unknown` (no such admission here), `admission_not_given`,
    `admission_of_other` (given to another organ), `admission_expired`. 城市居民委员会组织法 43.
    """
    gate = charter.procedures[procedure].admitted
    if gate is None:
        return None
    if not new.admission:
        raise Refused("admission_missing", procedure=procedure)
    found = by_number(new.admission)
    if found is None or found.procedure != gate.by or not new.place.path.startswith(found.place.path):
        raise Refused("admission_unknown", number=new.admission)
    if found.status not in queries.ENDED or found.end != gate.as_:
        raise Refused("admission_not_given", number=found.number)
    if sender is None or queries.sender_of(found) != int(sender):
        raise Refused("admission_of_other", number=found.number, organ=actor.organ)
    if in_china(at).date() > last_day(found, gate):
        raise Refused("admission_expired", number=found.number, last_day=last_day(found, gate).isoformat())
    return found


def last_day(admission: Matter, gate: Admitted) -> date:
    """The last day on which work may be handed down under an admission that was given."""
    if admission.closed_at is None:
        raise ValueError("only an admission that has ended has a last day")
    calendar, _ = calendars.current()
    return in_china(calendar.add(admission.closed_at, gate.for_).at).date()


def filed(carried: Carried, effect: core.Filed) -> None:
    """Keep under which admission a matter was filed; its filing act in the log names it too."""
    gate = carried.charter.procedures[carried.case.procedure].admitted
    number = getattr(carried.draft, "admission", "")
    admission = by_number(number) if gate and number else None
    if gate and admission:
        actions.hand_down(carried.matter, admission, last_day(admission, gate))


def register(place: Place, at: datetime) -> list[Line]:
    """Every admission that holds or held for this place, the latest first. Two queries."""
    version = charter_for(place, at)
    charter = charter_of(version) if version else None
    gates = {one.admitted for one in charter.procedures.values() if one.admitted} if charter else set()
    today, found = in_china(at).date(), []
    for gate in sorted(gates, key=lambda one: one.by):
        for row in queries.admitted(place, gate.by, gate.as_):
            until = last_day(row, gate)
            found.append(Line(row, until, today <= until, int(getattr(row, "used", 0))))
    return found
