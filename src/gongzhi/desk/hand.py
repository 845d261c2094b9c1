"""The desk's hand on one locked matter: what is written when an act or a lapse has been decided, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import Act as CoreAct
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.engine import Outcome, tick
from gongzhi.desk import calendars
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.effects import Carried, carry_out
from gongzhi.desk.intake import Papers
from gongzhi.desk.permissions import MACHINE
from gongzhi.records.matters import actions
from gongzhi.records.matters.models import Act, Matter


@dataclass
class Hand:
    """The desk at work on one locked matter: writes log, row, to-do rows, and what the effects ask for."""

    matter: Matter
    charter: Charter
    now: datetime
    last: Act | None = None
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        self.calendar, self.calendar_digest = calendars.current()
        calendars.remember(self.calendar_digest, self.now)

    def settle(self, case: Case, at: datetime) -> Case:
        """The case with every clock carried out that ran out before `at`; logged as an act of the machine."""
        outcome = tick(self.charter, case, at, self.calendar)
        if not outcome.effects and outcome.case == case:
            return case
        self.record(case, CoreAct("tick", at, MACHINE), outcome, Papers(), None, "", None)
        return outcome.case

    def record(
        self, before: Case | None, act: CoreAct, outcome: Outcome, papers: Papers, key: str | None, request: str,
        draft: Draft | NewMatter | None,
    ) -> Act:  # fmt: skip
        """Store an outcome: row and log first, then words, to-do rows and everything the effects ask for."""
        matter, case = self.matter, outcome.case
        place = (actions.open_matter if before is None else actions.move)(matter, self.charter, case)
        more = {"calendar": self.calendar_digest, "charter": case.digest if before is None else "", **papers.more}
        row = actions.append(matter, act, outcome, more, self.now, key, request)
        actions.store_words(matter, row, papers.sealed)
        actions.put_todos(matter, self.charter, case, place, new=before is None)
        carry_out(Carried(matter, self.charter, before, case, act, row, draft, papers, self.now), outcome.effects)
        self.last, self.outcome = row, outcome
        return row
