"""Who was called to the spot, who came when, and who let the time pass: read from what the log says followed.

A call is a part `do: attend` of a step of a whistle (CG-03). Organs only: who stood there for them is not said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from gongzhi.core.charter.spec import Charter, Part
from gongzhi.core.procedure.case import Case, get

__all__ = ["Call", "Standing", "calls", "counted"]

State = Literal["waiting", "came", "missing"]
STATES: Mapping[str, State] = {"done": "came", "lapsed": "missing", "refused": "missing"}


@dataclass(frozen=True, slots=True)
class Call:
    """One organ called by one part. `at`: when it came or its time was over; `due`: while it still runs."""

    part: str
    organ: str
    called: datetime
    state: State = "waiting"
    at: datetime | None = None
    due: datetime | None = None

    @property
    def minutes(self) -> int:
        """Whole minutes from the call to the arrival, or to the end of the time to arrive."""
        return int((self.at - self.called).total_seconds() // 60) if self.at else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How often an organ was called, came in time, and did not."""

    organ: str
    called: int
    came: int
    missing: int


def calls(charter: Charter, case: Case, effects: Iterable[Mapping[str, Any]]) -> tuple[Call, ...]:
    """The calls of a case, from its effects as the log tells them, in order. Times in effects are ISO texts."""
    steps = charter.procedures[case.procedure].steps
    here, found = "", dict[str, Call]()
    for effect in effects:
        kind = effect["effect"]
        if kind == "Entered":
            here = str(effect["step"])
            parts = steps[here].parts if here in steps else ()
            found |= {one.name: _called(one, case, effect) for one in parts if _attends(one, case)}
        elif kind == "PartChanged" and effect["part"] in found and _is_attendance(steps[here].parts, effect["part"]):
            one = found[effect["part"]]
            state = STATES.get(effect["state"], one.state)
            found[one.part] = replace(one, state=state, at=_time(effect["at"]))
    return tuple(replace(one, due=_due(case, one)) for one in found.values())


def counted(rows: Iterable[Call]) -> list[Standing]:
    """Calls by organ, those most often missing first."""
    by_organ: dict[str, list[Call]] = {}
    for one in rows:
        by_organ.setdefault(one.organ, []).append(one)
    found = [
        Standing(organ, len(some), sum(x.state == "came" for x in some), sum(x.state == "missing" for x in some))
        for organ, some in by_organ.items()
    ]
    return sorted(found, key=lambda one: (-one.missing, -one.called, one.organ))


def _attends(part: Part, case: Case) -> bool:
    return part.do == "attend" and (part.if_ is None or get(case.control.given, part.if_, True) is True)


def _is_attendance(parts: Iterable[Part], name: str) -> bool:
    return any(one.name == name and one.do == "attend" for one in parts)


def _called(part: Part, case: Case, effect: Mapping[str, Any]) -> Call:
    organ = str(get(case.control.given, part.by.name, "")) if part.by.kind == "field" else str(part.by)
    return Call(part.name, organ.partition(".")[0], _time(effect["at"]))


def _due(case: Case, call: Call) -> datetime | None:
    if call.state != "waiting":
        return None
    return next((one.due for one in case.clocks if one.name == f"part:{call.part}"), None)


def _time(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
