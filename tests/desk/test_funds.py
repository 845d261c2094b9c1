"""Money at the desk: two people, budget, earmark, share, closing, reversal; what the database refuses by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import funds as desk
from gongzhi.desk import funds_plan as plan
from gongzhi.desk.funds_plan import Use
from gongzhi.records.funds import actions, kept, queries
from gongzhi.records.funds.actions import Side
from gongzhi.records.funds.models import BudgetLine, Fund, FundEntry, FundLine
from tests.records.test_people_together import together
from tests.support.community import Community
from tests.support.forgery import thawed
from tests.support.funds import AT, DAY, Books, open_book, set_up_books


@pytest.fixture
def books(community: Community) -> Books:
    return set_up_books(community)


def code_of(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code


def test_one_asks_and_another_books(books: Books) -> None:
    asked = books.ask(10_000)
    assert asked.state == "asked" and asked.number is None
    assert code_of(lambda: desk.approve(asked.pk, books.who("director"), AT)) == "second_person"
    assert code_of(lambda: desk.approve(asked.pk, books.who("resident"), AT)) == "not_of_book"
    done = desk.approve(asked.pk, books.who("member"), AT)
    assert (done.number, done.amount) == (2, 10_000)
    assert Fund.objects.get().balance == 90_000
    assert BudgetLine.objects.get(use="repair").spent == 10_000
    assert code_of(lambda: desk.approve(asked.pk, books.who("member"), AT)) == "entry_settled"
    assert list(queries.check(books.book)) == []


def test_over_budget_outside_the_earmark_without_paper_or_with_a_telephone(books: Books) -> None:
    assert code_of(lambda: books.ask(80_001)) == "over_budget"
    assert code_of(lambda: books.ask(1, use="party")) == "outside_earmark"
    other = Fund.objects.create(book=books.book, name="gift", title="捐赠")
    plan.set_budget(other, 2026, 500, [Use("books", "买书", "5003", 500)], books.proof, books.who("director"), AT)
    assert code_of(lambda: books.ask(500, use="books")) == "outside_earmark"
    assert (
        code_of(
            lambda: (
                books.ask(500, use="books", fund="gift").pk
                and desk.approve(FundEntry.objects.last().pk, books.who("member"), AT)
            )
        )
        == "fund_short"
    )  # type: ignore[union-attr]
    books.proof = ""
    assert code_of(lambda: books.ask(100)) == "evidence_missing"
    books.proof = "x"
    assert code_of(lambda: books.ask(100, text="付给13812345678")) == "personal_in_text"
    assert code_of(lambda: books.ask(0)) == "amount_not_positive"
    assert code_of(lambda: books.ask(100, day=DAY + timedelta(days=90))) == "in_future"


def test_two_payments_race_for_the_last_yuan(committed: Community) -> None:
    books = set_up_books(committed)
    asked = [books.ask(80_000).pk for _ in range(6)]
    found = together([lambda pk=pk: desk.approve(pk, books.who("member"), AT) for pk in asked])
    assert sum(isinstance(one, FundEntry) for one in found) == 1
    assert {one.code for one in found if isinstance(one, Refused)} == {"over_budget"}
    assert BudgetLine.objects.get(use="repair").spent == 80_000
    assert list(queries.check(books.book)) == []


def test_without_the_desk_the_constraint_still_refuses(books: Books) -> None:
    line = BudgetLine.objects.get(use="repair")
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(spent=80_001)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fund.objects.update(balance=-1)


def raw(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def half(books: Books) -> FundEntry:
    """An entry of one side only, as somebody could write who does not come through the desk."""
    entry = FundEntry.objects.create(book=books.book, kind="correction", day=DAY, year=2026, text="t", amount=5,
                                     evidence="e", asked_by="a", asked_at=AT)  # fmt: skip
    account = books.book.accounts.get(code="1002")
    FundLine.objects.create(entry=entry, nth=1, account=account, fund=books.fund, amount=5)
    return entry


POST = "UPDATE records_fundentry SET state='posted', number=%s, approved_by='b', hash='h' WHERE id=%s"


def forgeries(books: Books) -> dict[str, Callable[[], None]]:
    posted = FundEntry.objects.get(state="posted")
    line = posted.lines.first()
    account = books.book.accounts.get(code="1002")
    assert line is not None
    return {
        "unbalanced": lambda: raw(POST, 2, half(books).pk),
        "gap": lambda: raw(POST, 3, balanced(books).pk),
        "alone": lambda: raw("UPDATE records_fundentry SET asked_by='b' WHERE id=%s", posted.pk),
        "changed": lambda: raw("UPDATE records_fundentry SET text='other' WHERE id=%s", posted.pk),
        "deleted": lambda: raw("DELETE FROM records_fundentry WHERE id=%s", posted.pk),
        "line changed": lambda: raw("UPDATE records_fundline SET amount=1 WHERE id=%s", line.pk),
        "line deleted": lambda: raw("DELETE FROM records_fundline WHERE id=%s", line.pk),
        "line added": lambda: raw(
            "INSERT INTO records_fundline (nth, amount, account_id, entry_id, fund_id) VALUES (9, 1, %s, %s, %s)",
            account.pk, posted.pk, books.fund.pk),
        "year": lambda: raw(POST, 1, balanced(books, 2025).pk),
    }  # fmt: skip


def balanced(books: Books, year: int = 2026) -> FundEntry:
    entry = half(books) if year == 2026 else FundEntry.objects.create(
        book=books.book, kind="correction", day=DAY, year=year, text="t", amount=5, evidence="e", asked_by="a",
        asked_at=AT)  # fmt: skip
    first = 1 if year == 2026 else 0
    for nth, (code, cents) in enumerate([("1002", 5), ("4004", -5)][first:], first + 1):
        account = books.book.accounts.get(code=code)
        FundLine.objects.create(entry=entry, nth=nth, account=account, fund=books.fund, amount=cents)
    return entry


NAMES = ("unbalanced", "gap", "changed", "deleted", "line changed", "line deleted", "line added", "year")


@pytest.mark.parametrize("name", NAMES)
def test_the_database_keeps_the_books_whoever_writes(books: Books, name: str) -> None:
    deed = forgeries(books)[name]
    with pytest.raises(IntegrityError), transaction.atomic():
        deed()


@pytest.mark.parametrize("name", ["unbalanced", "gap", "changed", "deleted", "line changed", "line deleted"])
def test_without_the_triggers_it_would_not(books: Books, name: str) -> None:
    deed = forgeries(books)[name]
    with thawed(kept):
        if name == "deleted":
            raw("DELETE FROM records_fundline")
        deed()


def test_a_balanced_entry_passes_the_triggers(books: Books) -> None:
    raw(POST, 2, balanced(books).pk)


def test_a_line_of_another_book_is_refused(books: Books) -> None:
    other, fund = open_book(books.community, "garden", "garden")
    entry = actions.add_entry(books.book, DAY, [Side("1002", fund, 5), Side("4001", fund, -5)], "a", AT,
                              kind="correction", text="t", evidence="e")  # fmt: skip
    assert other.pk != books.book.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        raw(POST, 2, entry.pk)


def test_reversal_gives_back_and_deletes_nothing(books: Books) -> None:
    paid = books.pay(30_000)
    back = desk.ask_reversal(paid, books.new("付错了"), books.who("member"), AT)
    assert code_of(lambda: desk.ask_reversal(paid, books.new("付错了"), books.who("member"), AT)) == "reversed_already"
    desk.approve(back.pk, books.who("director"), AT)
    assert BudgetLine.objects.get(use="repair").spent == 0
    assert Fund.objects.get().balance == 100_000
    assert FundEntry.objects.count() == 3 and list(queries.check(books.book)) == []


def test_a_closed_month_takes_nothing(books: Books) -> None:
    later = AT + timedelta(days=30)
    waiting = books.ask(100)
    assert code_of(lambda: plan.close_month(books.book, DAY, books.who("director"), AT)) == "month_not_over"
    assert code_of(lambda: plan.close_month(books.book, DAY, books.who("director"), later)) == "entries_waiting"
    desk.refuse(waiting.pk, books.who("member"), AT, "票据不清楚")
    asked_before = balanced(books)
    FundEntry.objects.filter(pk=asked_before.pk).update(state="refused")
    plan.close_month(books.book, DAY, books.who("director"), later)
    assert code_of(lambda: books.ask(100)) == "month_closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        raw(POST, 2, balanced(books).pk)
    assert code_of(lambda: plan.close_month(books.book, DAY, books.who("director"), later)) == "month_closed"


def test_a_contract_reserves_and_is_paid_from(books: Books) -> None:
    line = BudgetLine.objects.get(use="repair")
    director = books.who("director")
    made = plan.commit(line, "电梯维保", "某公司", 60_000, books.proof, director, AT)
    assert code_of(lambda: books.ask(20_001)) == "over_budget"
    assert code_of(lambda: plan.commit(line, "再一份", "某公司", 20_001, books.proof, director, AT)) == "over_budget"
    asked = desk.ask_payment(books.book, "money", "repair", 50_000, books.new(), director, AT, made.pk)
    desk.approve(asked.pk, books.who("member"), AT)
    line.refresh_from_db()
    assert (line.spent, line.committed) == (50_000, 10_000)
    over = lambda: desk.ask_payment(books.book, "money", "repair", 10_001, books.new(), director, AT, made.pk)  # noqa: E731
    assert code_of(over) == "over_contract"
    plan.release(made, director, AT)
    line.refresh_from_db()
    assert (line.committed, line.free) == (0, 30_000)


def test_seventy_per_cent_stay_for_the_services(books: Books) -> None:
    """BT-14: what is meant for another fund cannot be spent here, and may be passed on there."""
    station, services = open_book(books.community, "works", "services")
    services.of, services.share = books.fund, 70
    services.save()
    assert desk.kept_for_parts(books.fund, 2026) == {services: 70_000}
    assert code_of(lambda: books.pay(30_001)) == "share_kept"
    books.pay(30_000)
    passing = desk.ask_transfer(
        Fund.objects.get(name="money"), services, 70_000, books.new("拨付"), books.who("director"), AT
    )
    desk.approve(passing.pk, books.who("member"), AT)
    assert Fund.objects.get(name="services").balance == 70_000 and Fund.objects.get(name="money").balance == 0
    assert desk.kept_for_parts(books.fund, 2026) == {services: 0}
    assert list(queries.check(books.book)) == [] == list(queries.check(station))
    years = {one.fund.name: one for one in queries.fund_years(queries.books_at(books.community.place), 2026)}
    assert (years["services"].passed, years["services"].closing, years["money"].closing) == (70_000, 70_000, 0)


def test_a_budget_has_at_least_so_much_for_each_head(books: Books) -> None:
    """BT-29: 300 yuan for each of 120."""
    party = Fund.objects.create(book=books.book, name="party", title="党组织经费", least=300)
    director = books.who("director")
    assert code_of(lambda: plan.set_budget(party, 2026, 3_599_999, [], "d", director, AT, 120)) == "below_least"
    assert code_of(lambda: plan.set_budget(party, 2026, 3_600_000, [], "d", director, AT)) == "heads_missing"
    made = plan.set_budget(party, 2026, 3_600_000, [], "d", director, AT, 120)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(amount=3_599_999)


def test_a_fund_that_only_passes_on_never_spends(books: Books) -> None:
    Fund.objects.update(spends=False)
    assert code_of(lambda: books.ask(100)) == "does_not_spend"


def test_money_out_is_a_payment(books: Books) -> None:
    sides = [Side("5005", books.fund, 500), Side("1002", books.fund, -500)]
    assert code_of(lambda: desk.ask_entry(books.book, sides, books.new(), books.who("director"), AT)) == "use_payment"
    odd = [Side("1001", books.fund, 500), Side("1002", books.fund, -499)]
    assert code_of(lambda: desk.ask_entry(books.book, odd, books.new(), books.who("director"), AT)) == "unbalanced"


def test_a_changed_entry_is_found(books: Books) -> None:
    books.pay(100)
    with thawed(kept):
        raw("UPDATE records_fundentry SET text='别的' WHERE number=1")
        raw("UPDATE records_fund SET balance=balance+1")
    assert {one.code for one in queries.check(books.book)} == {"chain", "balance"}


def test_a_budget_never_falls_below_what_is_spent(books: Books) -> None:
    books.pay(50_000)
    less = [Use("repair", "维修", "5005", 49_999)]
    director = books.who("director")
    assert code_of(lambda: plan.set_budget(books.fund, 2026, 90_000, less, "d", director, AT)) == "line_below_spent"
    assert code_of(lambda: plan.set_budget(books.fund, 2026, 90_000, [], "d", director, AT)) == "line_below_spent"
    assert date(2026, 1, 1) < DAY
