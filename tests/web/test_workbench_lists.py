"""今天要办 and 全部事项: order, groups, filters in the address, pages, a constant number of queries, Excel."""

from __future__ import annotations

import io
from datetime import timedelta

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.web.bench import WHAT, Bench, text_of
from tests.web.ways import to_build, to_council, to_emergency, to_submit


def today(bench: Bench, login: str = "director", **query: str) -> HttpResponse:
    return bench.client(login).get("/work", query)


def test_rows_stand_under_the_time_at_which_they_are_due(bench: Bench) -> None:
    council = to_council(bench)
    first = bench.file()
    bench.wait(hours=3)
    second = bench.file()
    bench.wait(hours=2)  # the first one's four hours are over
    said = text_of(today(bench))
    assert said.index("超时（1）") < said.index(first.number)
    assert said.index(first.number) < said.index("今天（1）") < said.index(second.number) < said.index("本周（1）")
    assert said.index("本周（1）") < said.index(council.number)
    assert "社区议事园会议" in said and "反映人等20人" in said


def test_the_counts_are_filters_and_agree_with_the_rows(bench: Bench) -> None:
    late = bench.file()
    bench.wait(hours=5)
    soon = bench.file()
    html = today(bench).content.decode()
    assert "超时 <strong>1</strong>" in html and "今天 <strong>1</strong>" in html
    said = text_of(today(bench, when="late"))
    assert late.number in said and soon.number not in said
    assert 'aria-current="true"' in today(bench, when="late").content.decode()


def test_a_list_is_of_ones_own_organs(bench: Bench) -> None:
    matter = to_emergency(bench)
    assert matter.number in text_of(today(bench, "secretary"))
    assert matter.number not in text_of(today(bench, "director"))
    assert "没有等您办的事" in text_of(today(bench, "environment"))


def test_a_part_and_waiting_for_others_are_told_apart(bench: Bench) -> None:
    matter = to_submit(bench)
    assert "社区居委会签字" in text_of(today(bench, "director")) and "社区公共服务站" in text_of(
        today(bench, "director")
    )
    matter = to_build(bench, accepted=False)
    said = text_of(today(bench, "deputy"))
    assert "等别人（1）" in said and "等区建设局：建设" in said and "我们在等" in said
    assert "签收或退回：建设" in text_of(today(bench, "bureau"))
    assert matter.number in text_of(today(bench, "deputy", when="others"))


def test_search_by_number_and_by_title_and_category(bench: Bench) -> None:
    quarrel, school = bench.file(category="neighbourhood"), bench.file(category="education")
    said = text_of(today(bench, "station", q="邻里"))
    assert quarrel.number in said and school.number not in said
    said = text_of(today(bench, "station", category="education"))
    assert school.number in said and quarrel.number not in said
    said = text_of(today(bench, "station", q=quarrel.number.lower()))
    assert quarrel.number in said and school.number not in said


def test_an_empty_filter_names_the_next_thing(bench: Bench) -> None:
    matter = bench.file()
    said = text_of(today(bench, when="others"))
    assert "这里没有事" in said and "最近一件" in said and matter.subject in said


def test_a_broken_address_is_the_first_page(bench: Bench) -> None:
    matter = bench.file()
    for query in ({"after": "nonsense"}, {"when": "never"}, {"organ": "x"}, {"after": "2026-03-16~x"}):
        assert matter.number in text_of(today(bench, **query))


def test_pages_follow_each_other_without_gap(bench: Bench) -> None:
    numbers = set()
    for _ in range(53):
        numbers.add(bench.file(category="neighbourhood").number)
        bench.at += timedelta(seconds=1)
    first = today(bench, "station").content.decode()
    more = first.split('rel="next"')[0].split('href="')[-1].split('"')[0].replace("&amp;", "&")
    second = bench.client("station").get(more).content.decode()
    on_first = {one for one in numbers if one in first}
    on_second = {one for one in numbers if one in second}
    assert len(on_first) == 50 and on_first | on_second == numbers and not on_first & on_second
    assert "回到开头" in second


def test_the_number_of_queries_does_not_grow(bench: Bench) -> None:
    bench.file()
    client = bench.client("director")
    for address in ("/work", "/work/matters?status=all"):
        client.get(address)  # the charter is read once for each process
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for _ in range(12):
            bench.file()
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(few) == len(many) <= 12, [query["sql"][:90] for query in many.captured_queries]


def test_the_keys_can_be_switched_off(bench: Bench) -> None:
    bench.file()
    assert "data-shortcuts" in today(bench).content.decode()
    bench.client("director").post("/work/shortcuts", {"shortcuts": "off"})
    assert "data-shortcuts" not in today(bench).content.decode()


# --- the register ---


def test_the_register_shows_what_concerns_the_reader(bench: Bench) -> None:
    own, public = bench.file(), bench.file(public=True)
    assert {own.number, public.number} <= set(text_of(bench.client("director").get("/work/matters")).split())
    said = text_of(bench.client("environment").get("/work/matters"))
    assert public.number in said and own.number not in said


def test_the_register_finds_closed_and_late_ones(bench: Bench) -> None:
    matter = bench.file()
    client = bench.client("director")
    assert matter.number not in text_of(client.get("/work/matters?status=closed"))
    assert "没有找到" in text_of(client.get("/work/matters?q=没有这件"))
    assert matter.number in text_of(client.get("/work/matters?status=whatever"))


def test_the_workbook_opens_and_holds_nothing_personal(bench: Bench) -> None:
    matter = bench.file()
    bench.do("director", matter, "title", title="=1+1 车棚")
    answer = bench.client("director").get("/work/matters.xlsx?status=all")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0][:2] == ("编号", "公开标题") and rows[1][0] == matter.number
    assert rows[1][1] == "'=1+1 车棚" and rows[1][7] == 20
    everything = str(rows)
    assert WHAT not in everything and bench.resident().mail not in everything


def test_the_pages_speak_english(bench: Bench) -> None:
    matter = to_council(bench)
    client = bench.client("director")
    client.cookies["django_language"] = "en"
    for address in ("/work", "/work/matters", "/work/meetings", "/work/file", f"/work/matters/{matter.number}"):
        said = client.get(address).content.decode()
        assert '<html lang="en"' in said and "今天要办" not in said and "筛选" not in said
