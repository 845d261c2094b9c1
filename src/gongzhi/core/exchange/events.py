"""What happened, as event logs know it: one trace for each matter, one event for each act and each lapse.

There are no persons in it and no words of anybody: who acted is said by organ and seat alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

BY_CLOCK = "lapse"


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` is that of the act, or `lapse` for an outcome that stood as nobody acted; `resource` an organ's id."""

    id: str
    kind: str
    at: datetime
    organ: str = ""
    seat: str = ""
    resource: str = ""
    step: str = ""
    outcome: str = ""
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """One matter. `parent` is the number of the matter that opened it."""

    number: str
    place: str
    category: str
    procedure: str
    charter: str
    version: int
    events: Iterable[Event]
    parent: str = ""


def events_of(act: Event, effects: Iterable[Mapping[str, Any]]) -> Iterator[Event]:
    """The events of one act of the log: what lapsed before it, then the act. A tick is only what lapsed in it."""
    left = [effect for effect in effects if effect.get("effect") == "Left"]
    lapsed = [effect for effect in left if effect.get("assumed")]
    for number, effect in enumerate(lapsed, 1):
        at = datetime.fromisoformat(effect["at"])
        yield Event(f"{act.id}.{number}", BY_CLOCK, at, step=effect["step"], outcome=effect["outcome"])
    if act.kind == "tick" and lapsed:
        return
    own = next((effect for effect in left if not effect.get("assumed")), None)
    step, outcome = (own["step"], own["outcome"]) if own else (act.step, act.outcome)
    yield Event(act.id, act.kind, act.at, act.organ, act.seat, act.resource, step, outcome)
