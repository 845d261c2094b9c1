"""/work/figures: an office enters what it answers for, corrects it, says that a figure is wrong, and another answers."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.records.figures.models import EnteredFigure, FigureAppeal
from gongzhi.records.institutions.models import Place
from gongzhi.web import clock
from tests.support.planning import place_of, worker
from tests.support.visitors import visitor
from tests.web.bench import text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 9, 9, tzinfo=CHINA)
ENTRY = {"figure": "pingan.mediated", "period": "2026-Q3", "part": "95", "whole": "100", "source": "调解台账"}


@pytest.fixture
def district(settings: Settings, tmp_path: Path) -> Place:
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True
    clock.set_story_time(NOW)
    return place_of("pingan")


def desk(organ: str) -> Client:
    return visitor(worker(organ, datetime(2026, 1, 1, tzinfo=CHINA)))


def send(client: Client, to: str, **form: str) -> tuple[int, str]:
    answer = client.post(f"/work/figures{to}", form | {"idempotency_key": secrets.token_hex(8)}, follow=True)
    return answer.status_code, text_of(answer)


def test_a_total_is_entered_corrected_and_nothing_typed_is_lost(district: Place) -> None:
    bureau = desk("justice_bureau")
    page = text_of(bureau.get("/work/figures"))
    assert "调解率" in page and "突出问题整治率" not in page.partition("觉得哪个数不对")[0]
    code, text = send(bureau, "/enter", **ENTRY | {"part": "九十五"})
    assert code == 422 and "请填整数" in text and "调解台账" in bureau.post(
        "/work/figures/enter", ENTRY | {"part": "x", "idempotency_key": secrets.token_hex(8)}
    ).content.decode()  # fmt: skip
    for wrong, said in (({"part": "101"}, "分子比分母大"), ({"whole": ""}, "分子和分母都要填"),
                        ({"source": " "}, "请写来源"), ({"period": "2026-Q4"}, "还没过完")):  # fmt: skip
        code, text = send(bureau, "/enter", **ENTRY | wrong)
        assert code == 422 and said in text, said
    assert send(bureau, "/enter", **ENTRY)[0] == 200
    assert "请写改的原因" in send(bureau, "/enter", **ENTRY | {"part": "93"})[1]
    assert send(bureau, "/enter", **ENTRY | {"part": "93", "why": "重复录了两件"})[0] == 200
    assert [row.part for row in EnteredFigure.objects.order_by("pk")] == [95, 93]
    shown = text_of(Client().get("/board/figures/pingan.mediated"))
    assert "93.00%" in shown and "没有达到" in shown and "更正的原因：重复录了两件" in shown.replace(" ", "")
    assert send(desk("public_security"), "/enter", **ENTRY | {"why": "x"})[0] == 422


def test_an_office_appeals_a_figure_and_only_another_answers(district: Place) -> None:
    bureau, peace = desk("justice_bureau"), desk("peace_office")
    send(bureau, "/enter", **ENTRY)
    form = {"figure": "pingan.mediated", "period": "2026-Q3", "reason": "漏了街道的"}
    assert "请写理由" in send(bureau, "/appeal", **form | {"reason": " "})[1]
    assert send(bureau, "/appeal", **form)[0] == 200
    row = FigureAppeal.objects.get()
    assert "异议成立吗" not in text_of(bureau.get("/work/figures"))
    assert send(bureau, f"/appeals/{row.pk}", upheld="yes", text="对")[0] == 422
    assert "异议成立吗" in text_of(peace.get("/work/figures"))
    assert send(peace, f"/appeals/{row.pk}", upheld="no", text="台账里没有")[0] == 200
    assert "漏了街道的" in text_of(Client().get("/board/figures/pingan.mediated"))
    assert send(peace, f"/appeals/{row.pk}", upheld="yes", text="再答")[0] == 422
