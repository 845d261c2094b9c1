"""`gongzhi charter check` and `explain`, as somebody at a terminal sees them."""

import json
import shutil
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gongzhi.commands.charter import app, watched
from tests.charters.play import CHARTERS
from tests.charters.record import HERE

BAD = HERE / "bad" / "GZ501"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_good_charter_says_what_was_proved() -> None:
    result = run("check", str(HERE / "good" / "minimal"))
    assert result.exit_code == 0
    assert "没有发现问题" in result.stdout
    assert "任何情形都能办完: repair" in result.stdout


def test_a_bad_charter_says_file_line_way_and_mending() -> None:
    result = run("check", str(BAD))
    assert result.exit_code == 1
    assert "procedures/repair.yaml:14: GZ501 错误" in result.stdout
    assert "handle → check → handle" in result.stdout
    assert "at_most" in result.stdout


def test_english() -> None:
    result = run("check", str(BAD), "--lang", "en")
    assert "These steps can go round for ever: handle → check" in result.stdout


def test_json_is_one_object() -> None:
    result = run("check", str(BAD), "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    (finding,) = data["findings"]
    assert data["charter"] == "sample"
    assert (finding["code"], finding["severity"], finding["line"]) == ("GZ501", "error", 14)
    assert finding["path"] == ["handle", "check", "handle"]
    assert "references" in data["proved"]
    assert data["worst_case"] == {}


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in CHARTERS.glob("*/charter.yaml")), ids=lambda p: p.name
)
def test_a_shipped_charter_by_its_name(folder: Path) -> None:
    result = run("check", folder.name, "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert {one["severity"] for one in data["findings"]} <= {"notice"}
    assert all(days > 0 for days in data["worst_case"].values())
    assert data["worst_case"].keys() == data["slow"].keys() == data["states"].keys()


@pytest.mark.parametrize("name", ["nowhere", "_law", "../_law"])
def test_a_charter_that_is_not_there(name: str) -> None:
    result = run("check", name)
    assert result.exit_code == 1
    assert name in result.stderr
    data = json.loads(run("check", name, "--json").stdout)
    assert name in data["error"]


def test_text_of_a_charter_is_never_markup(tmp_path: Path) -> None:
    """Names in brackets are what the charter says, not colours of the terminal."""
    (tmp_path / "charter.yaml").write_text("charter: '[red]x[/red]'\n", "utf-8")
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    assert "[red]x[/red]" in result.stdout


def test_a_code_is_explained() -> None:
    result = run("explain", "gz501")
    assert result.exit_code == 0
    assert "at_most" in result.stdout
    data = json.loads(run("explain", "GZ501", "--json", "--lang", "en").stdout)
    assert data["code"] == "GZ501"
    assert "round" in data["message"]


def test_an_unknown_code() -> None:
    result = run("explain", "GZ999")
    assert result.exit_code == 1
    assert "GZ999" in result.stderr


def test_several_charters_are_checked_in_one_process() -> None:
    """As `charters/*` gives them: the law's folder and a README are no charters and are passed over."""
    names = [str(CHARTERS / name) for name in ("README.md", "_law", "template")] + [str(BAD)]
    result = run("check", *names, "--json")
    assert result.exit_code == 1
    assert [json.loads(line)["charter"] for line in result.stdout.splitlines()] == ["template", "sample"]
    assert run("check", str(CHARTERS / "template"), "nothing-like-it").exit_code == 1


def test_watching_names_the_charter_that_was_changed(tmp_path: Path) -> None:
    folders = [Path(shutil.copytree(HERE / "good" / "minimal", tmp_path / name)) for name in ("one", "two")]
    later = threading.Timer(0.1, (folders[1] / "procedures" / "new.yaml").write_text, ("procedure: new\n",))
    later.start()
    assert watched(folders, pause=0.02) == [folders[1]]
    later.join()
