"""What a meeting has to keep to, as a charter writes it in the step: notice, materials, votes, who speaks last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongzhi.core.charter.types import HOLDER, NAME, SPAN, YESNO, Key, listed, may
from gongzhi.core.span import Span

if TYPE_CHECKING:
    from gongzhi.core.charter.spec import Holder

__all__ = ["MEETING", "MeetingRules", "build_meeting"]


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """The kind of a meeting is data: hearing, coordination, owners' meeting and the rest differ in these values.

    invite      the invitation goes out at least this long before (物业管理条例 14: 15d; 居民委员会组织法 26: 10d)
    materials   documents of the matter that have to be there before anybody is invited
    votes       the decision rule of items voted on in the room; None: that of the step
    last        who speaks last on every item (重大行政决策程序暂行条例 30)
    tasks       the procedure that each resolution opens, with owner and last day
    answers     how long questions left open may take; they become such a task
    objections  how long after the meeting its minutes may be objected to
    topics      open space: those present put up topics
    """

    invite: Span | None = None
    materials: tuple[str, ...] = ()
    votes: str | None = None
    last: Holder | None = None
    tasks: str | None = None
    answers: Span | None = None
    objections: Span | None = None
    topics: bool = False


MEETING: dict[str, dict[str, Key]] = {
    "meeting": {
        "invite": may(SPAN),
        "materials": may(listed(NAME), ()),
        "votes": may(NAME),
        "last": may(HOLDER),
        "tasks": may(NAME),
        "answers": may(SPAN),
        "objections": may(SPAN),
        "topics": may(YESNO, False),
    }
}


def build_meeting(values: Mapping[str, Any] | None) -> MeetingRules | None:
    """From checked values; None where the step says nothing about it."""
    return MeetingRules(**{**values, "materials": tuple(values["materials"])}) if values else None
