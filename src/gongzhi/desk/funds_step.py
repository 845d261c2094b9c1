"""A step that is a payment: what was asked for it is booked when the step ends, signed by its second person.

Where the organ's book holds no entry yet, money is not kept here and the step is only a record.
"""

from __future__ import annotations

from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.gate import UNSIGNED
from gongzhi.desk.carried import Carried
from gongzhi.desk.funds import book_one
from gongzhi.records.funds import actions
from gongzhi.records.funds.models import FundBook, FundEntry

__all__ = ["pay"]


def pay(carried: Carried, effect: core.Left) -> None:
    """Raises Refused `no_payment`, `payment_unsigned`, `outside_earmark`, and what booking refuses."""
    step = carried.step(effect.step)
    if step.do != "payment" or step.fund is None or effect.assumed or effect.outcome == UNSIGNED:
        return
    book = _book(carried, step.fund)
    if book is None or not book.entries.filter(state="posted").exists():
        return
    asked = list(book.entries.filter(matter=carried.matter, kind="payment", state="asked").order_by("pk"))
    if not asked and not book.entries.filter(matter=carried.matter, kind="payment", state="posted").exists():
        raise Refused("no_payment")
    for one in asked:
        _book_one(carried, effect, one, step.fund)


def _book(carried: Carried, fund: str) -> FundBook | None:
    declared = carried.charter.funds.get(fund)
    organ = carried.organ(declared.held_by) if declared else None
    books = FundBook.objects.filter(organ=organ, funds__name=fund)
    here = carried.matter.place.path
    return next((one for one in books.select_related("place", "organ") if here.startswith(one.place.path)), None)


def _book_one(carried: Carried, effect: core.Left, entry: FundEntry, fund: str) -> None:
    if entry.budget_line is None or entry.budget_line.budget.fund.name != fund:
        raise Refused("outside_earmark", fund=carried.charter.funds[fund].title)
    second = [doer.person for doer in carried.case.history.doers
              if doer.visit == effect.visit and doer.person not in ("", entry.asked_by)]  # fmt: skip
    if not second:
        raise Refused("payment_unsigned", who=", ".join(part.name for part in carried.step(effect.step).parts))
    book_one(actions.lock_entry(entry.pk), second[0], effect.at)
