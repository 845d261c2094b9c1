"""`gongzhi route` and `gongzhi hotspots` as their user calls them."""

import csv
import io
import json
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from gongzhi.cli import COMMANDS, Entry, load
from tests.core.routing import said
from tests.core.routing.test_hotspots import burst, noise


def call(*args: str) -> tuple[int, str, str]:
    names = list(args)
    entry = COMMANDS[names[0]]
    if isinstance(entry, dict):
        entry = entry[names[1]]
        names = names[1:]
    assert isinstance(entry, Entry)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        load(names[0], entry)(names[1:], prog_name="gongzhi")
    return int(str(end.value.code or 0)), out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("routing")
    (folder / "train.csv").write_text(said.table(2), "utf-8")
    model = folder / "kept" / "m.npz"
    code, out, err = call("route", "train", str(folder / "train.csv"), "--model", str(model), "--json")
    assert code == 0, err
    return model, out


def test_training_says_what_it_did(trained: tuple[Path, str]) -> None:
    told = json.loads(trained[1])
    assert told["rows"] == 36 and told["repeated"] == 36
    assert told["labels"] == sorted(said.KINDS) and 0.5 < told["macro_f1"] <= 1
    assert trained[0].is_file()


def test_a_message_board_gets_its_three_columns(trained: tuple[Path, str], tmp_path: Path) -> None:
    file, out = tmp_path / "messages.csv", tmp_path / "out.csv"
    file.write_bytes("留言编号,留言主题,留言详情\n7,垃圾桶,臭味很大\n8,路灯,不亮\n".encode("gb18030"))
    code, _, err = call("route", "predict", str(file), "--out", str(out), "--model", str(trained[0]))
    rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    assert code == 0, err
    assert [(row["留言编号"], row["留言主题"], row["label"]) for row in rows] == [
        ("7", "垃圾桶", "环卫"),
        ("8", "路灯", "照明"),
    ]
    assert all(0 <= float(row["confidence"]) <= 1 and row["reasons"] for row in rows)


def test_labels_of_the_file_are_kept_and_compared(trained: tuple[Path, str], tmp_path: Path) -> None:
    file, out = tmp_path / "some.csv", tmp_path / "out.csv"
    file.write_text("text,label\n路灯不亮,照明\n垃圾桶堆满了,环卫\n半夜施工,噪音\n", "utf-8")
    code, told, _ = call("route", "predict", str(file), "--out", str(out), "--model", str(trained[0]), "--json")
    rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    assert code == 0 and json.loads(told)["unknown_labels"] == ["噪音"]
    assert [row["label_given"] for row in rows] == ["照明", "环卫", "噪音"]
    assert [row["label"] for row in rows[:2]] == ["照明", "环卫"]


@pytest.mark.parametrize(
    ("content", "said_so"), [("", "空的"), ("text,label\n甲,一\n乙\n", "第3行"), ("text\n甲\n", "label")]
)
def test_a_file_that_cannot_be_learned_from(tmp_path: Path, content: str, said_so: str) -> None:
    file, model = tmp_path / "bad.csv", tmp_path / "m.npz"
    file.write_text(content, "utf-8")
    code, _, err = call("route", "train", str(file), "--model", str(model))
    assert code == 2 and said_so in err and not model.exists()


def test_no_model_yet(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("text\n路灯\n", "utf-8")
    code, _, err = call("route", "predict", str(file), "--out", "-", "--model", str(tmp_path / "none"))
    assert code == 2 and "route train" in err


def test_hot_spots_of_a_workbook(tmp_path: Path) -> None:
    book, file = Workbook(), tmp_path / "m.xlsx"
    sheet = book.active
    assert sheet is not None
    sheet.append(["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数"])
    given = [*noise(), *burst(5)]
    for number, one in enumerate(given, 1):
        sheet.append([number, one.who, one.title, datetime(2026, 3, 2, 8), one.text, 9, 1])
    sheet.append([99, "x", "没有时间", "昨天", "..."])
    book.save(file)
    code, out, err = call("hotspots", str(file), "--json")
    told = json.loads(out)
    assert code == 0, err
    hot = told["clusters"][0]
    assert hot["ids"] == [15, 16, 17, 18, 19] and hot["place"] == "A3区丽景小区" and hot["supporters"] == 5
    assert hot["heat"] == 105 and told["skipped"][0]["row"] == 21


def test_a_workbook_without_the_columns(tmp_path: Path) -> None:
    book, file = Workbook(), tmp_path / "m.xlsx"
    for row in (["编号"], [1]):
        assert book.active is not None
        book.active.append(row)
    book.save(file)
    code, out, _ = call("hotspots", str(file), "--json")
    assert code == 1 and "留言主题" in json.loads(out)["error"]
