"""`gongzhi import pb` as typed: what is taken over, and what is refused with its line."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner, Result

from gongzhi.commands.elections import import_pb
from gongzhi.records.ballots.models import Ballot
from tests.desk.test_ballots_money import PB
from tests.support.community import found_community
from tests.support.voting import set_up_polls

app = typer.Typer()
app.command()(import_pb)


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [str(file), *words])


def test_a_file_is_taken_over_once_and_a_broken_one_not_at_all(db: None, tmp_path: Path) -> None:
    ballot = set_up_polls(found_community()).begin("money")
    file = tmp_path / "yard.pb"
    file.write_text(PB.replace("vote_type;approval", "vote_type;guess"), encoding="utf-8")
    where = ("--matter", ballot.matter.number, "--by", "director")
    broken = run(file, *where, "--json")
    assert broken.exit_code == 1 and json.loads(broken.stdout)["line"] == 5
    file.write_text(PB.replace("95", "0", 1), encoding="utf-8")
    assert "第4行" in run(file, *where).stderr
    file.write_text(PB, encoding="utf-8")
    assert "没有“nobody”这个登录名" in run(file, *where[:3], "nobody").stderr
    assert "有权投票的7人" in run(file, *where, "--eligible", "7").stderr
    assert "没有“X1”这件事" in run(file, "--matter", "X1", *where[2:]).stderr
    done = run(file, *where)
    assert done.exit_code == 0 and "4个项目、8张票" in done.stdout and "选上2个项目" in done.stdout
    assert Ballot.objects.get(pk=ballot.pk).status == "counted"
    assert run(file, *where).exit_code == 1
