"""Books come to be with the charter; budgets, contracts, sharing out by need, closing a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds import PERSONAL, may_keep
from gongzhi.desk.writing import writing
from gongzhi.records.funds import actions, queries
from gongzhi.records.funds.chain import GENESIS
from gongzhi.records.funds.models import BudgetLine, Commitment, Fund, FundBook, FundBudget, FundPeriod
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.people.models import Person

FEN = 100


@dataclass(frozen=True, slots=True)
class Use:
    """One use to be budgeted: its key, title, expense account (code), and cents."""

    use: str
    title: str
    account: str
    amount: int


def open_books(charter: Charter, place: Place, organs: Sequence[OrganInstance], at: datetime) -> None:
    """A book for each organ that holds a fund of the charter, and its funds. Doing it again changes nothing."""
    line = {one.organ: one for one in sorted(organs, key=lambda one: len(one.place.path)) if _near(one.place, place)}
    made: dict[str, Fund] = {}
    for name in _parents_first(charter):
        declared = charter.funds[name]
        if declared.held_by not in line:
            continue
        book = actions.found_book(place, line[declared.held_by], at)
        made[name], _ = Fund.objects.update_or_create(
            book=book, name=name,
            defaults={"title": declared.title, "of": made.get(declared.of or ""), "law": declared.law or "",
                      "share": declared.share if declared.of in made else None,
                      "least": declared.least, "spends": declared.spends},
        )  # fmt: skip


def _near(one: Place, place: Place) -> bool:
    return place.path.startswith(one.path)


def _parents_first(charter: Charter) -> list[str]:
    """Names of funds, each after the one it comes from."""
    depth = {}
    for name in charter.funds:
        seen, here = 0, name
        while (above := charter.funds[here].of) and above in charter.funds and seen <= len(charter.funds):
            seen, here = seen + 1, above
        depth[name] = seen
    return sorted(charter.funds, key=lambda name: depth[name])


def earmark(book: FundBook, name: str, title: str, purpose: str, by: Person, at: datetime) -> Fund:
    """A new fund for money given for one purpose, say a donation."""
    with writing():
        _keeper(book, by, at)
        if not title.strip() or not purpose.strip():
            raise Refused("text_missing")
        if book.funds.filter(name=name).exists():
            raise Refused("fund_exists", fund=name)
        return Fund.objects.create(book=book, name=name, title=title.strip(), purpose=purpose.strip())


def set_budget(
    fund: Fund, year: int, amount: int, uses: Sequence[Use], decision: str, by: Person, at: datetime, heads: int = 0
) -> FundBudget:
    """The budget of a fund for a year, as decided: `decision` is the digest of the paper that says so.

    A later decision may change it, but never below what is spent and reserved. Raises Refused `below_least`,
    `lines_over_amount`, `line_below_spent`, `decision_missing`, `account_unknown`.
    """
    with writing():
        _keeper(fund.book, by, at)
        _check_budget(fund, amount, uses, decision, heads)
        return _store_budget(fund, year, amount, uses, decision, by, at, heads)


def _check_budget(fund: Fund, amount: int, uses: Sequence[Use], decision: str, heads: int) -> None:
    least = (fund.least or 0) * heads * FEN
    if not decision:
        raise Refused("decision_missing")
    if fund.least and not heads:
        raise Refused("heads_missing", fund=fund.title)
    if amount < least:
        raise Refused("below_least", amount=amount, needed=least, heads=heads, least=fund.least)
    planned = sum(one.amount for one in uses)
    if planned > amount or any(one.amount < 0 for one in uses):
        raise Refused("lines_over_amount", planned=planned, amount=amount)


def _store_budget(
    fund: Fund, year: int, amount: int, uses: Sequence[Use], decision: str, by: Person, at: datetime, heads: int
) -> FundBudget:
    values = {"amount": amount, "planned": sum(one.amount for one in uses), "heads": heads, "least": fund.least or 0,
              "decision": decision, "adopted_by": by.digest, "adopted_at": at}  # fmt: skip
    budget, _ = FundBudget.objects.update_or_create(fund=fund, year=year, defaults=values)
    accounts = dict(fund.book.accounts.filter(kind="expense").values_list("code", "pk"))
    before = {row.use: row for row in budget.lines.select_for_update()}
    gone = [row for use, row in before.items() if use not in {one.use for one in uses}]
    for row in gone:
        if row.entries.exists() or row.commitments.exists():
            raise Refused("line_below_spent", line=row.title, used=row.committed + row.spent)
        row.delete()
    for one in uses:
        if one.account not in accounts:
            raise Refused("account_unknown", account=one.account)
        known = before.get(one.use)
        if known and known.committed + known.spent > one.amount:
            raise Refused("line_below_spent", line=known.title, used=known.committed + known.spent)
        BudgetLine.objects.update_or_create(
            budget=budget, use=one.use,
            defaults={"title": one.title, "account_id": accounts[one.account], "amount": one.amount},
        )  # fmt: skip
    return budget


def commit(line: BudgetLine, title: str, party: str, cents: int, evidence: str, by: Person, at: datetime) -> Commitment:
    """A contract reserves a part of a line. Raises Refused `over_budget`."""
    with writing():
        _keeper(line.budget.fund.book, by, at)
        if not evidence:
            raise Refused("evidence_missing")
        if not title.strip() or cents <= 0:
            raise Refused("text_missing" if cents > 0 else "amount_not_positive")
        if PERSONAL.search(title):
            raise Refused("personal_in_text")
        fits = BudgetLine.objects.filter(pk=line.pk, amount__gte=F("committed") + F("spent") + cents)
        if not fits.update(committed=F("committed") + cents):
            line.refresh_from_db()
            raise Refused("over_budget", amount=cents, free=line.free, line=line.title)
        return Commitment.objects.create(line=line, title=title.strip(), party=party, amount=cents, left=cents,
                                         evidence=evidence, made_by=by.digest, made_at=at)  # fmt: skip


def release(contract: Commitment, by: Person, at: datetime) -> None:
    """The contract is over: what is left of it is free again."""
    with writing():
        found = Commitment.objects.select_for_update().select_related("line__budget__fund__book").get(pk=contract.pk)
        _keeper(found.line.budget.fund.book, by, at)
        if found.released_at is not None:
            return
        BudgetLine.objects.filter(pk=found.line_id).update(committed=F("committed") - found.left)
        found.released_at, found.left = at, 0
        found.save(update_fields=["released_at", "left"])


def close_month(book: FundBook, month: date, by: Person, at: datetime) -> FundPeriod:
    """No entry of this month is taken any more. Refused while one waits, a month before is open, or it is not over."""
    month = month.replace(day=1)
    with writing():
        _keeper(book, by, at)
        actions.lock_books([book.pk])
        if (month.year, month.month) >= (in_china(at).year, in_china(at).month):
            raise Refused("month_not_over", month=f"{month:%Y-%m}")
        last = (month.replace(day=28) + (date(2001, 1, 5) - date(2001, 1, 1))).replace(day=1)
        waiting = book.entries.filter(state="asked", day__lt=last).count()
        if waiting:
            raise Refused("entries_waiting", n=waiting)
        newest = queries.posted(book).filter(year=month.year).order_by("-number").first()
        try:
            with transaction.atomic():
                return FundPeriod.objects.create(book=book, month=month, closed_by=by.digest, closed_at=at,
                                                 head=newest.hash if newest else GENESIS)  # fmt: skip
        except IntegrityError as fault:
            raise Refused("month_closed", month=f"{month:%Y-%m}") from fault


def _keeper(book: FundBook, by: Person, at: datetime) -> None:
    if not may_keep(by, book, at):
        raise Refused("not_of_book")
