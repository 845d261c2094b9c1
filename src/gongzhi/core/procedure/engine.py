"""`advance` carries out one act, `tick` lets time pass. Both settle first what the clocks do (R18).

Pure: everything that decides (who, when, facts, calendar) is an argument, so a replay gives the same case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from gongzhi.core.calendar import Calendar
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure import moves
from gongzhi.core.procedure.acts import Act, Filing
from gongzhi.core.procedure.case import Case, Control, History, evolve
from gongzhi.core.procedure.deeds import DEEDS
from gongzhi.core.procedure.effects import Effect, Filed, Reason, Refused
from gongzhi.core.procedure.gate import check_fields, check_related, check_visit
from gongzhi.core.procedure.lapses import settle
from gongzhi.core.procedure.moves import Setting
from gongzhi.core.procedure.parties import parties_of
from gongzhi.core.procedure.powers import SINCE
from gongzhi.core.procedure.run import Run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act: the case after it, what has to be carried out, and why."""

    case: Case
    effects: tuple[Effect, ...]
    because: tuple[Reason, ...]


def setting_of(charter: Charter, case: Case) -> Setting:
    return Setting(charter, charter.procedures[case.procedure], case.category, case.parties)


def answers(charter: Charter, case: Case) -> str:
    """The organ type answerable for the case now; for a closed case the one that answered last."""
    return moves.answers(setting_of(charter, case), case.control)


def advance(charter: Charter, case: Case | None, act: Act, calendar: Calendar) -> Outcome:
    """Carry out one act. `case` None: the act files a matter.

    Raises Refused, with nothing changed, when the charter does not allow the act now.
    """
    if case is None:
        return _file(charter, act, calendar)
    if act.at < case.history.last:
        raise Refused("clock_back", at=act.at, last=case.history.last)
    deed = DEEDS.get(act.kind)
    if deed is None:
        raise Refused("unknown_act", kind=act.kind)
    run = Run(setting_of(charter, case), case, calendar)
    settle(run, act.at)
    _check(run, act)
    deed(run, act)
    run.history = evolve(run.history, last=act.at)
    return Outcome(run.result(), tuple(run.effects), tuple(run.because))


def tick(charter: Charter, case: Case, at: datetime, calendar: Calendar) -> Outcome:
    """Let time pass up to `at`. The same case comes back when nothing ran out (and tick(t1), tick(t2) is tick(t2))."""
    if not case.clocks or case.clocks[0].due >= at:
        return Outcome(case, (), ())
    run = Run(setting_of(charter, case), case, calendar)
    settle(run, at)
    return Outcome(run.result(), tuple(run.effects), tuple(run.because))


# Acts that are allowed whatever the status: they change nobody's position.
ANYTIME = frozenset({"note", "rate", "correct", "recast", "recalendar"})

# Acts on a matter that follows another: the others wait until it goes on alone.
WHILE_FOLLOWING = frozenset({"withdraw", "unfollow", "lead", "leader_ended", "child"})


def _check(run: Run, act: Act) -> None:
    if act.kind != "correct":  # a correction names the visit it corrects, which may be over
        check_visit(act, run.visit)
    check_related(run.history, act.by)
    if act.kind in ANYTIME or act.kind == "reopen":
        return
    status = run.control.status
    if status == "following" and act.kind not in WHILE_FOLLOWING:
        raise Refused("following", leader=run.control.leader)
    if status in ("closed", "final"):
        raise Refused("closed", end=run.control.end)
    if status == "ruling" and act.kind not in ("assign", "withdraw", "set_aside"):
        raise Refused("in_ruling", adjudicator=moves.answers(run.on, run.control))


def _file(charter: Charter, act: Act, calendar: Calendar) -> Outcome:
    filing = act.filing
    if filing is None or act.kind != "file":
        raise Refused("unknown_act", kind=act.kind)
    procedure = charter.procedures.get(filing.procedure)
    if procedure is None:
        raise Refused("unknown_procedure", procedure=filing.procedure)
    given = tuple(sorted(act.fields.items()))
    parties = filing.parties or parties_of(procedure, given)
    on = Setting(charter, procedure, filing.category, parties)
    run = Run(on, _blank(charter, filing, act, parties), calendar)
    at_filing = tuple(name for name, field in procedure.fields.items() if field.given and field.class_ == "plain")
    check_fields(on, replace(procedure.steps[procedure.start], asks=at_filing), run.control, act.fields)
    run.say(Filed(act.at, procedure.name))
    run.go(moves.begin(on, given), act.at)
    for limit in procedure.limits:
        if limit.from_ == "filed":
            run.start_limit(limit, act.at)
    return Outcome(run.result(), tuple(run.effects), tuple(run.because))


def _blank(charter: Charter, filing: Filing, act: Act, parties: tuple[str, ...]) -> Case:
    return Case(
        charter=charter.name,
        version=charter.version,
        digest=charter.digest,
        procedure=filing.procedure,
        place=filing.place,
        category=filing.category,
        cast=filing.cast,
        control=Control(step=charter.procedures[filing.procedure].start),
        clocks=(),
        history=History(filed=act.at, last=act.at),
        headcount=filing.headcount,
        public=filing.public,
        channel=filing.channel,
        marks={SINCE: filing.in_force} if filing.in_force else {},
        parties=parties,
    )
