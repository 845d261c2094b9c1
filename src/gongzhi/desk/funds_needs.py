"""Money shared out by need, not evenly (QY-34): read from a table, worked out to the cent, adopted as a budget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.money import BadAmount, Need, parse_yuan, shares_by_need
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds import PERSONAL, may_keep
from gongzhi.desk.funds_plan import Use, set_budget
from gongzhi.desk.writing import writing
from gongzhi.records.funds.actions import keep_evidence
from gongzhi.records.funds.models import Fund, FundBudget
from gongzhi.records.people.models import Person

__all__ = ["MOST", "NeedFault", "adopt_shares", "needs_of"]

MOST = 60  # lines
OWN = "need"  # uses of a budget that a sharing made
APART = re.compile(r"\s*[|｜\t]\s*")


@dataclass(frozen=True, slots=True)
class NeedFault:
    """A line that cannot be read: its number from 1, the code of what is wrong, and what stands there."""

    line: int
    code: str
    value: str


def needs_of(text: str) -> tuple[list[Need], list[NeedFault]]:
    """`name | need in yuan | weight | per cent of those reached who are vulnerable`, a line each; tabs do as well."""
    needs: list[Need] = []
    faults: list[NeedFault] = []
    for nth, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            one = _need(line)
            if one.name in {other.name for other in needs}:
                raise Refused("need_twice")
            needs.append(one)
        except (BadAmount, Refused) as wrong:
            faults.append(NeedFault(nth, wrong.code, line.strip()[:60]))
    if len(needs) > MOST:
        faults.append(NeedFault(MOST + 1, "needs_too_many", str(len(needs))))
    return needs, faults


def _need(line: str) -> Need:
    name, need, weight, vulnerable = [*APART.split(line.strip()), "", "", ""][:4]
    if not name or len(name) > 60:
        raise Refused("need_name")
    if PERSONAL.search(name):
        raise Refused("personal_in_text")
    return Need(name, parse_yuan(need), _whole(weight or "1", 1, 100, "need_weight"), _percent(vulnerable))


def _percent(text: str) -> int:
    return _whole(text.strip().rstrip("%％") or "0", 0, 100, "need_percent")


def _whole(text: str, least: int, most: int, code: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and least <= int(text) <= most):
        raise Refused(code)
    return int(text)


def adopt_shares(
    fund: Fund, year: int, cents: int, needs: Sequence[Need], account: str, sheet: str, by: Person, at: datetime
) -> FundBudget:
    """The sharing becomes the fund's budget of the year, a use for each line; other uses stay.

    `sheet`: the sharing as a paper, kept as the ground of the budget.

    Raises Refused `needs_missing`, `not_of_book` and what `set_budget` refuses.
    """
    if not needs:
        raise Refused("needs_missing")
    if not may_keep(by, fund.book, at):
        raise Refused("not_of_book")
    shares = shares_by_need(cents, needs)
    with writing():
        before = FundBudget.objects.filter(fund=fund, year=year).first()
        kept = [Use(one.use, one.title, one.account.code, one.amount)
                for one in (before.lines.select_related("account").order_by("pk") if before else ())
                if not one.use.startswith(OWN)]  # fmt: skip
        new = [Use(f"{OWN}{n}", one.name, account, shares.parts[one.name]) for n, one in enumerate(needs, 1)]
        planned = sum(one.amount for one in (*kept, *new))
        paper = keep_evidence(fund.book, sheet.encode(), "text/plain")
        amount = max(planned, before.amount if before else 0)
        return set_budget(fund, year, amount, [*kept, *new], paper, by, at, before.heads if before else 0)
