"""Who does what of the sources: every claim names an item that exists, and the page of the documentation is up to date."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from gongzhi.commands import covers
from gongzhi.config.environment import REPOSITORY
from gongzhi.web.board.safety import cards
from tests.charters.play import CHARTERS

Table = tuple[list[covers.Item], list[str]]


def run(*words: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(covers.covers)
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


@pytest.fixture(scope="module")
def table() -> Table:
    return covers.table(CHARTERS)


def test_every_claimed_item_exists(table: Table) -> None:
    items, unknown = table
    assert unknown == []
    assert len(items) == 303


def test_every_file_that_is_said_to_do_something_is_there(table: Table) -> None:
    missing = {name for item in table[0] for name in item.files if not (REPOSITORY / name).exists()}
    assert missing == set()


def test_what_a_story_plays_a_charter_or_page_does(table: Table) -> None:
    assert [item.id for item in table[0] if item.stories and not item.reached] == []


def test_a_row_of_the_safety_plans_is_done_by_its_card_unless_it_is_locked(table: Table) -> None:
    board = "src/gongzhi/web/board/safety.py"
    assert [item.id for item in table[0] if board in item.files] == [one.item for one in cards() if not one.locked]


def test_a_refused_item_is_neither_done_nor_missing_and_says_why(table: Table) -> None:
    refused = {item.id: item for item in table[0] if item.refused}
    assert set(refused) >= {one.item for one in cards() if one.locked}
    assert not any(item.reached or item.missing for item in refused.values())
    assert "H4" in refused["PA-16"].refused and refused["PA-05"].charters == ["pingan/safety/t05"]


def test_a_task_of_a_plan_does_its_item_unless_it_is_locked(table: Table) -> None:
    items = {item.id: item for item in table[0]}
    assert "pingan/safety/t01" in items["PA-01"].charters
    assert not any(where.startswith("pingan/safety/") for where in items["PA-16"].charters)


def test_one_group_as_json() -> None:
    code, text = run("--items", "SZ,BT-05", "--json")
    found = {item["id"]: item for item in json.loads(text)}
    assert code == 0
    assert set(found) == {f"SZ-0{n}" for n in range(1, 8)} | {"BT-05"}
    assert "baotou" in found["BT-05"]["charters"]
    assert "src/gongzhi/core/norms.py" in found["BT-05"]["files"]


def test_an_item_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (tmp_path / covers.ITEMS).write_text("AA-01: x\n", encoding="utf-8")
    (tmp_path / covers.ELSEWHERE).write_text("AA-01: Makefile\nAA-02: [Makefile]\n", encoding="utf-8")
    items, unknown = covers.table(tmp_path)
    assert unknown == ["AA-02 (Makefile)"]
    assert [(item.id, item.reached) for item in items] == [("AA-01", True)]


def test_what_is_refused_elsewhere_says_why(tmp_path: Path) -> None:
    (tmp_path / covers.ITEMS).write_text("AA-01: x\nAA-02: y\n", encoding="utf-8")
    (tmp_path / covers.ELSEWHERE).write_text("AA-01: {refused: 口号}\nAA-03: {refused: 没有这条}\n", encoding="utf-8")
    items, unknown = covers.table(tmp_path)
    assert unknown == ["AA-03 (没有这条)"]
    assert [(item.refused, item.reached, item.missing) for item in items] == [("口号", False, False), ("", False, True)]


def test_the_table_as_a_page() -> None:
    text = covers.markdown([covers.Item("AA-01", "x|y", ["fuqu"]), covers.Item("AA-02", "z")])
    assert "1 of 2 items; 0 refused, with the reason; 1 not reached." in text
    assert "| AA-02 | z | – | – | – |" in text and "x/y" in text
    text = covers.markdown([covers.Item("AA-03", "w", refused="H4：why")])
    assert "| AA-03 | w | H4：why |" in text and "| AA-03 (refused) |" in text and "0 of 1 items; 1 refused" in text
