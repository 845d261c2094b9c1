"""`gongzhi tally` and `gongzhi draw` as typed on a command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from gongzhi.commands.tally import draw_lots, tally

app = typer.Typer()
app.command()(tally)
app.command("draw")(draw_lots)

BLT = "3 2\n4 1 2 0\n3 2 3 0\n5 3 0\n0\n甲\n乙\n丙\n居民小组长选举\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def blt(tmp_path: Path) -> Path:
    file = tmp_path / "group.blt"
    file.write_text(BLT, encoding="utf-8")
    return file


def test_stv_as_object_and_as_lines(blt: Path) -> None:
    found = json.loads(run("tally", str(blt), "--json").stdout)
    assert (found["elected"], found["quota"], found["valid"], found["title"]) == (["丙", "甲"], 5, 12, "居民小组长选举")
    assert [(one["action"], one["elected"]) for one in found["rounds"]] == [("first", ["丙"]), ("excluded", ["甲"])]
    assert found["rounds"][0]["votes"] == {"甲": "4.00000", "乙": "3.00000", "丙": "5.00000"}
    text = run("tally", str(blt)).stdout
    assert "得5票当选" in text and text.strip().endswith("当选：丙、甲")
    assert "reach 5 votes" in run("tally", str(blt), "--lang", "en").stdout


def test_other_rules_and_seats(blt: Path) -> None:
    assert json.loads(run("tally", str(blt), "--rule", "plurality", "--seats", "1", "--json").stdout)["elected"] == [
        "丙"
    ]
    assert json.loads(run("tally", str(blt), "--rule", "approval", "--seats", "1", "--json").stdout)["elected"] == [
        "丙"
    ]
    table = blt.with_suffix(".csv")
    table.write_bytes("电梯,路灯\n赞成,反对\n赞成,赞成\n".encode("gb18030"))
    found = json.loads(run("tally", str(table), "--rule", "yes-no", "--json").stdout)
    assert (found["elected"], found["rounds"][0]["votes"]["路灯"]) == (["电梯"], {"yes": 1, "no": 1, "abstain": 0})


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        (BLT.replace("4 1 2 0", "4 1 9 0"), [], "第2行"),
        (BLT.replace("5 3 0", "5 3"), [], "第4行"),
        (BLT, ["--seats", "4"], "1和3之间"),
        (BLT, ["--rule", "score"], ".csv"),
        (BLT, ["--rule", "dictator"], "dictator"),
        (BLT, ["--ties", "甲,乙"], "丙"),
        (BLT.replace("5 3 0", "3 3 0").replace("4 1", "3 1"), ["--rule", "plurality"], "打平"),
        ("3 2\n0\n甲\n乙\n丙\n", [], "没有一张有效的票"),
    ],
)
def test_what_cannot_be_counted(blt: Path, text: str, words: list[str], says: str) -> None:
    blt.write_text(text, encoding="utf-8")
    plain, as_json = run("tally", str(blt), *words), run("tally", str(blt), *words, "--json")
    assert (plain.exit_code, as_json.exit_code, plain.stdout) == (2, 2, "")
    assert says in plain.stderr and json.loads(as_json.stdout)["error"] == plain.stderr.strip()


def test_a_tie_is_settled_by_the_declared_order(blt: Path) -> None:
    blt.write_text(BLT.replace("5 3 0", "3 3 0").replace("4 1", "3 1"), encoding="utf-8")
    found = run("tally", str(blt), "--rule", "plurality", "--ties", "丙,乙,甲", "--json")
    assert json.loads(found.stdout)["elected"] == ["丙", "乙"]


def test_no_file_and_no_text(tmp_path: Path) -> None:
    assert run("tally", str(tmp_path / "none.blt")).exit_code == 2
    photo = tmp_path / "photo.blt"
    photo.write_bytes(b"\xff\xd8\x00\x10")
    assert "UTF-8" in run("tally", str(photo)).stderr


def test_draw(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("户号,楼\n" + "".join(f"{at},{'东西'[at % 2]}\n" for at in range(101, 141)), encoding="utf-8")
    words = ("draw", str(file), "--seats", "6", "--seed", "第26131期 03 11 19", "--group", "楼", "--substitutes", "1")
    found = json.loads(run(*words, "--json").stdout)
    assert (len(found["drawn"]), found["seats"], len(found["substitutes"])) == (6, {"东": 3, "西": 3}, 2)
    assert json.loads(run(*words, "--json").stdout) == found
    assert found["list_digest"] in run(*words).stdout
    assert run("draw", str(file), "--seats", "41", "--seed", "x").exit_code == 2
    assert "--seed" in run("draw", str(file), "--seats", "4").stderr
    assert "没有叫“区”的列" in run("draw", str(file), "--seats", "4", "--seed", "x", "--group", "区").stderr
