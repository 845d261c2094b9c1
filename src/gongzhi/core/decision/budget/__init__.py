"""Votes over projects and money: who gets what, exactly, and why. Files of pabulib.org in and out."""

from gongzhi.core.decision.budget.decide import decide
from gongzhi.core.decision.budget.model import (
    COMPLETIONS,
    MEASURES,
    RULES,
    VOTE_TYPES,
    Ballot,
    BudgetFault,
    Election,
    Outcome,
    Project,
    Reason,
)
from gongzhi.core.decision.budget.pabulib import read_pabulib
from gongzhi.core.decision.budget.pabulib_out import write_pabulib

__all__ = [
    "COMPLETIONS",
    "MEASURES",
    "RULES",
    "VOTE_TYPES",
    "Ballot",
    "BudgetFault",
    "Election",
    "Outcome",
    "Project",
    "Reason",
    "decide",
    "read_pabulib",
    "write_pabulib",
]
