"""A story file as data: who plays, what happens when, and what has to be so afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from gongzhi.core.calendar import CHINA

SCENE = {
    "at", "who", "act", "outcome", "part", "state", "count", "to", "ground", "channel", "fields", "documents", "counts",
    "text", "headcount", "public", "expect", "where", "organ", "seat", "agenda", "meets", "matter", "leader",
    "admission", "category", "grade", "do",
}  # fmt: skip
EXPECT = {
    "step", "phase", "status", "answers", "holder", "end", "due", "passes", "breach", "breaches", "because", "raised",
    "days_since_filing", "refused", "offices_tried",
}  # fmt: skip
HEAD = {"story", "title", "charter", "procedure", "category", "covers", "given", "when", "then", "public"}
DAYS = re.compile(r"([+-]\d+)d (\d{1,2}):(\d{2})")
HOURS = re.compile(r"-(\d+)h")


class BadStory(ValueError):
    """A story file that cannot be played; the argument says which file and what is wrong."""


@dataclass(frozen=True)
class Scene:
    """One line of a story. `act` is a kind of act, `file`, `grade` (rate in a review), `room` (in a room beside
    the matter), or `wait` (the clock moves)."""

    at: datetime
    act: str
    who: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)

    @property
    def matter(self) -> str:
        """Which of the story's matters it is about; empty: its only or first one."""
        return str(self.facts.get("matter", ""))


@dataclass(frozen=True)
class Story:
    """`people` maps a role to the seats it plays; `then` is what has to be so at the end."""

    name: str
    title: str
    charter: str
    procedure: str
    category: str
    place: str
    covers: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    scenes: tuple[Scene, ...]
    then: Mapping[str, Any]
    public: bool = True


def find_stories(charters: Path, name: str = "") -> list[Story]:
    """All stories of all charters in order of their file, or the one of that name. Raises BadStory."""
    files = sorted(charters.glob("*/stories/*.yaml"))
    return [read_story(file) for file in files if name in ("", file.stem)]


def find_under_way(charters: Path, now: datetime) -> list[Story]:
    """Matters under way for a demo, up to now. Raises BadStory."""
    return [up_to(read_story(file, now), now) for file in sorted(charters.glob("*/demo/*.yaml"))]


def up_to(story: Story, now: datetime) -> Story:
    """The story without what would lie in the future."""
    return replace(story, scenes=tuple(scene for scene in story.scenes if scene.at <= now))


def read_story(file: Path, now: datetime | None = None) -> Story:
    """The story in a file; times like `-3d 09:00` and `-2h` are counted from `now`. Raises BadStory."""
    try:
        data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        return _story(data, now)
    except (YAMLError, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BadStory(f"{file.name}: {fault}") from fault


def _story(data: Mapping[str, Any], now: datetime | None) -> Story:
    _known(data, HEAD)
    given = data["given"]
    return Story(
        name=data["story"],
        title=data["title"],
        charter=data["charter"],
        procedure=data.get("procedure", ""),
        category=data["category"],
        place=given["place"],
        covers=tuple(data.get("covers", ())),
        people={role: _seats(one["is"]) for role, one in given["people"].items()},
        titles={role: one["title"] for role, one in given["people"].items()},
        scenes=tuple(_scene(line, given["people"], now) for line in data["when"]),
        then=_known(data.get("then", {}), EXPECT),
        public=bool(data.get("public", True)),
    )


def _seats(text: str | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _scene(line: Mapping[str, Any], people: Mapping[str, Any], now: datetime | None) -> Scene:
    _known(line, SCENE)
    if line["act"] != "wait" and line.get("who") not in people:
        raise ValueError(f"nobody plays {line.get('who')!r}")
    facts = {key: value for key, value in line.items() if key not in ("at", "act", "who", "expect")}
    if "meets" in facts:
        facts["meets"] = moment(facts["meets"], now).isoformat()
    expect = _known(line.get("expect", {}), EXPECT)
    return Scene(moment(line["at"], now), line["act"], line.get("who", ""), facts, expect)


def moment(text: Any, now: datetime | None = None) -> datetime:
    """`2008-03-16 08:30`; or from now: `-3d 09:00`, `+2d 19:00`, `-2h`. China's time. Raises ValueError."""
    days, hours = DAYS.fullmatch(str(text)), HOURS.fullmatch(str(text))
    if (days or hours) and now is None:
        raise ValueError(f"{text}: only matters under way count from now")
    if hours and now:
        return (now - timedelta(hours=int(hours[1]))).astimezone(CHINA)
    if days and now:
        day = now.astimezone(CHINA).date() + timedelta(days=int(days[1]))
        return datetime.combine(day, time(int(days[2]), int(days[3])), CHINA)
    return datetime.fromisoformat(str(text)).replace(tzinfo=CHINA)


def _known(data: Mapping[str, Any], keys: set[str]) -> Mapping[str, Any]:
    if strange := sorted(set(data) - keys):
        raise ValueError(f"unknown: {', '.join(strange)}")
    return data


def in_order(stories: Sequence[Story]) -> Iterator[tuple[Story, int, Scene]]:
    """The scenes of several stories as they happened: by time, and within one story in its own order."""
    lines = [(scene.at, which, n) for which, one in enumerate(stories) for n, scene in enumerate(one.scenes)]
    for _, which, n in sorted(lines):
        yield stories[which], n, stories[which].scenes[n]
