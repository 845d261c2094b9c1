"""What is alike, as residents and staff see it: only public matters for residents, a person decides about merging."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongzhi.records.matters.models import Matter
from tests.support.visitors import visitor
from tests.web.bench import Bench, bench, text_of

__all__ = ["bench"]
pytestmark = pytest.mark.django_db


def test_neighbours_matters_appear_while_typing_and_only_public_ones(bench: Bench) -> None:
    matter = bench.file()
    said = {"what": "自行车棚拆了以后没处放车"}
    Matter.objects.filter(pk=matter.pk).update(public=False)
    assert matter.number not in visitor().post("/say/alike", said).content.decode()
    Matter.objects.filter(pk=matter.pk).update(public=True)
    page = visitor().post("/say/alike", said).content.decode()
    assert "邻居已经反映过类似的事" in page and matter.number in page


@pytest.mark.parametrize("said", ["", "路", "Ж😀", "x" * 9000, "路灯一闪一闪的很晃眼"])
def test_nothing_is_shown_where_nothing_is_alike(bench: Bench, said: str) -> None:
    bench.file()
    answer = visitor().post("/say/alike", {"what": said})
    assert answer.status_code == 200 and "card" not in answer.content.decode()


def test_staff_see_what_could_be_the_same_and_the_way_to_merge(bench: Bench) -> None:
    first, second = bench.file(), bench.file()
    page = text_of(bench.page("director", second.number))
    assert "可能是同一件事" in page and first.number in page and "合并到其中一件" in page
    bench.do("director", second, "merge", to=first.number, ground="同一座车棚")
    assert "系统按说法相近找出来的" not in text_of(bench.page("director", second.number))


def test_staff_see_what_was_learned(bench: Bench, settings: Settings, tmp_path: Path) -> None:
    settings.GONGZHI_HOME = tmp_path
    staff = bench.client("director")
    assert "还没有学过" in staff.get("/work/routing").content.decode()
    (tmp_path / "models").mkdir()
    told = {"day": "2026-04-02", "rows": 300, "labels": 5, "macro_f1": 0.83}
    (tmp_path / "models" / "own.json").write_text(json.dumps(told), "utf-8")
    assert "0.83" in staff.get("/work/routing").content.decode()
