"""`gongzhi story run`: does the real program do what the stories tell?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils.translation import gettext as _
from rich.console import Console

from gongzhi.commands.stories.play import Result, Tell, play
from gongzhi.commands.stories.read import BadStory, Story, find_stories
from gongzhi.commands.stories.server import NotStarted, story_server

console = Console(stderr=True, highlight=False)


def run(
    name: Annotated[str, typer.Argument(help="Name of a story; without it: --all.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Play every story of every charter.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    database: Annotated[str, typer.Option(help="DATABASE_URL of an empty database; default: a temporary SQLite.")] = "",
) -> None:
    """Play stories on a real server with a movable clock, over HTTP. Exit code 1 when one goes otherwise."""
    try:
        stories = _chosen(name, every)
        results = [_play(story, database, quiet=as_json) for story in stories]
    except (BadStory, NotStarted) as fault:
        _fail(str(fault), as_json)
        raise typer.Exit(1) from fault
    if as_json:
        print(json.dumps({"stories": [one.as_json() for one in results]}, ensure_ascii=False))
    else:
        _tell(stories, results)
    if not all(one.passed for one in results):
        raise typer.Exit(1)


def _chosen(name: str, every: bool) -> list[Story]:
    if bool(name) == every:
        raise BadStory(_("请写一个剧本的名称，或用 --all 演全部。"))
    found = find_stories(Path(settings.GONGZHI_CHARTERS), name)
    if not found:
        raise BadStory(_("没有这个剧本：{name}").format(name=name))
    return found


def _play(story: Story, database: str, quiet: bool) -> Result:
    """Each story has a community of its own, so that none depends on another."""
    with story_server([story.charter], database=database) as client, _progress(story, quiet) as tell:
        return play([story], client, tell)[0]


@contextmanager
def _progress(story: Story, quiet: bool) -> Iterator[Tell]:
    if quiet:
        yield lambda line: None
        return
    with console.status(story.title) as status:
        yield lambda line: status.update(f"{story.title} · {line}")


def _tell(stories: list[Story], results: list[Result]) -> None:
    for story, result in zip(stories, results, strict=True):
        mark = _("通过") if result.passed else _("未通过")
        print(_("{mark}　{title}：演了{n}步").format(mark=mark, title=story.title, n=result.steps))
        if result.failure:
            print(f"  {result.failure}")
    covered = sorted({item for result in results for item in result.covers})
    print(_("涉及条目：{items}").format(items=" ".join(covered)))


def _fail(sentence: str, as_json: bool) -> None:
    print(json.dumps({"error": sentence}, ensure_ascii=False)) if as_json else console.print(sentence)
