"""Every shipped story, played over HTTP: all in one server, in the order in which they happened; on both databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from gongzhi.commands.stories.play import play
from gongzhi.commands.stories.read import find_stories
from gongzhi.commands.stories.server import story_server
from gongzhi.config.environment import REPOSITORY

EVERY = find_stories(REPOSITORY / "charters")
# What a database can get wrong it gets wrong in one community; the other charters are played on SQLite only.
STORIES = [story for story in EVERY if os.environ.get("GONGZHI_TEST_DB") != "postgresql" or story.charter == "fuqu"]
pytestmark = pytest.mark.both_databases


@pytest.fixture
def database(database_kind: str) -> Iterator[str]:
    """An empty database of this run's kind; empty text: SQLite in the server's own home."""
    if database_kind == "sqlite":
        yield ""
        return
    url, name = os.environ["DATABASE_URL"], f"stories_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{url.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_program_does_what_the_stories_tell(database: str) -> None:
    """One program serves all the communities at once."""
    with story_server(sorted({story.charter for story in STORIES}), database=database) as client:
        results = play(STORIES, client)
    assert {one.name: one.failure for one in results if not one.passed} == {}
    assert {one.name: one.steps for one in results} == {story.name: len(story.scenes) for story in STORIES}


def test_a_story_that_goes_otherwise_fails_at_its_scene() -> None:
    told = next(story for story in STORIES if story.name == "fire_lane_silence")
    wrong = replace(told.scenes[1], expect={"step": "inspect"})
    with story_server(["fuqu"]) as client:
        (result,) = play([replace(told, scenes=(told.scenes[0], wrong, *told.scenes[2:]))], client)
    assert not result.passed and result.steps == 1
    assert result.failure and result.failure.startswith("2. ") and "inspect" in result.failure


def test_the_stories_cover_the_source_items_they_are_for() -> None:
    covered = {item for story in EVERY for item in story.covers}
    assert {f"FQ-{n:02}" for n in (5, 6, 7, 8, 9, 10, 11, 12, 13)} | {"SH-11", "XX-05"} <= covered
