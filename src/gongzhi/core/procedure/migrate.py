"""A running matter goes on under another version of its charter (R37): same holder, counts carried, no deadline later.

Refused is what the mapping says nothing about, and what has to end first: an open ballot, notice, payment or child
matter. Clocks stay as they are, to the second.
"""

from __future__ import annotations

from gongzhi.core.calendar import Calendar
from gongzhi.core.charter.spec import Charter, Migrates, Step
from gongzhi.core.procedure.acts import SYSTEM, Act
from gongzhi.core.procedure.case import Case, Control, Doer, History, Pairs, evolve
from gongzhi.core.procedure.effects import Migrated, Refused
from gongzhi.core.procedure.engine import Outcome, setting_of
from gongzhi.core.procedure.lapses import settle
from gongzhi.core.procedure.moves import PEOPLE, Setting, part_names
from gongzhi.core.procedure.run import Run
from gongzhi.core.procedure.together import check_unfixed

MOVABLE = ("open", "ruling", "following")


def migrate(old: Charter, new: Charter, case: Case, act: Act, calendar: Calendar) -> Outcome:
    """Carry out an act `migrate`: `to` is the digest of the new charter, `ground` that of the old one.

    Raises Refused, with nothing changed: `no_migration`, `finish_first`, `no_target`, `other_holder`,
    `limit_missing`, `closed`, `clock_back`, `not_holder`.
    """
    if act.by.organ != SYSTEM:
        raise Refused("not_holder", holder=SYSTEM)
    if act.at < case.history.last:
        raise Refused("clock_back", at=act.at, last=case.history.last)
    before = Run(setting_of(old, case), case, calendar)
    settle(before, act.at)
    settled = before.result()
    rule = _rule(new, case)
    if settled.control.status not in MOVABLE:
        raise Refused("closed", end=settled.control.end)
    check_unfixed(before.step, settled.control)
    run = Run(setting_of(new, _renamed(settled, rule, new)), _renamed(settled, rule, new), calendar)
    run.effects, run.because = before.effects, before.because
    _stand(run, before.on, settled)
    run.history = evolve(run.history, last=act.at)
    run.say(Migrated(act.at, case.digest, new.digest, new.version, settled.control.step, run.control.step))
    return Outcome(run.result(), tuple(run.effects), tuple(run.because))


def _rule(new: Charter, case: Case) -> Migrates:
    procedure = new.procedures.get(case.procedure)
    rule = procedure.migrates if procedure else None
    if rule is None or rule.from_ != case.version:
        raise Refused("no_migration", procedure=case.procedure, version=new.version)
    return rule


def _renamed(case: Case, rule: Migrates, new: Charter) -> Case:
    """The case with every step called as the new version calls it."""
    control, history = case.control, case.history
    names = rule.steps
    return evolve(
        case,
        version=new.version,
        digest=new.digest,
        control=evolve(
            control,
            step=names.get(control.step, control.step),
            uses=_counted(control.uses, names, add=True),
            kept=tuple(sorted({names.get(step, step): holder for step, holder in control.kept}.items())),
        ),
        history=_history(history, rule),
    )


def _history(history: History, rule: Migrates) -> History:
    names = rule.steps
    return evolve(
        history,
        visits=_counted(history.visits, names, add=False),
        doers=tuple(
            Doer(names.get(d.step, d.step), _visit(d.visit, rule), d.person, d.organ, d.seat) for d in history.doers
        ),
        dates=tuple(sorted((_event(key, rule), at) for key, at in history.dates)),
    )


def _visit(visit: str, rule: Migrates) -> str:
    step, _sign, number = visit.partition("#")
    return f"{rule.steps.get(step, step)}#{number}"


def _event(key: str, rule: Migrates) -> str:
    step, dot, outcome = key.partition(".")
    return f"{rule.steps.get(step, step)}{dot}{outcome}"


def _counted(pairs: Pairs, names: object, add: bool) -> Pairs:
    """Counts under their new names; two steps that become one count together, or as the more visited one."""
    found: dict[str, int] = {}
    for step, times in pairs:
        name = names.get(step, step)  # type: ignore[attr-defined]
        found[name] = found.get(name, 0) + times if add else max(found.get(name, 0), times)
    return tuple(sorted(found.items()))


def _stand(run: Run, old: Setting, settled: Case) -> None:
    """Take the same place in the new graph, with the same holder, or refuse."""
    step = run.on.procedure.steps.get(run.control.step)
    offered = settled.control.phase == "offered"
    if step is None or step.do == "choice" or (offered and (step.do != "task" or run.on.handover is None)):
        raise Refused("no_target", step=settled.control.step)
    _check_holder(run, step)
    for name in run.clocks:
        kind, _colon, limit = name.partition(":")
        if kind == "limit" and limit not in {one.name for one in run.on.procedure.limits}:
            raise Refused("limit_missing", limit=limit)
    run.control = _with_parts(run, step, settled.control)
    wanted = {f"part:{name}" for name, _state in run.control.parts}
    run.drop(*[name for name in run.clocks if name.startswith("part:") and name not in wanted])


def _check_holder(run: Run, step: Step) -> None:
    control, organs = run.control, run.on.charter.organs
    organ, _dot, seat = control.holder.partition(".")
    known = organ in PEOPLE or (organ in organs and (not seat or seat in organs[organ].seats))
    people = step.by.kind in PEOPLE
    if not known or people != (organ in PEOPLE):
        raise Refused("other_holder", holder=control.holder)
    if any(name and name not in organs for name in (control.sender, control.asked_by, control.led_by)):
        raise Refused("other_holder", holder=control.sender or control.asked_by or control.led_by)


def _with_parts(run: Run, step: Step, before: Control) -> Control:
    """Parts that are done stay done; new ones are open; a rung that is gone answers no more."""
    states = dict(before.parts)
    names = sorted(part_names(run.on, run.control, step))
    parts = tuple((name, states.get(name, "open")) for name in names)
    return evolve(run.control, parts=parts, raised=min(before.raised, len(step.late.raise_)))
