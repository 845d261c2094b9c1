"""Every story of every shipped charter holds on the engine, and says which source items it covers."""

from pathlib import Path

import pytest

from gongzhi.core.charter.load import load_charter
from tests.charters.play import CHARTERS, LAW, play, read_story, stories

# Several matters meet at the desk; such stories are played over HTTP only.
ALONE = [path for path in stories() if ", matter: " not in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", ALONE, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_story_holds(path: Path) -> None:
    story = read_story(path)
    loaded = load_charter(CHARTERS / story["charter"], LAW)
    assert loaded.charter, loaded.findings
    assert story["story"] == path.stem
    assert story["covers"]
    play(story, loaded.charter, loaded.law.calendar)


def test_a_wrong_expectation_is_noticed() -> None:
    story = read_story(next(path for path in stories() if path.stem == "fire_lane"))
    story["when"][-1]["expect"]["end"] = "not_settled"
    loaded = load_charter(CHARTERS / story["charter"], LAW)
    assert loaded.charter
    with pytest.raises(AssertionError):
        play(story, loaded.charter, loaded.law.calendar)
