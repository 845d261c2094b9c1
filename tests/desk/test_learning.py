"""Categories learned from finished matters: when they are used, when the charter's words stay, what is kept."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.desk import learning
from gongzhi.desk.worker import run_once
from gongzhi.records.matters.models import Matter
from tests.core.routing import said
from tests.support.community import MONDAY, Community

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 4, 2, 3, 0, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    learning._tried.clear()
    yield
    learning._tried.clear()


@pytest.fixture
def names(community: Community) -> list[str]:
    return [one.name for one in learning.choosable(community.charter)]


def finish(community: Community, names: list[str], rows: int = 72) -> None:
    """Finished matters: lamps under the first category, waste under the second."""
    kinds = dict(zip(("照明", "环卫"), names, strict=False))
    given = [(text, kinds[label]) for text, label in said.messages(3) if label in kinds][:rows]
    for nth, (text, category) in enumerate(given):
        matter = community.file(words={"what": f"{text}{'很久了' * (nth % 5)}"}, at=MONDAY).matter
        Matter.objects.filter(pk=matter.pk).update(
            status="closed", category=category, closed_at=MONDAY + timedelta(days=1), wake=None
        )


def test_what_was_learned_proposes_with_confidence_and_reasons(community: Community, names: list[str]) -> None:
    finish(community, names)
    assert learning.learn_at_night(NIGHT, learning.learn)
    assert not learning.learn_at_night(NIGHT + timedelta(hours=1), learning.learn)
    found = learning.proposal(community.charter, "餐厨垃圾臭味很大招苍蝇")
    assert (found.category, found.learned) == (names[1], True)
    assert found.confidence >= learning.SURE and set(found.reasons) <= {"垃圾", "臭味", "很大", "苍蝇", "餐厨"}
    assert learning.about()["day"] == "2026-04-02"


def test_an_unsure_proposal_goes_by_the_charters_words(community: Community, names: list[str]) -> None:
    finish(community, names)
    learning.learn(NIGHT)
    found = learning.proposal(community.charter, "一二三")
    assert not found.learned and found.confidence == 0
    assert found.category == learning.propose(community.charter, "一二三")


def test_switched_off_only_the_charter_proposes(community: Community, names: list[str]) -> None:
    finish(community, names)
    learning.learn(NIGHT)
    learning.switch(on=False)
    assert not learning.proposal(community.charter, "餐厨垃圾臭味很大").learned and learning.about()["off"]
    learning.switch(on=True)
    assert learning.proposal(community.charter, "餐厨垃圾臭味很大").learned


def test_clocks_go_on_while_the_worker_has_something_learned(community: Community, names: list[str]) -> None:
    finish(community, names, rows=60)
    waiting = community.file().matter
    done = run_once(NIGHT)
    process = learning._tried["process"]
    assert isinstance(process, subprocess.Popen)
    try:
        assert process.poll() is None, "the round has waited for the learning"
        assert done.settled and waiting.acts.filter(organ="system").exists()
    finally:
        process.kill()
        process.wait()


def test_too_few_matters_and_daytime_teach_nothing(community: Community, names: list[str]) -> None:
    assert not learning.learn_at_night(NIGHT.replace(hour=12))
    finish(community, names, rows=20)
    assert learning.learn(NIGHT) is None and learning.about() == {}


def test_what_is_kept_is_sealed(community: Community, names: list[str], settings: Settings) -> None:
    finish(community, names)
    learning.learn(NIGHT)
    for file in (Path(settings.GONGZHI_HOME) / "models").iterdir():
        assert "垃圾".encode() not in file.read_bytes()


def test_a_damaged_model_is_not_used(community: Community, names: list[str], settings: Settings) -> None:
    finish(community, names)
    learning.learn(NIGHT)
    (Path(settings.GONGZHI_HOME) / "models" / "own.sealed").write_bytes(b"nothing")
    assert not learning.proposal(community.charter, "餐厨垃圾臭味很大").learned
