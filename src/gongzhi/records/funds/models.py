"""The tables of money. What the database itself refuses stands in their constraints and in `kept.py`."""

from __future__ import annotations

from gongzhi.records.funds.books import (
    BudgetLine,
    Commitment,
    Fund,
    FundAccount,
    FundBook,
    FundBudget,
    FundEvidence,
    FundPeriod,
)
from gongzhi.records.funds.entries import BankLine, FundEntry, FundLine

__all__ = [
    "BankLine",
    "BudgetLine",
    "Commitment",
    "Fund",
    "FundAccount",
    "FundBook",
    "FundBudget",
    "FundEntry",
    "FundEvidence",
    "FundLine",
    "FundPeriod",
]
