"""The audit finds what somebody with the database's password changed, cut off or took away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from gongzhi.desk.audit import audit, verify_receipt
from gongzhi.desk.worker import count_figures, run_once
from gongzhi.records.figures.models import Tally
from gongzhi.records.matters import access, digests
from gongzhi.records.matters.chain import receipt_code
from gongzhi.records.matters.models import AccessLog, Act, DailyDigest, Matter, Words
from tests.support.community import MONDAY, Community
from tests.support.forgery import forge
from tests.support.funds import set_up_books

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def told(community: Community) -> tuple[Matter, Matter]:
    """Two matters, one of them through to the end, and the published page of the days since."""
    first, second = community.file(fields={"many": True}).matter, community.file("neighbour").matter
    end = community.walk(first, MONDAY)
    run_once(end + HOUR)
    access.note_reading(community.who["director"], "committee.director", "handle", end, second)
    digests.make_digest(MONDAY.date(), MONDAY + DAY)
    assert audit().broken == []
    return Matter.objects.get(pk=first.pk), Matter.objects.get(pk=second.pk)


def found() -> set[str]:
    return {one.what for one in audit().broken}


def test_untouched_records_are_whole_and_counted(told: tuple[Matter, Matter]) -> None:
    seen: list[tuple[int, int]] = []
    report = audit(lambda done, total: seen.append((done, total)))
    assert report.as_json() == {"matters": 2, "acts": Act.objects.count(), "broken": []}
    assert seen == [(2, 2)] and report.acts > 7


def test_a_changed_act_is_found(told: tuple[Matter, Matter]) -> None:
    forge("UPDATE records_act SET payload = replace(payload, 'simple', 'registered') WHERE matter_id = %s", told[0].pk)
    assert "hash" in found()


def test_an_act_changed_together_with_its_hash_is_found(told: tuple[Matter, Matter]) -> None:
    from gongzhi.records.matters.chain import act_hash

    matter = told[0]
    last = matter.acts.get(seq=matter.seq)
    payload = last.payload.replace('"content"', '"not_content"')
    new = act_hash(matter.number, last.seq, last.prev_hash, last.recorded_at, payload, last.outcome)
    forge("UPDATE records_act SET payload = %s, hash = %s WHERE id = %s", payload, new, last.pk)
    forge("UPDATE records_matter SET head = %s WHERE id = %s", new, matter.pk)
    assert {"replay:outcome", "digest:head_missing"} <= found()


def test_a_changed_column_of_the_log_is_found(told: tuple[Matter, Matter]) -> None:
    forge("UPDATE records_act SET organ = 'street' WHERE matter_id = %s AND seq = 2", told[0].pk)
    assert found() == {"copy"}


def test_a_tail_cut_off_is_found_even_when_the_row_was_mended(told: tuple[Matter, Matter]) -> None:
    matter = told[0]
    last, before = matter.acts.order_by("-seq")[:2]
    forge("DELETE FROM records_words WHERE act_id = %s", last.pk)
    forge("DELETE FROM records_act WHERE id = %s", last.pk)
    assert "tail" in found()
    forge("UPDATE records_matter SET seq = %s, head = %s WHERE id = %s", before.seq, before.hash, matter.pk)
    assert {"digest:head_missing", "row:state", "page_acts:2026-03-16"} <= found()


def test_a_gap_in_the_middle_is_found(told: tuple[Matter, Matter]) -> None:
    row = told[0].acts.get(seq=3)
    forge("DELETE FROM records_words WHERE act_id = %s", row.pk)
    forge("DELETE FROM records_act WHERE id = %s", row.pk)
    assert "link" in found()


def test_a_whole_matter_taken_away_is_found_by_digest_and_receipt(told: tuple[Matter, Matter]) -> None:
    matter = told[1]
    code = receipt_code(matter.acts.get(seq=1).hash)
    assert verify_receipt(matter.number, code).verdict == "consistent"
    acts = list(matter.acts.values_list("pk", flat=True))
    for table in ("todo", "words", "message", "accesslog", "likeness"):
        forge(f"DELETE FROM records_{table} WHERE matter_id = %s", matter.pk)
    forge("DELETE FROM records_act WHERE matter_id = %s", matter.pk)
    forge("DELETE FROM records_matter WHERE id = %s", matter.pk)
    assert acts and "digest:matter_missing" in found()
    assert verify_receipt(matter.number, code).verdict == "inconsistent"


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE records_matter SET state = replace(state, 'committee', 'street') WHERE id = %s", "row:state"),
        ("UPDATE records_matter SET status = 'final', wake = NULL WHERE id = %s", "row:status"),
        ("UPDATE records_matter SET due = wake + %s WHERE id = %s", "row:due"),
        ("UPDATE records_matter SET answers_id = (SELECT id FROM records_organinstance WHERE organ = 'works') WHERE id = %s", "row:answers_id"),
        ("UPDATE records_matter SET category = 'tree' WHERE id = %s", "row:category"),
        ("DELETE FROM records_todo WHERE matter_id = %s", "todo"),
        ("DELETE FROM records_words WHERE matter_id = %s", "words"),
    ],
)  # fmt: skip
def test_a_row_that_no_longer_fits_its_log_is_found(told: tuple[Matter, Matter], sql: str, what: str) -> None:
    if "wake +" in sql:
        Matter.objects.filter(pk=told[1].pk).update(due=MONDAY + 99 * DAY)
    else:
        forge(sql, told[1].pk)
    assert what in found()


def test_changed_words_no_longer_open_and_no_longer_fit(told: tuple[Matter, Matter]) -> None:
    from gongzhi.records.crypto import Unreadable
    from gongzhi.records.matters import sealing

    words = Words.objects.filter(matter=told[1]).first()
    assert words is not None and sealing.is_intact(words)
    words.ciphertext = bytes(words.ciphertext or b"")[:-1] + b"?"
    with pytest.raises(Unreadable):
        sealing.is_intact(words)
    forge("UPDATE records_words SET digest = %s WHERE id = %s", "0" * 64, words.pk)
    assert "words" in found()


def test_a_changed_page_is_found_and_so_is_one_that_does_not_fit_the_published_file(
    told: tuple[Matter, Matter],
) -> None:
    page = DailyDigest.objects.get()
    forge("UPDATE records_dailydigest SET heads = '[]', matters = 0")
    assert found() == {"page:2026-03-16"}
    page.heads, page.matters = "[]", 0
    forge("UPDATE records_dailydigest SET root = %s", digests.root_of(page))
    assert found() == {"published:2026-03-16"}
    forge("DELETE FROM records_dailydigest")
    assert found() == {"page_missing:2026-03-16"}


def test_a_reading_that_was_wiped_is_found(told: tuple[Matter, Matter]) -> None:
    assert AccessLog.objects.count() == 1
    forge("DELETE FROM records_accesslog")
    assert found() == {"page_access:2026-03-16"}


def test_receipts(told: tuple[Matter, Matter]) -> None:
    matter = told[1]
    head = matter.acts.get(seq=1).hash
    assert verify_receipt(matter.number.lower(), head).verdict == "consistent"
    assert verify_receipt(matter.number, receipt_code(head).upper()).seq == 1
    assert verify_receipt(matter.number, "0" * 20).verdict == "inconsistent"
    assert verify_receipt(matter.number, head[:8]).verdict == "unknown"
    wrong = matter.number[:-1] + str((int(matter.number[-1]) + 1) % 10)
    assert verify_receipt(wrong, head).verdict == "unknown"
    forge("UPDATE records_act SET outcome = replace(outcome, 'receive', 'repair') WHERE matter_id = %s", matter.pk)
    assert verify_receipt(matter.number, head).verdict == "inconsistent"


def test_the_audit_asks_the_database_the_same_number_of_times_for_one_matter_and_for_many(
    community: Community, django_assert_max_num_queries: object
) -> None:
    from django.test.utils import CaptureQueriesContext

    community.file()
    with CaptureQueriesContext(connection) as few:
        audit()
    for _ in range(20):
        community.file()
    with CaptureQueriesContext(connection) as many:
        assert audit().matters == 21
    assert len(many) == len(few)


def test_the_audit_finds_a_figure_that_the_log_does_not_give(community: Community) -> None:
    community.file()
    count_figures(MONDAY)
    assert audit().broken == []
    Tally.objects.filter(name="filed").update(n=90)
    assert [one.what for one in audit().broken] == ["figures:990101001001:2026-03"]


def test_a_changed_balance_in_the_books_is_found(community: Community) -> None:
    books = set_up_books(community)
    books.pay(10_000)
    assert audit().broken == []
    forge("UPDATE records_fund SET balance = balance + 1 WHERE id = %s", books.fund.pk)
    assert {one.what for one in audit().broken} == {f"funds:{community.place.code}:committee:0:balance"}
