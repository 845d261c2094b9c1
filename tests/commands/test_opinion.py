"""`gongzhi opinion-map` as its user calls it."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from gongzhi.cli import COMMANDS, Entry, load
from tests.core.opinion import camps


def call(*args: str) -> tuple[int, str, str]:
    entry = COMMANDS["opinion-map"]
    assert isinstance(entry, Entry)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        load("opinion-map", entry)(list(args), prog_name="gongzhi")
    return int(str(end.value.code or 0)), out.getvalue(), err.getvalue()


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    file = tmp_path / "votes.csv"
    lines = [f"{who},{what},{vote}" for who, what, vote in camps.cast()]
    file.write_text("\n".join(["participant,statement,vote", *lines]), "utf-8")
    return file


def test_the_map_as_json(votes: Path) -> None:
    code, out, _ = call("--votes", str(votes), "--json")
    found = json.loads(out)
    assert code == 0
    assert [len(group) for group in found["groups"]] == [30, 22, 14]
    assert found["consensus"] == ["8"]
    assert set(found["representative"]) == {"0", "1", "2"} and "4" in found["representative"]["1"]
    assert len(found["components"]) == 2 and len(found["components"][0]) == len(found["statements"])


def test_so_many_groups_as_wanted(votes: Path) -> None:
    assert len(json.loads(call("--votes", str(votes), "--groups", "2", "--json")[1])["groups"]) == 2


def test_statements_left_out(votes: Path) -> None:
    assert json.loads(call("--votes", str(votes), "--leave-out", "8", "--json")[1])["consensus"] == []
    code, _, err = call("--votes", str(votes), "--leave-out", "99")
    assert code == 2 and "99" in err


def test_the_map_in_words(votes: Path) -> None:
    _, out, _ = call("--votes", str(votes))
    assert "分成3组" in out and "A组，30人" in out and "各组都这样看：同意8" in out
    assert "3 groups" in call("--votes", str(votes), "--lang", "en")[1]


def test_a_malformed_file_ends_with_line_reason_and_2(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("participant,statement,vote\na,1,1\na,2,5\n")
    code, out, err = call("--votes", str(file))
    assert (code, out) == (2, "") and "第3行" in err and "“5”" in err
    code, out, _ = call("--votes", str(file), "--json", "--lang", "en")
    assert code == 2 and "line 3" in json.loads(out)["error"].lower()


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    assert call("--votes", str(tmp_path / "none.csv"))[0] == 2
    file = tmp_path / "x.csv"
    file.write_bytes(b"participant,statement,vote\n\xff,1,1\n")
    assert call("--votes", str(file))[0] == 2
