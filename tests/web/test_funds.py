"""Money on pages: open books with masks, forms that lose nothing, the second person, budget, closing, bank."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from gongzhi.config.environment import REPOSITORY
from gongzhi.core.calendar import CHINA
from gongzhi.desk import funds as money
from gongzhi.desk.draft import NewMatter
from gongzhi.desk.funds import NewEntry
from gongzhi.desk.funds_demo import fill_books
from gongzhi.desk.funds_workbook import read_workbook
from gongzhi.desk.setup import set_up
from gongzhi.desk.step import file_matter
from gongzhi.records.funds.models import BankLine, Commitment, Fund, FundBook, FundBudget, FundEntry, FundPeriod
from gongzhi.records.people.models import Person
from gongzhi.records.people.signin import new_secret
from gongzhi.web import clock
from gongzhi.web.sheet_data import kept_of
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=CHINA)
FOLDER = REPOSITORY / "charters" / "fuqu"


@pytest.fixture
def book(settings: Settings, tmp_path: Path) -> FundBook:
    """The demo's year."""
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True
    place, _accounts = set_up(FOLDER, "x", new_secret())
    clock.set_story_time(NOW)
    fill_books(FOLDER, place, NOW)
    return FundBook.objects.get(organ__organ="residents_committee")


def staff(login: str) -> Client:
    return visitor(Person.objects.get(login=login))


def paper(name: str = "a.txt", text: str = "发票") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/plain")


PAY = {"use": "committee_money/repair", "amount": "120.50", "text": "换门锁", "party": "老周五金店",
       "party_kind": "organisation", "account": "1002", "day_year": "2026", "day_month": "11", "day_day": "20"}  # fmt: skip


def test_everybody_reads_the_books_and_no_persons_name(book: FundBook) -> None:
    page = visitor().get("/board/funds").content.decode()
    assert "143,600.00" in page and "张**" in page and "张桂兰" not in page and "春节慰问" not in page
    assert "冬季取暖帮扶" not in page  # nobody approved it yet
    table = visitor().get("/board/funds.csv?fund=commons_money").content.decode()
    assert "李**" in table and "长河" not in table and "一月水电费" not in table
    found = visitor().get("/board/funds?q=楼道").content.decode()
    assert "光明电器维修部" in found and "供电公司" not in found
    assert "春节" not in visitor().get("/board/funds?q=春节").content.decode().split("<main")[1].split("</form>")[1]


def test_a_refused_form_keeps_what_was_typed_and_the_paper(book: FundBook) -> None:
    client, path = staff("director"), f"/work/funds/{book.pk}/ask/pay"
    refused = client.post(path, {**PAY, "amount": "99999", "evidence": paper()})
    page = refused.content.decode()
    assert refused.status_code == 422 and "超预算" in page and "换门锁" in page and 'name="evidence_digest"' in page
    digest = page.split('name="evidence_digest" value="')[1][:64]
    assert client.post(path, {**PAY, "evidence_digest": digest}).status_code == 302
    asked = FundEntry.objects.get(text="换门锁")
    assert (asked.state, asked.amount, asked.evidence) == ("asked", 12_050, digest)
    assert client.post(path, {**PAY, "evidence_digest": "f" * 64}).status_code == 422


def test_the_second_person_approves_on_the_page(book: FundBook) -> None:
    staff("director").post(f"/work/funds/{book.pk}/ask/pay", {**PAY, "evidence": paper()})
    asked = FundEntry.objects.get(text="换门锁")
    own = staff("director").post(f"/work/funds/entries/{asked.pk}/decide", {"answer": "approve"})
    assert own.status_code == 422 and "另一个人" in own.content.decode()
    assert staff("deputy").get(f"/work/funds/entries/{asked.pk}").status_code == 404
    silent = staff("member").post(f"/work/funds/entries/{asked.pk}/decide", {"answer": "refuse"})
    assert silent.status_code == 422
    done = staff("member").post(f"/work/funds/entries/{asked.pk}/decide", {"answer": "approve"})
    asked.refresh_from_db()
    assert done.status_code == 302 and asked.state == "posted"
    assert staff("member").get(f"/work/funds/entries/{asked.pk}/evidence").content.decode() == "发票"
    back = staff("director").post(
        f"/work/funds/entries/{asked.pk}/reverse", {**PAY, "text": "记错", "evidence": paper()}
    )
    assert back.status_code == 302 and FundEntry.objects.get(kind="reversal", text="记错").reverses == asked


