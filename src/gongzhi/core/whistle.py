"""Who was called to the spot, who came when, who may not leave, and who let the time pass: read from what the log
says followed.

A call is a part `do: attend` of a step of a whistle (CG-03). Organs only: who stood there for them is not said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from gongzhi.core.charter.spec import Charter, Part
from gongzhi.core.procedure.case import Case, get

__all__ = ["Call", "Standing", "bound", "calls", "counted", "raised"]

State = Literal["waiting", "came", "missing"]
STATES: Mapping[str, State] = {"done": "came", "lapsed": "missing", "refused": "missing"}


@dataclass(frozen=True, slots=True)
class Call:
    """One organ called by one part. `at`: when it came or its time was over; `due`: while it still runs.

    The same form tells who was asked to rate (`do: rating`): came means handed in.
    """

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


def calls(charter: Charter, case: Case, effects: Iterable[Mapping[str, Any]], do: str = "attend") -> tuple[Call, ...]:
    """The calls of a case, from its effects as the log tells them, in order. Times in effects are ISO texts."""
    steps = charter.procedures[case.procedure].steps
    here, found = "", dict[str, Call]()
    for effect in effects:
        kind = effect["effect"]
        if kind == "Entered":
            here = str(effect["step"])
            parts = steps[here].parts if here in steps else ()
            found |= {one.name: _called(one, case, effect) for one in parts if one.do == do and _is_wanted(one, case)}
        elif kind == "PartChanged" and effect["part"] in found and _is(do, steps[here].parts, effect["part"]):
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


def bound(charter: Charter, case: Case, called: Iterable[Call]) -> tuple[str, ...]:
    """Organs of those called that may not leave yet: who holds the step now, and whoever has a part of it open."""
    step = charter.procedures[case.procedure].steps.get(case.control.step)
    if step is None or case.control.status != "open" or any(one.do == "attend" for one in step.parts):
        return ()
    waiting = [one for one in step.parts if one.do != "rating" and get(case.control.parts, one.name) == "open"]
    wanted = [case.control.holder.partition(".")[0], *(_organ(one, case) for one in waiting)]
    came = {one.organ for one in called}
    return tuple(dict.fromkeys(organ for organ in wanted if organ in came))


def raised(effects: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, datetime], ...]:
    """To whom silence or lateness was reported, and when, in order."""
    return tuple((str(one["organ"]), _time(one["at"])) for one in effects if one["effect"] == "Raised")


def _is_wanted(part: Part, case: Case) -> bool:
    return part.if_ is None or get(case.control.given, part.if_, True) is True


def _is(do: str, parts: Iterable[Part], name: str) -> bool:
    return any(one.name == name and one.do == do for one in parts)


def _called(part: Part, case: Case, effect: Mapping[str, Any]) -> Call:
    return Call(part.name, _organ(part, case), _time(effect["at"]))


def _organ(part: Part, case: Case) -> str:
    organ = str(get(case.control.given, part.by.name, "")) if part.by.kind == "field" else str(part.by)
    return organ.partition(".")[0]


def _due(case: Case, call: Call) -> datetime | None:
    if call.state != "waiting":
        return None
    return next((one.due for one in case.clocks if one.name == f"part:{call.part}"), None)


def _time(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
