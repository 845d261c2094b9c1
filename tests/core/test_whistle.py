"""Who was called and who came, from the effects the log keeps."""

from __future__ import annotations

from datetime import timedelta

from gongzhi.core.procedure.store import effect_to
from gongzhi.core.whistle import calls, counted
from tests.charters.play import CHARTERS, _one, _told, read_story
from tests.charters.shipped import shipped


def _played(name: str, until: int):  # type: ignore[no-untyped-def]
    loaded = shipped("beijing")
    assert loaded.charter is not None
    story, case, effects = read_story(CHARTERS / f"beijing/stories/{name}.yaml"), None, []
    for line in story["when"][:until]:
        if "refused" in line.get("expect", {}):
            continue
        outcome = _one(story, line, loaded.charter, case, loaded.law.calendar)
        case = _told(outcome.case, loaded.charter, loaded.law.calendar)
        effects += [effect_to(effect) for effect in outcome.effects]
    return calls(loaded.charter, case, effects)


def test_two_came_and_one_was_late() -> None:
    found = {one.organ: one for one in _played("back_street", 99)}
    assert {name: (one.state, one.minutes) for name, one in found.items()} == {
        "urban_management": ("came", 15), "market_bureau": ("came", 20), "fire_brigade": ("missing", 30),
    }  # fmt: skip
    assert next((one.organ, one.called, one.came, one.missing) for one in counted(found.values())) == (
        "fire_brigade", 1, 0, 1,
    )  # fmt: skip


def test_while_they_are_on_the_way_the_clock_is_shown() -> None:
    (one,) = _played("silent_departments", 2)
    assert one.state == "waiting" and one.due == one.called + timedelta(minutes=30)


def test_nobody_is_called_before_the_sheet_is_checked() -> None:
    assert _played("back_street", 1) == ()
