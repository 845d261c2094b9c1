"""`gongzhi budget` as typed on a command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from gongzhi.commands.budget import budget

app = typer.Typer()
app.command()(budget)

# Six of ten want a lamp and a bench, four a garden.
TOWN = (
    "META\nkey;value\nbudget;100\nvote_type;approval\nnum_projects;3\nnum_votes;10\n"
    "PROJECTS\nproject_id;cost;name\n1;45;长椅\n2;30;路灯\n3;20;花园\nVOTES\nvoter_id;vote\n"
    + "".join(f"a{n};1,2\n" for n in range(6))
    + "".join(f"b{n};3\n" for n in range(4))
)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def town(tmp_path: Path) -> Path:
    file = tmp_path / "town.pb"
    file.write_text(TOWN, encoding="utf-8")
    return file


def test_one_object_with_reasons(town: Path) -> None:
    found = json.loads(run(str(town), "--json").stdout)
    assert (found["selected"], found["cost"]) == (["1", "3"], 65)
    bench, lamp = found["because"]["projects"]["1"], found["because"]["projects"]["2"]
    assert bench == {
        "selected": True, "why": "bought", "cost": 45, "supporters": 6, "turn": 1, "each_paid": 7.5, "paid_in_full": 6,
        "paid_the_rest": 0, "rho": "1/6", "rest_sum": 0, "tied_with": ["2"],
    }  # fmt: skip
    assert (lamp["why"], lamp["left"], lamp["missing"]) == ("short", 15, 15)


def test_every_rule_and_completion(town: Path) -> None:
    for words, chosen in ((("--rule", "greedy"), ["1", "2", "3"]), (("--rule", "phragmen"), ["1", "2", "3"]),
                          (("--completion", "add1"), ["1", "2", "3"]), (("--completion", "greedy"), ["1", "2", "3"]),
                          (("--completion", "add1-comparison"), ["1", "2", "3"])):  # fmt: skip
        assert json.loads(run(str(town), "--json", *words).stdout)["selected"] == chosen


def test_lines_for_a_resident(town: Path) -> None:
    text = run(str(town)).stdout
    assert "“1 长椅”选上：6位支持者每人出7.50元，凑满45元。" in text
    assert "“2 路灯”没有选上：6位支持者手里一共还剩15元，它要30元，还差15元。" in text
    assert "so ¥15 is missing" in run(str(town), "--lang", "en").stdout


def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, town: Path) -> None:
    bad = tmp_path / "bad.pb"
    bad.write_text(TOWN.replace("a3;1,2", "a3;1,7"), encoding="utf-8")
    refused = run(str(bad))
    assert refused.exit_code == 1 and refused.stderr.strip() == "第17行：票上写了不存在的项目 7。"
    found = json.loads(run(str(bad), "--json").stdout)
    assert (found["line"], found["code"]) == (17, "pb_unknown_project")
    bad.write_bytes(TOWN.encode("gbk"))
    assert json.loads(run(str(bad), "--json").stdout)["line"] == 9
    assert run(str(tmp_path / "absent.pb")).exit_code == 1
    assert "dice" in run(str(town), "--rule", "dice").stderr
