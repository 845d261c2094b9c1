"""How long a matter can take from filing to its first end: when everyone is slow, and when everyone is late.

Upper bounds in days (section 10.5): every extension and pause is used, every offer is passed on to the bound.
A procedure that can be reopened may run again after its end; that is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from heapq import heappop, heappush
from math import ceil

from gongzhi.core.calendar import CHINA, Calendar, Span
from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Handover, Limit, Procedure, Step
from gongzhi.core.check.loops import has_loop
from gongzhi.core.check.view import edges, is_resident, out_edges, path_of

MOST_STATES = 50_000
SERVE = Span(1, "wd")  # the engine's time for telling a resident
LONGEST_HOLIDAY = 12  # a last day moved to the next working day moves no further
_DAYS = {"d": 1.0, "mo": 31.0, "y": 366.0, "h": 1 / 24, "min": 1 / 1440}
_WORKING = {"wd": 1.0, "wh": 1 / 7}


@dataclass(frozen=True, slots=True)
class Times:
    """Days from filing to the end at most; None where a loop has no bound."""

    slow: int
    late: int


def times(charter: Charter, procedure: Procedure, calendar: Calendar) -> Times | None:
    """The longest way through a procedure."""
    if has_loop(procedure) or procedure.start not in procedure.steps:
        return None
    handover = procedure.handover or charter.handover
    slow = {step.name: _slow(step, calendar) for step in procedure.steps.values()}
    late = {step.name: slow[step.name] + _rungs(step, calendar) for step in procedure.steps.values()}
    passing = _passing(procedure, handover, calendar)
    return Times(ceil(_longest(procedure, slow) + passing), ceil(_longest(procedure, late) + passing))


def step_times(step: Step, calendar: Calendar) -> Times:
    """Days that one visit to a step can take at most, without passing it on."""
    slow = _slow(step, calendar)
    return Times(ceil(slow), ceil(slow + _rungs(step, calendar)))


def check(charter: Charter, calendar: Calendar, lines: Lines) -> list[Finding]:
    """GZ308: a limit that is broken even on the shortest way when everyone uses the time he has."""
    found = []
    for procedure in charter.procedures.values():
        for at, limit in enumerate(procedure.limits):
            needed = _shortest(procedure, limit, calendar)
            allowed = days(limit.within, calendar)
            if needed is not None and needed > allowed:
                path = f"{path_of(procedure)}.limits.{at}"
                found.append(lines.finding("GZ308", path, limit=limit.name, needed=ceil(needed), allowed=ceil(allowed)))
    return found


def days(span: Span | None, calendar: Calendar) -> float:
    """The most calendar days a span can take."""
    if span is None:
        return 0.0
    if span.unit in _WORKING:
        return float(_working(calendar, ceil(span.n * _WORKING[span.unit])))
    whole = 1.0 if span.unit in ("d", "mo", "y") else 0.0  # until the end of the last day
    return span.n * _DAYS[span.unit] + whole


@lru_cache(maxsize=512)
def _working(calendar: Calendar, count: int) -> int:
    """The largest distance in the holiday tables from any day to the end of its n-th working day."""
    first, last = max(min(calendar.years, default=2026), 2015), max(calendar.years, default=2026)
    day, worst = date(first, 1, 1), 0
    while day.year <= last:
        moment = datetime.combine(day, time(), CHINA)
        worst = max(worst, (calendar.last_day(moment, Span(count, "wd")) - day).days)
        day += timedelta(days=1)
    return worst + 1


def _slow(step: Step, calendar: Calendar) -> float:
    if step.do == "choice":
        return 0.0
    total = days(step.span or (step.before[1] if step.before else None), calendar)
    total += LONGEST_HOLIDAY if step.ends_on else 0
    if step.extend:
        total += step.extend.at_most * days(step.extend.by, calendar)
    if step.pause:
        total += step.pause.at_most * days(step.pause.up_to, calendar)
    if step.object:
        total += days(step.object.answer, calendar) + days(step.late.rung, calendar)
    if is_resident(step) or (step.do == "notice" and step.for_):
        total += days(SERVE, calendar)
    return total


def _rungs(step: Step, calendar: Calendar) -> float:
    return len(step.late.raise_) * days(step.late.rung, calendar)


def _passing(procedure: Procedure, handover: Handover | None, calendar: Calendar) -> float:
    """Each offered step can be passed on once: windows to the bound, the ruling, and the time anew (R44)."""
    if handover is None:
        return 0.0
    offered = [step for step in procedure.steps.values() if step.do == "task" and step.offer and not is_resident(step)]
    ruling = days(handover.ruling, calendar)
    return sum(
        days(step.window or handover.window, calendar) * (handover.bound + 1) + ruling + days(step.span, calendar)
        for step in offered
    )


def _longest(procedure: Procedure, cost: dict[str, float]) -> float:
    """The longest path over (step, uses of counted steps), or a coarser bound where that graph is too large."""
    counted = [name for name, step in procedure.steps.items() if step.at_most is not None]
    best: dict[tuple[str, tuple[int, ...]], float] = {}
    stack = [(procedure.start, (0,) * len(counted))]
    while stack:
        if len(best) > MOST_STATES:
            return _coarse(procedure, cost)
        name, uses = stack[-1]
        if (name, uses) in best:
            stack.pop()
            continue
        after = _next(procedure, name, uses, counted)
        open_ = [state for _, state in after if state[0] in procedure.steps and state not in best]
        if open_:
            stack.extend(open_)
            continue
        stack.pop()
        best[(name, uses)] = max((paid * cost[name] + best.get(state, 0.0) for paid, state in after), default=0.0)
    return best[(procedure.start, (0,) * len(counted))]


State = tuple[str, tuple[int, ...]]


def _next(procedure: Procedure, name: str, uses: tuple[int, ...], counted: list[str]) -> list[tuple[int, State]]:
    """What follows on arriving at a step: past it when it is used up (no time), else through it."""
    step = procedure.steps[name]
    if name in counted:
        at = counted.index(name)
        if uses[at] >= (step.at_most or 0):
            return [(0, (step.beyond or "", uses))]
        uses = (*uses[:at], uses[at] + 1, *uses[at + 1 :])
    return [(1, (edge.target, uses)) for edge in out_edges(step)]


def _coarse(procedure: Procedure, cost: dict[str, float]) -> float:
    """Between two counted steps no other step comes twice, since what is left without them has no loop."""
    counted = sum((step.at_most or 0) * cost[step.name] for step in procedure.steps.values())
    entries = sum(step.at_most or 0 for step in procedure.steps.values())
    others = sum(cost[step.name] for step in procedure.steps.values() if step.at_most is None)
    return counted + (entries + 1) * others


def _shortest(procedure: Procedure, limit: Limit, calendar: Calendar) -> float | None:
    """Days on the quickest way from the start of a limit to its end, when each step takes all its own time."""
    sources = list(_sources(procedure, limit))
    around: dict[str, list[str]] = {}
    for edge in edges(procedure):
        around.setdefault(edge.source, []).append(edge.target)
    queue = [(0.0, name) for name in sources]
    done: set[str] = set()
    while queue:
        spent, name = heappop(queue)
        if name == limit.until or (limit.until is None and name in procedure.ends):
            return spent
        if name in done or name not in procedure.steps:
            continue
        done.add(name)
        step = procedure.steps[name]
        taken = days(step.span, calendar) if step.do != "choice" else 0.0
        for target in around.get(name, []):
            heappush(queue, (spent + taken, target))
    return None


def _sources(procedure: Procedure, limit: Limit) -> Iterator[str]:
    step, dot, outcome = limit.from_.rpartition(".")
    if not dot:
        yield procedure.start
    elif step in procedure.steps and outcome in procedure.steps[step].then:
        yield procedure.steps[step].then[outcome].go
