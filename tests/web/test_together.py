"""Merging on the workbench and what residents read of it: likely matters, check page, undo, their own rights."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.desk.outbox import deliver
from gongzhi.records.matters.models import Matter
from tests.support.residents import resident
from tests.support.visitors import visitor
from tests.web.bench import Bench, bench, text_of

__all__ = ["bench"]
pytestmark = pytest.mark.django_db


def test_a_matter_is_merged_into_a_likely_one_and_let_go_again(bench: Bench) -> None:
    first, second = bench.file(), bench.file()
    form = text_of(bench.form("director", second, "merge"))
    assert first.number in form and "可能是同一件" in form
    assert bench.send("director", second, "merge").status_code == 422  # neither a likely one nor a number, no ground
    second = bench.do("director", second, "merge", to=first.number, ground="同一座车棚")
    assert (second.status, second.goes_with) == ("following", first.number)
    assert second.number in text_of(bench.page("director", first.number))
    page = text_of(bench.page("director", second.number))
    assert "这件跟着另一件一起办" in page and "现在没有等您办的" not in page and "单独办" in page
    second = bench.do("director", second, "unfollow", ground="说的是另一座")
    assert (second.status, second.goes_with) == ("open", "")


def test_a_resident_reads_what_stays_and_may_go_alone(bench: Bench) -> None:
    first, second = bench.file(), bench.file()
    bench.do("director", second, "merge", number=first.number, ground="同一座车棚")
    deliver(bench.at)
    me = visitor(resident("chen@example.org"))
    page = text_of(me.get(f"/my/{second.number}"))
    assert "和另外1件一起办" in page and "您要求重新办理的权利都不变" in page
    assert "另有1件和您这件一起办" in text_of(me.get(f"/my/{first.number}"))
    answer = me.post(f"/my/{second.number}/act", {"kind": "alone"}, follow=True)
    assert "已改为单独办" in answer.content.decode()
    assert Matter.objects.get(pk=second.pk).status == "open"


def test_queries_of_the_leaders_page_do_not_grow_with_its_followers(bench: Bench) -> None:
    first = bench.file()
    counts = []
    for _ in range(2):
        for _ in range(3):
            bench.do("director", bench.file(), "merge", number=first.number, ground="同一座车棚")
        bench.page("director", first.number)
        with CaptureQueriesContext(connection) as seen:
            bench.page("director", first.number)
        counts.append(len(seen))
    assert counts[0] == counts[1]
