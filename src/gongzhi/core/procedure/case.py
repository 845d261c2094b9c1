"""The state of one matter under its charter (semantics section 1).

`Control` is finite, hashable and without time: the checker explores it with the engine's own moves.
`Clock`s carry time. `History` carries what later acts are compared with. Nothing here is personal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

from gongzhi.core.calendar import Remaining, Span

Pairs = tuple[tuple[str, Any], ...]
State = TypeVar("State", "Control", "Clock", "History", "Case")
Status = Literal["open", "ruling", "following", "closed", "final"]


def get(pairs: Pairs, key: str, default: Any = None) -> Any:
    for name, value in pairs:
        if name == key:
            return value
    return default


def put(pairs: Pairs, key: str, value: Any) -> Pairs:
    """The pairs with `key` set, sorted, so that equal states are equal whatever their past."""
    return tuple(sorted([(name, old) for name, old in pairs if name != key] + [(key, value)]))


def evolve(state: State, **changes: Any) -> State:
    """The state with some fields changed: `dataclasses.replace` for these classes, twenty times as fast.

    An act makes about nine of them. The classes have no slots so that this can copy their dictionaries.
    """
    if not changes.keys() <= state.__dict__.keys():
        raise TypeError(f"{type(state).__name__} has no {', '.join(changes.keys() - state.__dict__.keys())}")
    new = object.__new__(type(state))
    new.__dict__.update(state.__dict__, **changes)
    return new


@dataclass(frozen=True)
class Control:
    """Where the matter is and who holds it. Holders are `organ`, `organ.seat`, `filer` or `parties`."""

    status: Status = "open"
    step: str = ""
    phase: Literal["offered", "doing"] = "doing"
    holder: str = ""
    asked_by: str = ""  # organ that answers while a resident holds the step
    sender: str = ""  # organ that answers while the step is offered
    receiver: str = ""  # organ that received the matter first
    raised: int = 0
    paused: bool = False
    breach: bool = False
    served: bool = True
    ran_out: bool = False  # a notice whose time has run, waiting for objections to be answered
    parts: Pairs = ()  # name -> open, done, refused, lapsed, raised
    objections: Pairs = ()  # id -> open, raised, upheld, rejected
    uses: Pairs = ()  # counted step -> times entered
    passes: int = 0
    declined_by: tuple[str, ...] = ()
    kept: Pairs = ()  # step -> holder that had it
    given: Pairs = ()  # plain field -> value
    end: str = ""
    reopened: int = 0
    leader: str = ""  # number of the matter this one follows, or came to its end with (R35)
    led_by: str = ""  # organ that answers for the leader, and so for this one
    awaits: str = ""  # number of the matter this one waits for (R34)


@dataclass(frozen=True)
class Clock:
    """A running deadline. `start`, `span`, `event` and `extensions` are its derivation.

    Names: step, serve, offer, ruling, rung, repeat, pause, follow, reopen, part:x, object:x, limit:x.
    """

    name: str
    start: datetime
    due: datetime
    span: Span | None = None
    event: str = ""  # the start event: arrival, filed, served, STEP.outcome
    provisional: bool = False
    extensions: tuple[tuple[str, str], ...] = ()  # (span, ground)
    times: int = 0  # how often a breach was repeated


@dataclass(frozen=True, slots=True)
class Doer:
    step: str
    visit: str
    person: str
    organ: str
    seat: str = ""


@dataclass(frozen=True)
class History:
    filed: datetime
    last: datetime  # time of the latest act or settled clock: time never runs back
    visits: Pairs = ()  # step -> number of visits so far
    doers: tuple[Doer, ...] = ()
    dates: Pairs = ()  # STEP.outcome -> ISO time of the latest one
    made: tuple[str, ...] = ()  # documents of the present visit
    pauses: int = 0  # of the present visit
    extended: int = 0  # of the present visit
    paused_left: Remaining | None = None  # what is left on the step clock while it stands still
    links: Pairs = ()


@dataclass(frozen=True)
class Case:
    """One matter. The charter version it is pinned to is named, not held."""

    charter: str
    version: int
    digest: str
    procedure: str
    place: str
    category: str
    cast: Mapping[str, str]
    control: Control
    clocks: tuple[Clock, ...]
    history: History
    headcount: int = 1
    public: bool = False
    channel: str = "web"
    parties: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def visit(self) -> str:
        """The visit now: `council#2`. Acts name the visit they were prepared for (R19)."""
        return f"{self.control.step}#{get(self.history.visits, self.control.step, 0)}"

    def clock(self, name: str) -> Clock | None:
        return next((clock for clock in self.clocks if clock.name == name), None)
