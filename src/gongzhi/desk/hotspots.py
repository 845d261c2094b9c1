"""Hot spots of a community: open matters of one cause at one place, put together by what was said.

What residents wrote is read by the program only, to compare it; nobody is shown more than before, and nothing of it
is kept. What came out is remembered in this process until a matter is filed or ends, at most ten minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Max, QuerySet

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.routing.hotspots import HotSpot, Message, hot_spots
from gongzhi.desk.draft import Draft
from gongzhi.desk.mapping import of_staff
from gongzhi.desk.meeting_room import put_on_notice
from gongzhi.desk.step import take_step
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.people.models import Person

__all__ = ["Spot", "merge_into", "put_on_agenda", "spot_of", "spots"]

LIVE = ("open", "ruling", "following")
MOST = 3000  # newest open matters that are compared: about a second
FRESH = 600  # seconds
TITLE = 24  # characters of what was said that count twice
BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Spot:
    """`numbers` of the matters, the first one filed first; it names the spot. `people`, `supporters`: see HotSpot."""

    numbers: tuple[str, ...]
    found: HotSpot

    @property
    def first(self) -> str:
        return self.numbers[0]


def spots(place: Place, organs: Sequence[int], at: datetime) -> list[Spot]:
    """Hot spots among what those who work for these organs may know of, the hottest first."""
    rows = _open(place, organs, at)
    newest = rows.aggregate(newest=Max("pk"))["newest"] or 0
    asked = place.pk, tuple(sorted(organs)), rows.count(), newest, int(at.timestamp()) // FRESH
    return list(_compared(asked, _Rows(place, tuple(organs), at)))


def spot_of(number: str, place: Place, organs: Sequence[int], at: datetime) -> Spot | None:
    """The hot spot a matter belongs to."""
    return next((one for one in spots(place, organs, at) if number in one.numbers), None)


def _open(place: Place, organs: Sequence[int], at: datetime) -> QuerySet[Matter]:
    return of_staff(place, organs).filter(status__in=LIVE, filed_at__gte=at - BACK, filed_at__lte=at)


@dataclass(frozen=True)
class _Rows:
    """How to read the matters, when what is remembered is too old; all askers of one minute are equal."""

    place: Place
    organs: tuple[int, ...]
    at: datetime

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rows)


@lru_cache(maxsize=32)
def _compared(asked: tuple[object, ...], given: _Rows) -> tuple[Spot, ...]:
    rows = list(_open(given.place, given.organs, given.at).order_by("-filed_at", "-pk")[:MOST])
    said = {row.matter_id: row for row in Words.objects.filter(
        matter__in=[row.pk for row in rows], name="what", act__seq=1, erased_at=None)}  # fmt: skip
    messages = [_message(row, said.get(row.pk)) for row in reversed(rows)]
    numbers = [str(one.id) for one in messages]
    return tuple(Spot(tuple(numbers[at] for at in one.messages), one) for one in hot_spots(messages))


def _message(row: Matter, said: Words | None) -> Message:
    """`headcount` beyond the one who filed are people who said the same. Compared is what was said: a public title may
    name no more than place and category, which many causes share."""
    words = read_text(said) if said else row.subject
    return Message(
        row.number, words[:TITLE], words, in_china(row.filed_at).date(), str(row.filer_id or row.number),
        max(0, read_state(row.state).headcount - 1), row.subject,
    )  # fmt: skip


def put_on_agenda(spot: Spot, meeting: Meeting, title: str, by: Person, at: datetime) -> None:
    """The cause becomes an item of a meeting; its first matter's log notes it where the person may. Raises Refused."""
    put_on_notice(meeting, by, title, at)
    try:
        take_step(spot.first, Draft("note", words={"remark": f"列入会议议题：{meeting.title}"}), by, at, None)
    except Refused:
        return  # another organ's matter: the item stands all the same


def merge_into(
    spot: Spot, leader: str, numbers: Sequence[str], ground: str, by: Person, at: datetime
) -> dict[str, Refused | None]:
    """Each of these matters of the spot follows the leader, as far as each may; number -> why not."""
    done: dict[str, Refused | None] = {}
    for number in (one for one in spot.numbers if one in numbers and one != leader):
        try:
            take_step(number, Draft("merge", to=leader, ground=ground), by, at, None)
        except Refused as refused:
            done[number] = refused
        else:
            done[number] = None
    return done
