"""Adopting in the browser: who may, what is shown before, what becomes of running matters, and going back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongzhi.desk.audit import audit
from gongzhi.records.institutions.models import Adoption
from gongzhi.records.matters.models import Matter
from tests.web.bench import Bench, bench, text_of

__all__ = ["bench"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def charters(settings: Settings, tmp_path: Path) -> Path:
    """A charters folder in which the community's charter may be changed."""
    copy = tmp_path / "charters"
    for name in ("_law", "fuqu"):
        shutil.copytree(Path(settings.GONGZHI_CHARTERS) / name, copy / name)
    settings.GONGZHI_CHARTERS = copy
    return copy / "fuqu"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def next_version(folder: Path) -> None:
    change(folder / "charter.yaml", "version: 1", "version: 2")
    change(folder / "charter.yaml", "{title: 召开议事会时限, value: 5d}", "{title: 召开议事会时限, value: 4d}")
    change(folder / "procedures" / "shared_facility.yaml", "after_merge:", "migrates: {from: 1}\nafter_merge:")


def test_only_the_seat_the_charter_names_may_adopt(bench: Bench, charters: Path) -> None:
    assert "您的职务不能采用章程" in text_of(bench.client("director").get("/studio/adopt"))
    one = Adoption.objects.get(charter="fuqu")
    answer = bench.client("director").post("/studio/adopt/now", {"adoption": one.pk, "charter": "fuqu", "sure": "yes"})
    assert answer.status_code == 403 and Adoption.objects.filter(charter="fuqu").count() == 1
    page = text_of(bench.client("deputy").get("/studio/adopt?charter=fuqu"))
    assert "现行第1版" in page and "没有不同" in page and "确定采用" not in page


def test_findings_stop_and_a_sound_version_is_adopted_with_its_running_matters(bench: Bench, charters: Path) -> None:
    running, other = bench.file(), bench.file("environment")
    change(charters / "charter.yaml", "version: 1", "version: 2")
    change(charters / "procedures" / "shared_facility.yaml", "go: council}", "go: nowhere}")
    deputy = bench.client("deputy")
    page = text_of(deputy.get("/studio/adopt?charter=fuqu"))
    assert "nowhere" in page and "确定采用" not in page
    change(charters / "procedures" / "shared_facility.yaml", "go: nowhere}", "go: council}")
    change(charters / "charter.yaml", "version: 2", "version: 1")
    next_version(charters)
    page = text_of(deputy.get("/studio/adopt?charter=fuqu"))
    assert "5天" in page and "4天" in page and "正在办的有2件" in page and "确定采用" in page
    form = {"adoption": Adoption.objects.get(charter="fuqu", end=None).pk, "charter": "fuqu", "migrate": "yes"}
    deputy.post(reverse("studio_adopt_now"), form)
    assert Adoption.objects.filter(charter="fuqu").count() == 1  # not without the tick
    bench.wait(hours=1)
    result = text_of(deputy.post(reverse("studio_adopt_now"), {**form, "sure": "yes"}))
    assert "1件改按新版办" in result and other.number in result and "没有说明正在办的事怎么接着办" in result
    versions = [Matter.objects.get(pk=one.pk).charter_version.version for one in (running, other)]
    assert versions == [2, 1] and audit().broken == []
    page = text_of(deputy.get("/studio/adopt"))
    assert "街道办事处分管副主任" in page and "重新采用第1版" in page
    bench.wait(hours=1)
    form = {"adoption": Adoption.objects.get(charter="fuqu", end=None).pk, "sure": "yes"}
    assert "重新采用了以前的版本" in text_of(deputy.post(reverse("studio_go_back"), form, follow=True))
    assert bench.file().charter_version.version == 1
