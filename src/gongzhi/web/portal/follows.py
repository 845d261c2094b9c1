"""What comes of an answer, said before it is given: the engine is asked, nothing is stored."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.core.procedure.acts import Act
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import advance, answers
from gongzhi.desk import calendars
from gongzhi.web.looking import Looked
from gongzhi.words import formats
from gongzhi.words.actions import Action
from gongzhi.words.terms import Terms
from gongzhi.words.view import CLOSED, main_clock

__all__ = ["follows"]


def follows(looked: Looked, action: Action, at: datetime) -> str:
    """Who has it next and until when, or how it ends."""
    act = Act("done", at, action.actor, visit=looked.case.visit, outcome=action.outcome)
    calendar, _digest = calendars.current()
    try:
        case = advance(looked.charter, looked.case, act, calendar).case
    except Refused:
        return action.leads_to
    terms = Terms(looked.charter)
    procedure = looked.charter.procedures[case.procedure]
    if case.control.status in CLOSED:
        return _("办结，结果是“{end}”").format(end=terms.end(procedure, case.control.end))
    clock = main_clock(case)
    due = formats.due(clock.due, get_language() or "") if clock else ""
    return _("{organ}接着负责“{step}”，{due}").format(
        organ=terms.organ(answers(looked.charter, case)), step=terms.step(procedure, case.control.step), due=due
    )