def test_budget_contract_earmark_and_closing_on_pages(book: FundBook) -> None:
    client = staff("director")
    page = f"/work/funds/{book.pk}/budget/committee_money/2026"
    assert "50,000.00" in client.get(page).content.decode()
    less = {
        "amount": "120000",
        "use-0": "repair",
        "title-0": "小修",
        "account-0": "5005",
        "amount-0": "1",
        "evidence": paper(),
    }
    assert client.post(page, less).status_code == 422
    station = FundBook.objects.get(organ__organ="service_station")
    path = f"/work/funds/{station.pk}/budget/station_services/2026"
    sent = {"amount": "5000", "title-0": "代办", "account-0": "5002", "amount-0": "5000", "evidence": paper()}
    assert staff("station").post(path, sent).status_code == 302
    assert FundBudget.objects.get(fund__name="station_services").planned == 500_000
    contract = {**PAY, "amount": "1000", "evidence": paper()}
    assert client.post(f"/work/funds/{book.pk}/ask/contract", contract).status_code == 302
    made = Commitment.objects.get(title="换门锁")
    client.post(f"/work/funds/{book.pk}/contracts/{made.pk}/release")
    made.refresh_from_db()
    assert made.released_at is not None
    client.post(f"/work/funds/{book.pk}/ask/earmark", {"title": "图书角捐款", "purpose": "只买书"})
    assert Fund.objects.get(title="图书角捐款").purpose == "只买书"
    assert client.post(f"/work/funds/{book.pk}/plans", {"month": "2026-10"}).status_code == 302
    assert client.post(f"/work/funds/{book.pk}/plans", {"month": "2026-11"}).status_code == 422
    assert FundPeriod.objects.filter(book=book).count() == 10


STATEMENT = "日期,摘要,收入,支出\n2026-01-08,拨款,60000.00,\n2026-01-15,电费,,1286.40\n昨天,不对,1,\n"


def columns_of(page: str) -> dict[str, str]:
    packed = page.split('name="rows" value="')[1].split('"')[0]
    return {"rows": packed, "column-day": "0", "column-text": "1", "column-in": "2", "column-out": "3"}


def test_a_bank_statement_comes_in_once_and_is_matched(book: FundBook) -> None:
    client, path = staff("director"), f"/work/funds/{book.pk}/bank"
    for made in (2, 0):
        page = client.post(path, {"file": SimpleUploadedFile("a.csv", STATEMENT.encode("gb18030"))}).content.decode()
        wrong = client.post(path, columns_of(page))
        assert wrong.status_code == 422 and "第4行" in wrong.content.decode()
        done = client.post(path, {**columns_of(page), "only_good": "1"})
        assert f"made={made}" in done["Location"]
    line = BankLine.objects.get(amount=-128_640)
    entry = FundEntry.objects.get(text="一月水电费")
    assert "一月水电费" in client.get(f"{path}/{line.pk}").content.decode()
    assert client.post(f"{path}/{line.pk}", {"entry": entry.pk}).status_code == 302
    line.refresh_from_db()
    assert line.entry == entry
    other = FundEntry.objects.exclude(pk=entry.pk).first()
    assert other and client.post(f"{path}/{line.pk}", {"entry": other.pk}).status_code == 422
    assert client.post(path, {"file": SimpleUploadedFile("a.xlsx", b"no")}).status_code == 422


def test_the_books_go_along_as_a_workbook_and_prove_themselves(book: FundBook) -> None:
    client = staff("member")
    sheets = read_workbook(io.BytesIO(client.get(f"/work/funds/{book.pk}.xlsx").content).getvalue())
    assert len({row[0] for row in sheets["分录"][1:]}) == 21
    assert "全部对得上" in client.get(f"/work/funds/{book.pk}/check").content.decode()


