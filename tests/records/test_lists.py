"""Lists: complete, in order, one query a page whatever their length."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.records.matters import queries
from gongzhi.records.matters.models import Matter, Todo
from gongzhi.records.matters.numbers import check_digit, draw_number, tidy
from gongzhi.records.matters.queries import Filter
from tests.support.community import MONDAY, Community

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def many(community: Community) -> Community:
    for n in range(23):
        community.file(at=MONDAY + n % 5 * MINUTE, category="tree" if n % 3 else "lamp")
    return community


def walked(community: Community, narrowed: Filter, size: int) -> list[str]:
    """The numbers of a whole list, page after page."""
    found: list[str] = []
    after = None
    while True:
        page = queries.worklist([community.organs["committee"].pk], narrowed, after, size)
        found += [row.matter.number for row in page.rows]  # type: ignore[union-attr]
        after = page.after
        if after is None:
            return found


@pytest.mark.parametrize("size", [1, 4, 23, 50])
def test_pages_put_together_are_the_whole_list_in_order(many: Community, size: int) -> None:
    rows = Todo.objects.order_by("due", "pk").values_list("matter__number", flat=True)
    assert walked(many, Filter(), size) == list(rows)


def test_a_list_is_narrowed(many: Community) -> None:
    trees = walked(many, Filter(category="tree"), 5)
    assert len(trees) == Matter.objects.filter(category="tree").count() == 15
    number = trees[0]
    assert walked(many, Filter(text=number.lower()[:-3]), 5) == [number]
    assert walked(many, Filter(status="late"), 5) == []
    assert len(walked(many, Filter(until=MONDAY + 4 * HOUR), 5)) == 5
    assert queries.worklist([many.organs["works"].pk]).rows == []


@pytest.mark.parametrize("size", [2, 20])
def test_a_page_is_one_query(many: Community, size: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        for row in queries.worklist([many.organs["committee"].pk], size=size).rows:
            str((row.matter.place, row.matter.answers, row.matter.subject))  # type: ignore[union-attr]
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        for status in ("open", "closed", "late", ""):
            for matter in queries.matters_at([many.place], Filter(status=status), size=size).rows:
                str((matter.place, matter.answers))  # type: ignore[union-attr]
    assert len(asked) == 4


def test_the_counts_say_what_the_list_holds(many: Community) -> None:
    seen = queries.counts([many.organs["committee"].pk], MONDAY, MONDAY + DAY, MONDAY + 7 * DAY)
    assert seen == {"late": 0, "today": 23, "week": 23, "others": 0, "all": 23}
    later = queries.counts([many.organs["committee"].pk], MONDAY + DAY, MONDAY + DAY, MONDAY + 7 * DAY)
    assert later["late"] == 23


def test_the_work_list_and_the_sweep_use_their_indexes(many: Community) -> None:
    """The same on both databases: no scan of all matters for a page or for what is due."""
    listed = Todo.objects.filter(organ=many.organs["committee"]).order_by("due", "id")[:50]
    due = Matter.objects.filter(wake__lt=MONDAY).order_by("wake", "id")[:50]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    assert "todo_by_organ" in listed.explain()
    assert "matter_wake" in due.explain()


def test_a_number_shows_a_slip_of_the_finger(community: Community) -> None:
    for _ in range(50):
        number = draw_number(community.place, MONDAY.date())
        assert tidy(f" {number.lower()} ") == number
        place = len(number) - 3
        for digit in "0123456789":
            if digit != number[place]:
                assert tidy(number[:place] + digit + number[place + 1 :]) is None
    assert (check_digit("0794"), check_digit("79462")) == ("5", "3"), "examples of ISO 7064 MOD 11,10"
    assert tidy("LAMP20260316-12345") is None and tidy("") is None
