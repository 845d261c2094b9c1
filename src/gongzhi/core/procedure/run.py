"""The working copy of a case while one act or one lapse is carried out: control, clocks, history, effects."""

from __future__ import annotations

from datetime import date, datetime

from gongzhi.core.calendar import Calendar, Due, Span
from gongzhi.core.charter.spec import Limit, Step
from gongzhi.core.procedure.acts import Actor
from gongzhi.core.procedure.case import Case, Clock, Control, Doer, evolve, get, put
from gongzhi.core.procedure.effects import (
    Asked,
    ChildrenOpened,
    Closed,
    Effect,
    Entered,
    Published,
    Reason,
)
from gongzhi.core.procedure.moves import PEOPLE, Setting, answers, child_keys

SERVE = Span(1, "wd")  # how long an office may take to tell a resident or to post a notice
REPEAT = Span(5, "wd")  # how often a breach is published again (R20)


class Run:
    """Mutable on purpose and private to the engine: it lives for one call and is never stored."""

    def __init__(self, on: Setting, case: Case, calendar: Calendar) -> None:
        self.on = on
        self.case = case
        self.calendar = calendar
        self.control = case.control
        self.clocks = {clock.name: clock for clock in case.clocks}
        self.history = case.history
        self.effects: list[Effect] = []
        self.because: list[Reason] = []

    @property
    def step(self) -> Step:
        return self.on.procedure.steps[self.control.step]

    @property
    def visit(self) -> str:
        return f"{self.control.step}#{get(self.history.visits, self.control.step, 0)}"

    def result(self) -> Case:
        ordered = tuple(sorted(self.clocks.values(), key=lambda clock: (clock.due, clock.name)))
        return evolve(self.case, control=self.control, clocks=ordered, history=self.history)

    def say(self, effect: Effect) -> None:
        self.effects.append(effect)

    def why(self, code: str, **args: object) -> None:
        self.because.append(Reason(code, tuple(args.items())))

    # --- arriving somewhere ---

    def go(self, moved: tuple[Control, tuple[Reason, ...]], at: datetime) -> None:
        """Take over a move that entered a step or an end, and start the clocks that belong there."""
        self.control, why = moved
        self.because.extend(why)
        self._drop_visit_clocks()
        if self.control.status in ("closed", "final"):
            self._closed(at)
        else:
            self._begin_visit(at)
            self._limits(at, entered=self.control.step)

    def _begin_visit(self, at: datetime) -> None:
        control, step = self.control, self.step
        number = get(self.history.visits, step.name, 0) + 1
        self.history = evolve(
            self.history, visits=put(self.history.visits, step.name, number), made=(), pauses=0, extended=0,
            paused_left=None,
        )  # fmt: skip
        self.say(
            Entered(
                at,
                step.name,
                self.visit,
                control.holder,
                answers(self.on, control),
                control.phase == "offered",
            )
        )
        if control.holder in PEOPLE:
            self.say(Asked(at, control.holder, step.name, self.visit))
        if step.opens:
            self.say(ChildrenOpened(at, step.opens.procedure, child_keys(control, step)))
        if control.served:
            self.start_step(at)
        else:
            self.start("serve", at, SERVE, "arrival")
        if control.phase == "offered":
            self.start_offer(at)

    def start_step(self, at: datetime) -> None:
        """Start the step's own clock and those of its parts, from the event the charter names (R16)."""
        step = self.step
        if step.before:
            field, span = step.before
            day = date.fromisoformat(str(get(self.control.given, field)))
            self._put("step", at, self.calendar.before(day, span), span, f"before {field}")
        elif step.span:
            self.start("step", self._origin(step, at), step.span, step.from_, step.ends_on)
        self.start_parts(at)
        if step.for_ and step.do == "notice" and step.publish:
            self.publish(at, self.clocks["step"].due)

    def _origin(self, step: Step, at: datetime) -> datetime:
        if step.from_ == "filed":
            return self.history.filed
        if "." in step.from_:
            stamp = get(self.history.dates, step.from_)
            return datetime.fromisoformat(stamp) if stamp else at
        return at

    def start_parts(self, at: datetime) -> None:
        """Clocks of the parts still open; a part without a time of its own has the step's."""
        whole = self.clocks.get("step")
        for name in [name for name, state in self.control.parts if state == "open"]:
            declared = next((p for p in self.step.parts if name == p.name or name.startswith(p.name + ".")), None)
            if f"part:{name}" in self.clocks:
                continue  # a time of its own runs on while the step stands still
            if declared and declared.within:
                self.start(f"part:{name}", at, declared.within, "arrival")
            elif whole:
                self.clocks[f"part:{name}"] = evolve(whole, name=f"part:{name}", extensions=())

    def start_offer(self, at: datetime) -> None:
        handover = self.on.handover
        if handover:
            self.start("offer", at, self.step.window or handover.window, "offered")

    def start(self, name: str, at: datetime, span: Span, event: str, ends_on: str | None = None) -> None:
        self._put(name, at, self.calendar.add(at, span, ends_on), span, event)

    def _put(self, name: str, start: datetime, due: Due, span: Span, event: str) -> None:
        self.clocks[name] = Clock(name, start, due.at, span, event, due.provisional)

    def drop(self, *names: str) -> None:
        for name in names:
            self.clocks.pop(name, None)

    def _drop_visit_clocks(self) -> None:
        self.clocks = {name: clock for name, clock in self.clocks.items() if name.startswith("limit:")}

    def _closed(self, at: datetime) -> None:
        self.clocks = {}
        self.say(Closed(at, self.control.end))
        rule = self.on.procedure.reopen
        if self.control.status == "closed" and rule:
            self.start("reopen", at, rule.within, "closed")

    # --- leaving a step ---

    def left(self, at: datetime, outcome: str) -> None:
        """Remember that a step ended, for clocks and separation that look back on it."""
        key = f"{self.control.step}.{outcome}"
        self.history = evolve(self.history, dates=put(self.history.dates, key, at.isoformat()))
        self._limits(at, event=key)

    def did(self, actor: Actor) -> None:
        doer = Doer(self.control.step, self.visit, actor.person, actor.organ, actor.seat)
        if doer not in self.history.doers:
            self.history = evolve(self.history, doers=(*self.history.doers, doer))

    def publish(self, at: datetime, until: datetime | None = None) -> None:
        step = self.step
        if step.publish:
            shown = tuple(name for name in step.makes if name in self.history.made) or self.history.made
            self.say(Published(at, step.publish, step.name, self.visit, shown, until, step.object is not None))

    # --- limits over the whole matter (R25) ---

    def _limits(self, at: datetime, event: str = "", entered: str = "") -> None:
        for limit in self.on.procedure.limits:
            if event and limit.from_ == event:
                self.start_limit(limit, at)
            if entered and limit.until == entered:
                self.drop(f"limit:{limit.name}")

    def start_limit(self, limit: Limit, at: datetime) -> None:
        """Limits never restart (R44)."""
        if not get(self.history.links, f"limit:{limit.name}"):
            self.history = evolve(self.history, links=put(self.history.links, f"limit:{limit.name}", "started"))
            self.start(f"limit:{limit.name}", at, limit.within, limit.from_, limit.ends_on)