@pytest.mark.parametrize(("who", "path"), [("", "/board/funds"), ("director", "/work/funds")])
def test_more_entries_do_not_take_more_queries(book: FundBook, who: str, path: str) -> None:
    client = staff(who) if who else visitor()
    counts = []
    for _n in range(2):
        client.get(path)  # what is remembered for some seconds is remembered now
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(path)
        counts.append(len(seen))
        for _m in range(5):
            staff("director").post(f"/work/funds/{book.pk}/ask/pay", {**PAY, "amount": "1", "evidence": paper()})
            newest = FundEntry.objects.order_by("-pk").first()
            assert newest is not None
            staff("member").post(f"/work/funds/entries/{newest.pk}/decide", {"answer": "approve"})
    assert counts[0] == counts[1]


NEEDS = "北院老人食堂 | 30000 | 2 | 80\n南院花架\t10000\t1\t\n东院路灯 ｜ 5000.01"


def test_money_is_shared_by_need_and_becomes_the_budget(book: FundBook) -> None:
    client, address = staff("director"), f"/work/funds/{book.pk}/needs"
    assert "按需求分配，不平均分" in client.get(f"/work/funds/{book.pk}/plans").content.decode()
    wrong = client.post(
        address, {"fund": "committee_money", "amount": "20000", "needs": "北院 | 很多\n南院 | 1 | 0\n| 3"}
    )
    said = wrong.content.decode()
    assert wrong.status_code == 422 and "第1行“北院 | 很多”" in said and "第2行" in said and "第3行" in said
    typed = {"fund": "committee_money", "amount": "20000.01", "needs": NEEDS}
    page = client.post(address, typed).content.decode()
    assert "16,000.00" in page and "2,666.67" in page and "1,333.34" in page
    assert "到困难群体的" in page and "12,800.00元，64.0%" in page and NEEDS.split("\n")[0] in page
    before = FundBudget.objects.get(fund__name="committee_money", year=2026)
    planned, kept = before.planned, before.lines.count()
    assert client.post(address, {**typed, "adopt": "1"}).status_code == 302
    after = FundBudget.objects.get(pk=before.pk)
    own = list(after.lines.filter(use__startswith="need").order_by("pk").values_list("title", "amount"))
    assert sum(amount for _title, amount in own) == 2_000_001 and own[0] == ("北院老人食堂", 1_600_000)
    assert (after.planned, after.lines.count()) == (planned + 2_000_001, kept + 3)
    assert client.post(address, {**typed, "amount": "100", "adopt": "1"}).status_code == 302  # shared anew, not on top
    assert FundBudget.objects.get(pk=before.pk).planned == planned + 10_000
    assert visitor(Person.objects.get(login="clerk2")).get(address).status_code == 404


def test_a_matter_shows_what_was_paid_for_it_and_from_which_budget(book: FundBook) -> None:
    director, member = (Person.objects.get(login=login) for login in ("director", "member"))
    filer = Person.objects.filter(login=None).first()
    new = NewMatter(book.place, "shared_facility", public=True, words={"what": "门锁坏了"})
    matter = file_matter(new, filer, NOW, None).matter
    proof = FundEntry.objects.filter(book=book).values_list("evidence", flat=True)[0]
    for text, party, kind in (("换门锁", "老周五金店", "organisation"), ("补给困难户", "张桂兰", "person")):
        entry = NewEntry(NOW.date(), text, proof, party, kind, matter=matter)
        asked = money.ask_payment(book, "committee_money", "repair", 12_050, entry, director, NOW)
        assert "待审批" in visitor(director).get(f"/work/matters/{matter.number}").content.decode()
        assert "120.50" not in visitor().get(f"/board/matters/{matter.number}").content.decode() or kind == "person"
        money.approve(asked.pk, member, NOW)
    kept = kept_of(matter)
    assert kept("money") == "用了241.00元" and kept("milestones") == "" == kept("nothing")
    first, second = kept("payments").split("\n")
    assert "换门锁　120.50元" in first and "补给困难户" not in second
    page = visitor().get(f"/board/matters/{matter.number}").content.decode()
    assert "换门锁" in page and "老周五金店" in page and "预算用途：" in page and "/board/funds?year=2026" in page
    assert "张桂兰" not in page and "补给困难户" not in page and "/work/funds/" not in page
    assert f"/work/funds/entries/{asked.pk}" in visitor(director).get(f"/work/matters/{matter.number}").content.decode()
