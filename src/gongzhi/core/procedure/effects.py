"""What follows from an act, as data: the desk carries effects out, the timeline shows them.

Every effect says when it took place (`at`); a lapse is stamped with the due time of its clock, not with the
time at which somebody noticed (R18). Reasons and refusals are codes with arguments; faces make sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of an outcome: a code and its arguments (str, int, datetime), never a sentence."""

    code: str
    args: tuple[tuple[str, Any], ...] = ()


class Refused(Exception):
    """An act that the charter does not allow now; nothing was changed."""

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code)
        self.code = code
        self.args_map: dict[str, Any] = args


@dataclass(frozen=True, slots=True)
class Effect:
    at: datetime


@dataclass(frozen=True, slots=True)
class Filed(Effect):
    procedure: str


@dataclass(frozen=True, slots=True)
class Left(Effect):
    """A step ended with an outcome; `assumed` when nobody chose it (R20), `because` names the deciding facts."""

    step: str
    visit: str
    outcome: str
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Entered(Effect):
    """`answers` is the organ answerable from now on."""

    step: str
    visit: str
    holder: str
    answers: str
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Accepted(Effect):
    """The offered organ holds the step; `silent` when the window passed without a word."""

    organ: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Declined(Effect):
    organ: str
    ground: str
    to: str
    passes: int


@dataclass(frozen=True, slots=True)
class Referred(Effect):
    """Passed on once too often: the adjudicator answers now and will assign (R12)."""

    adjudicator: str


@dataclass(frozen=True, slots=True)
class Assigned(Effect):
    """The holder is bound; `silent` when the adjudicator said nothing and the duty list decided (R13)."""

    organ: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class PartChanged(Effect):
    part: str
    state: str  # done, refused, lapsed, raised
    count: int = 0


@dataclass(frozen=True, slots=True)
class Raised(Effect):
    """Late: this organ answers now. It does not command the holder (R21)."""

    organ: str
    rung: int
    clock: str = "step"


@dataclass(frozen=True, slots=True)
class Breached(Effect):
    """A deadline was missed and nothing moves by itself any more: published, repeated (R20, R25)."""

    organ: str
    clock: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Asked(Effect):
    """A resident has to be asked; the words have to be delivered before silence can count (R22)."""

    who: str
    step: str
    visit: str


@dataclass(frozen=True, slots=True)
class Served(Effect):
    channel: str


@dataclass(frozen=True, slots=True)
class Paused(Effect):
    ground: str


@dataclass(frozen=True, slots=True)
class Resumed(Effect):
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class Extended(Effect):
    ground: str
    due: datetime
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Published(Effect):
    """To be shown on the board of `board` level; `until` None: as long as the matter is public."""

    board: str
    step: str
    visit: str
    documents: tuple[str, ...] = ()
    until: datetime | None = None
    objections: bool = False


@dataclass(frozen=True, slots=True)
class ObjectionChanged(Effect):
    objection: str
    state: str  # open, upheld, rejected, raised


@dataclass(frozen=True, slots=True)
class ChildrenOpened(Effect):
    procedure: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged(Effect):
    """It goes together with another matter from now on; `answers` is who answers for that one (R35)."""

    leader: str
    answers: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Led(Effect):
    """The leader moved: who answers for it now and until when."""

    leader: str
    answers: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Unfollowed(Effect):
    """It goes on alone. `by`: filer, an organ, or system; `ground` why."""

    leader: str
    by: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class LeaderEnded(Effect):
    leader: str
    end: str


@dataclass(frozen=True, slots=True)
class Joined(Effect):
    """It waits for the end of another matter, which brings it its outcome (R34)."""

    awaits: str


@dataclass(frozen=True, slots=True)
class Migrated(Effect):
    """It goes on under another version of its charter (R37): digests of both, and the step it stands at in each."""

    old: str
    new: str
    version: int
    step: str
    to: str


@dataclass(frozen=True, slots=True)
class SetAside(Effect):
    step: str
    to: str
    ground: str


@dataclass(frozen=True, slots=True)
class Corrected(Effect):
    visit: str
    documents: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalendared(Effect):
    clock: str
    old_due: datetime
    new_due: datetime


@dataclass(frozen=True, slots=True)
class Noted(Effect):
    """A remark, supplement or rating: it never moves a clock (promise 5)."""

    kind: str


@dataclass(frozen=True, slots=True)
class Closed(Effect):
    end: str


@dataclass(frozen=True, slots=True)
class Reopened(Effect):
    ground: str


@dataclass(frozen=True, slots=True)
class Finalised(Effect):
    """The time to reopen has run out."""
