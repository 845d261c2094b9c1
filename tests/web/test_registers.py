"""Organisations on the board for everybody; registers out as a workbook and in again with faults by row."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from gongzhi.records.organisations.models import Organisation
from tests.support.visitors import visitor
from tests.web.bench import Bench, text_of


def team(bench: Bench, name: str, **more: object) -> Organisation:
    values = {
        "kind": "activity",
        "members": 12,
        "state": "registered",
        "applied_at": bench.at,
        "contact": "025-1",
        **more,
    }
    return Organisation.objects.create(place=bench.place, name=name, **values)


def test_the_board_counts_searches_and_filters_in_the_address(bench: Bench) -> None:
    page, nobody = reverse("board_organisations"), visitor()
    assert "没有找到" in text_of(nobody.get(page))
    team(bench, "书画社"), team(bench, "互助组", kind="service", stage="growing"), team(bench, "棋社", state="applied")
    with CaptureQueriesContext(connection) as few:
        everything = text_of(nobody.get(page))
    assert "书画社" in everything and "棋社" not in everything and "025-1" not in everything
    for asked, found in (("?q=书画", "书画社"), ("?kind=service", "互助组"), ("?stage=growing", "互助组")):
        rows = text_of(nobody.get(page + asked))
        assert [name for name in ("书画社", "互助组") if name in rows] == [found], asked
    for n in range(40):
        team(bench, f"第{n}队")
    with CaptureQueriesContext(connection) as many:
        assert "下一页" in text_of(nobody.get(page + "?q=队")) and nobody.get(page + "?page=2&q=%00").status_code == 200
    assert len(many) <= 2 * len(few), "two pages of thirty ask no more than one of two"


def workbook(*rows: list[object]) -> SimpleUploadedFile:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return SimpleUploadedFile("register.xlsx", out.getvalue())


def test_a_register_goes_out_and_comes_in_and_a_fault_names_its_row(bench: Bench) -> None:
    director, council = bench.client("director"), bench.client("council")
    out, back = (
        reverse("work_register_file", args=["organisations"]),
        reverse("work_register_import", args=["organisations"]),
    )
    team(bench, "=书画社")
    sheet = load_workbook(io.BytesIO(director.get(out).content)).active
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert row[0] == "'=书画社", "no cell begins like a formula"
    wrong = director.post(back, {"file": workbook(head, row, ["琴社", "没有的类"])})
    assert wrong.status_code == 422 and "“没有的类”" in text_of(wrong) and Organisation.objects.count() == 1
    assert director.post(back, {"file": SimpleUploadedFile("a.xlsx", b"no")}).status_code == 422
    assert director.post(back, {"file": workbook(head, row, ["琴社", row[1]])}).status_code == 302
    assert list(Organisation.objects.order_by("pk").values_list("name", flat=True)) == ["=书画社", "琴社"]
    assert council.get(out).status_code == 403 and council.post(back, {"file": workbook(head)}).status_code == 403
