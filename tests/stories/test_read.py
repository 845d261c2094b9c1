"""Reading stories: times, and everything that is misspelt is refused."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from gongzhi.commands.stories.expect import Seen, differences
from gongzhi.commands.stories.read import BadStory, find_stories, in_order, moment, read_story
from gongzhi.core.calendar import CHINA

TEXT = """
story: lamp
title: 路灯
charter: fuqu
category: other
given:
  place: 福建路社区
  people: {one: {title: 居民, is: filer}, two: {title: 主任, is: [a.b, filer]}}
when:
  - {at: 2026-03-02 20:10, who: one, act: file}
  - {at: 2026-03-02 20:10, who: two, act: done, outcome: sent, expect: {step: x}}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "lamp.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_story_is_read_with_its_people_and_scenes(tmp_path: Path) -> None:
    story = read_story(written(tmp_path, TEXT))
    assert story.people == {"one": ("filer",), "two": ("a.b", "filer")}
    assert [scene.act for scene in story.scenes] == ["file", "done"]
    assert story.scenes[0].at == datetime(2026, 3, 2, 20, 10, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("outcome: sent", "outcom: sent"),
        ("{step: x}", "{stepp: x}"),
        ("who: two", "who: three"),
        ("category: other", ""),
        ("20:10, who: one", "25:10, who: one"),
        ("title: 路灯", "title: [路灯"),
    ],
)
def test_what_is_misspelt_is_refused_with_the_file(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(BadStory, match=r"lamp\.yaml"):
        read_story(written(tmp_path, TEXT.replace(old, new)))


def test_times_count_from_now() -> None:
    now = datetime(2026, 11, 22, 0, 30, tzinfo=CHINA)
    assert moment("-3d 09:05", now) == datetime(2026, 11, 19, 9, 5, tzinfo=CHINA)
    assert moment("+2d 19:00", now) == datetime(2026, 11, 24, 19, 0, tzinfo=CHINA)
    assert moment("-2h", now) == datetime(2026, 11, 21, 22, 30, tzinfo=CHINA)
    with pytest.raises(ValueError, match="under way"):
        moment("-2h")


def test_scenes_of_several_stories_come_in_order_of_time() -> None:
    from gongzhi.config.environment import REPOSITORY

    stories = find_stories(REPOSITORY / "charters")
    times = [scene.at for _, _, scene in in_order(stories)]
    assert times == sorted(times) and len(times) == sum(len(story.scenes) for story in stories)


def test_a_deadline_is_compared_as_a_day_or_to_the_minute() -> None:
    matter = {"deadlines": [{"name": "step", "due": "2008-08-19T15:59:59.999999+00:00"}], "step": "build"}
    seen = Seen(matter, [], datetime(2008, 3, 22, tzinfo=CHINA))
    assert differences({"due": {"step": date(2008, 8, 19)}, "step": "build"}, seen) == []
    assert differences({"due": {"step": date(2008, 8, 20)}}, seen)
    assert differences({"due": {"part:x": date(2008, 8, 20)}}, seen)
