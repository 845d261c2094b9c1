"""Duties that come back: one matter for each duty, place, subject and period, opened by the machine (R36)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max, Q

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.recurring import Period, periods_on
from gongzhi.desk import calendars
from gongzhi.desk.draft import NewMatter
from gongzhi.desk.filing import file_matter
from gongzhi.desk.keys import scoped_key
from gongzhi.records.institutions.models import Adoption, OrganInstance, Place
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.matters.models import Act

CHANNEL = "duty"


def open_due(now: datetime) -> int:
    """Open what the charters in force ask for today and what is not open yet. Running it again opens nothing."""
    calendar, _ = calendars.current()
    today = now.astimezone(CHINA).date()
    opened = 0
    for adoption in in_force(now):
        charter = charter_of(adoption.charter_version)
        wanted: dict[str, Turn] = {}
        for period in periods_on(charter, today, calendar):
            wanted |= {key_of(place, period): Turn(place, adoption, period) for place in places_of(adoption, period)}
        hashed = {scoped_key(None, key): key for key in wanted}
        known = set(Act.objects.filter(seq=1, key__in=list(hashed)).values_list("key", flat=True))
        for missing in hashed.keys() - known:
            opened += _open(wanted[hashed[missing]], charter, hashed[missing], now)
    return opened


@dataclass
class Looked:
    """What a worker has looked through already, so that it does not ask every two seconds for what changes daily."""

    at: tuple[date, int | None, int | None] | None = None

    def is_new(self, now: datetime) -> bool:
        """True when the day, an adoption or an organ is new since the last time."""
        adoptions = Adoption.objects.aggregate(last=Max("pk"))["last"]
        organs = OrganInstance.objects.aggregate(last=Max("pk"))["last"]
        before, self.at = self.at, (now.astimezone(CHINA).date(), adoptions, organs)
        return before != self.at


@dataclass(frozen=True, slots=True)
class Turn:
    """One period of a duty at one place."""

    place: Place
    adoption: Adoption
    period: Period


def in_force(now: datetime) -> Iterator[Adoption]:
    """Adoptions of charters with recurring duties."""
    rows = Adoption.objects.filter(Q(end=None) | Q(end__gt=now), start__lte=now)
    full = rows.select_related("place", "charter_version").defer("charter_version__source")
    for row in full.order_by("pk"):
        if charter_of(row.charter_version).recurring:
            yield row


def places_of(adoption: Adoption, period: Period) -> list[Place]:
    """Where the subject of the duty exists: at the place of each such organ, else at the place that adopted."""
    organs = OrganInstance.objects.filter(
        organ=period.subject.partition(".")[0],
        charter=adoption.charter,
        dissolved_at=None,
        place__path__startswith=adoption.place.path,
    )
    return [organ.place for organ in organs.select_related("place").order_by("pk")] or [adoption.place]


def key_of(place: Place, period: Period) -> str:
    return f"recurring:{place.code}:{period.key}"


def _begins(turn: Turn, charter: Charter, now: datetime) -> datetime:
    """The first day of the period, or the adoption where that was later (R36).

    A matter never opens already late: where the time of its first step would be over before anybody heard of it,
    it begins now. Whether the period was kept is read from its last day.
    """
    begins = max(datetime.combine(turn.period.first, time(), CHINA), turn.adoption.start)
    procedure = charter.procedures[turn.period.opens]
    span = procedure.steps[procedure.start].span
    calendar, _ = calendars.current()
    return now if span and calendar.add(begins, span).at < now else begins


def _open(turn: Turn, charter: Charter, key: str, now: datetime) -> int:
    place, period = turn.place, turn.period
    procedure = charter.procedures[period.opens]
    subject = next((f.name for f in procedure.fields.values() if f.type == "subject" and f.class_ == "plain"), None)
    new = NewMatter(
        place=place,
        category=period.of,
        procedure=period.opens,
        charter=turn.adoption.charter_version,
        subject=f"{place.name}：{charter.recurring[period.of].title}",
        public=True,
        channel=CHANNEL,
        fields={subject: period.subject} if subject and period.subject else {},
    )
    begins = _begins(turn, charter, now)
    return not file_matter(new, None, begins, key, now).repeated
