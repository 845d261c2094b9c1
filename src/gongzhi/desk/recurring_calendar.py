"""该开的会、该公开的事: everything that comes back, period by period, and every decision that has to be published.

What is missing is found by asking for it, not by waiting for somebody to report it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.charter.spec import Charter, Disclosure
from gongzhi.core.procedure.recurring import Period, periods_on
from gongzhi.desk import calendars
from gongzhi.desk.keys import scoped_key
from gongzhi.desk.recurring import in_force, key_of, places_of
from gongzhi.records.institutions.models import Adoption, Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.matters.models import Act, Matter

__all__ = ["Due", "Shown", "disclosures", "turns"]

State = Literal["done", "linked", "open", "missing"]
BACK = 3  # periods before the present one
YEAR = timedelta(days=365)
MOST = 200


@dataclass(frozen=True, slots=True)
class Due:
    """One period of one recurring matter at one place. `missing`: the period is over, or late, and nothing was done."""

    charter: Charter
    period: Period
    place: Place
    state: State
    matter: Matter | None

    @property
    def done_on(self) -> datetime | None:
        return self.matter.closed_at if self.matter and self.state in ("done", "linked") else None


def turns(community: Place, now: datetime) -> list[Due]:
    """What recurs in the community, of this period and some before it; the newest and the missing first."""
    found: list[tuple[Charter, Period, Place, str]] = []
    for adoption in in_force(now):
        if _concerns(adoption.place, community):
            found += _wanted(adoption, community, now)
    matters = _matters([key for *_, key in found])
    rows = [_due(charter, period, place, matters.get(scoped_key(None, key) or ""), now)
            for charter, period, place, key in found]  # fmt: skip
    return sorted(rows, key=lambda one: (one.state != "missing", -one.period.first.toordinal(), one.period.of))


def _concerns(place: Place, community: Place) -> bool:
    return community.path.startswith(place.path) or place.path.startswith(community.path)


def _wanted(adoption: Adoption, community: Place, now: datetime) -> Iterator[tuple[Charter, Period, Place, str]]:
    charter = charter_of(adoption.charter_version)
    calendar, _ = calendars.current()
    began = in_china(adoption.start).date()
    for one in charter.recurring.values():
        day = now.astimezone(CHINA).date()
        for _turn in range(BACK + 1):
            periods = [period for period in periods_on(charter, day, calendar) if period.of == one.name]
            for period in periods:
                for place in places_of(adoption, period):
                    if period.last >= began and place.path.startswith(community.path):
                        yield charter, period, place, key_of(place, period)
            day = min(one.first for one in periods) - timedelta(days=1)


def _matters(keys: Sequence[str]) -> dict[str, Matter]:
    """Filing key -> matter. One query."""
    hashed = [scoped_key(None, key) for key in keys]
    rows = Act.objects.filter(seq=1, key__in=hashed).select_related("matter__answers", "matter__fulfilled")
    return {str(row.key): row.matter for row in rows}


def _due(charter: Charter, period: Period, place: Place, matter: Matter | None, now: datetime) -> Due:
    today = now.astimezone(CHINA).date()
    state: State = "missing" if period.last < today else "open"
    if matter is not None and matter.status in ("closed", "final"):
        state = "linked" if hasattr(matter, "fulfilled") else "done"
    elif matter is not None and (matter.late or (matter.due is not None and matter.due < now)):
        state = "missing"
    return Due(charter, period, place, state, matter)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a disclosure asks for: how many decisions of the last year, and those not published in time."""

    charter: Charter
    disclosure: Disclosure
    decided: int
    missing: tuple[tuple[Matter, date], ...]


def disclosures(community: Place, now: datetime) -> list[Shown]:
    """Every disclosure of the charter in force, with what should be published by now and is not."""
    version = charter_for(community, now)
    if version is None:
        return []
    charter = charter_of(version)
    rows = list(
        Matter.objects.filter(
            place__path__startswith=community.path, closed_at__gte=now - YEAR, closed_at__lte=now,
            procedure__in={name for one in charter.disclosures.values() for name in one.of},
        ).prefetch_related("notices").order_by("closed_at")
    )  # fmt: skip
    return [_shown(charter, one, [row for row in rows if row.procedure in one.of], now)
            for one in charter.disclosures.values()]  # fmt: skip


def _shown(charter: Charter, disclosure: Disclosure, rows: Iterable[Matter], now: datetime) -> Shown:
    calendar, _ = calendars.current()
    decided, missing = 0, []
    for matter in rows:
        decided += 1
        due = calendar.add(matter.closed_at, disclosure.within).at if matter.closed_at else now
        if due < now and not matter.notices.all():
            missing.append((matter, in_china(due).date()))
    return Shown(charter, disclosure, decided, tuple(missing[:MOST]))
