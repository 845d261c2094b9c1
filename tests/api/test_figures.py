"""Figures over the API: the same as on the board, counted again by anybody, entered and appealed by offices."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
import typer
from django.utils import timezone
from pytest_django.fixtures import Settings
from typer.testing import CliRunner

from gongzhi.commands.indicators import recompute
from gongzhi.core.calendar import CHINA
from gongzhi.records.figures import rollup
from gongzhi.records.institutions.models import Place
from gongzhi.records.people.tokens import make_token
from gongzhi.web import clock
from tests.api.conftest import Answer, Caller
from tests.api.test_errors import check
from tests.support.planning import place_of, worker

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 9, 9, tzinfo=CHINA)
TRAINED = {"figure": "pingan.mediated", "period": "2026-Q3", "part": 95, "whole": 100, "source": "调解台账"}


@pytest.fixture
def district(settings: Settings, tmp_path: Path) -> Place:
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True
    clock.set_story_time(NOW)
    return place_of("pingan")


def office(organ: str) -> Caller:
    return Caller(make_token(worker(organ, datetime(2026, 1, 1, tzinfo=CHINA)), "test", True, timezone.now())[1])


def recomputed(answer: Answer, folder: Path) -> tuple[int, dict[str, object]]:
    """What `gongzhi indicators recompute` says of the file, as anybody would run it."""
    file = folder / "figures.json"
    file.write_bytes(answer.body)
    app = typer.Typer()
    app.command()(recompute)
    done = CliRunner().invoke(app, [str(file), "--json"])
    return done.exit_code, json.loads(done.stdout)


def test_an_office_enters_corrects_and_anybody_recomputes(district: Place, tmp_path: Path) -> None:
    bureau, nobody = office("justice_bureau"), Caller()
    at = f"/places/{district.code}"
    assert bureau.post("/figure-entries", TRAINED).json["late"] is False
    check(bureau.post("/figure-entries", TRAINED), 409, "no_correction_reason")
    again = bureau.post("/figure-entries", TRAINED | {"part": 93, "why": "重复录了两件"})
    assert again.status == 201 and again.json["corrects"]
    check(office("public_security").post("/figure-entries", TRAINED), 409, "not_your_figure")
    check(nobody.post("/figure-entries", TRAINED), 401, "sign_in_first")
    page = nobody.get(f"{at}/figures/pingan.mediated").json
    assert (page["kind"], page["target"], page["now"]["text"], page["now"]["met"]) == (
        "entered", "≥95%", "93.00%", False
    )  # fmt: skip
    assert page["now"]["corrected"] and page["now"]["value"] == "93/100" and len(page["now"]["formula"]) == 64
    listed = {one["key"]: one for one in nobody.get(f"{at}/figures").json}
    assert listed["pingan.mediated"]["now"] == page["now"] and listed["-.house_burden"]["kind"] == "counted"
    check(nobody.get(f"{at}/figures/pingan.no_such"), 404, "unknown_indicator")
    rollup.count_new(NOW)
    code, told = recomputed(nobody.get(f"{at}/figure-data"), tmp_path)
    assert (code, told["wrong"]) == (0, []) and told["figures"]
    spoilt = nobody.get(f"{at}/figure-data")
    spoilt.body = spoilt.body.replace(b'"93/100"', b'"19/20"')
    assert recomputed(spoilt, tmp_path)[0] == 1


def test_an_office_appeals_and_another_answers(district: Place) -> None:
    bureau, peace = office("justice_bureau"), office("peace_office")
    bureau.post("/figure-entries", TRAINED)
    to = f"/places/{district.code}/figures/pingan.mediated/appeals"
    said = {"organ": "justice_bureau", "period": "2026-Q3", "reason": "漏了街道的"}
    check(peace.post(to, said), 403, "not_of_organ")
    row = bureau.post(to, said)
    assert row.status == 201 and row.json["due"].startswith("2026-10-15")  # 10 October is a working Saturday
    answer = f"/figure-appeals/{row.json['id']}/answer"
    check(bureau.post(answer, {"upheld": True, "text": "对"}), 409, "own_appeal")
    assert peace.post(answer, {"upheld": True, "text": "补上了"}).json["answered_by"]
    check(peace.post(answer, {"upheld": False, "text": "再答"}), 409, "appeal_answered")
    page = Caller().get(f"/places/{district.code}/figures/pingan.mediated").json
    assert [one["upheld"] for one in page["appeals"]] == [True]
