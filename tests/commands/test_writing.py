"""`gongzhi charter new | print | diff | adopt`, as somebody at a terminal sees them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import typer
from django.test import override_settings
from typer.testing import CliRunner, Result

from gongzhi.commands.adopting import adopt, rollback
from gongzhi.commands.writing import diff, new, print_prose
from gongzhi.core.check import check_folder
from gongzhi.records.institutions.models import Adoption, OrganInstance, Place
from tests.charters.play import CHARTERS
from tests.charters.record import HERE
from tests.support.community import MONDAY, Community, found_community

app = typer.Typer()
for name, command in {"new": new, "print": print_prose, "diff": diff, "adopt": adopt, "rollback": rollback}.items():
    app.command(name)(command)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def charters(tmp_path: Path) -> Path:
    for name in ("_law", "template"):
        shutil.copytree(CHARTERS / name, tmp_path / name)
    return tmp_path


def test_a_new_charter_is_whole_and_carries_its_names(charters: Path) -> None:
    with override_settings(GONGZHI_CHARTERS=charters):
        result = run("new", "xingfu", "--title", '幸福 "一家": 社区')
    assert result.exit_code == 0, result.stderr
    report = check_folder(charters / "xingfu", charters / "_law")
    assert report.charter is not None
    assert (report.findings, report.charter.name, report.charter.title) == ((), "xingfu", '幸福 "一家": 社区')
    assert report.charter.english['幸福 "一家": 社区'] == "Xingfu"
    assert sorted(path.name for path in charters.iterdir()) == ["_law", "template", "xingfu"]


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("template", "甲", "已经有了"),
        ("_law", "甲", "小写"),
        ("../x", "甲", "小写"),
        ("Xing Fu", "甲", "小写"),
        ("xingfu", "  ", "标题"),
        ("xingfu", "长" * 61, "60"),
        ("xingfu", "甲\x07乙", "换一个写法"),
    ],
)
def test_what_cannot_be_made_leaves_nothing_behind(charters: Path, name: str, title: str, said: str) -> None:
    with override_settings(GONGZHI_CHARTERS=charters):
        result = run("new", name, "--title", title)
    assert result.exit_code == 1
    assert said in result.stderr
    assert sorted(path.name for path in charters.iterdir()) == ["_law", "template"]


def test_procedures_are_printed_as_sentences() -> None:
    result = run("print", "template")
    assert result.exit_code == 0
    assert "2. 办理：职责清单上的那一家办理，5个工作日内。" in result.stdout
    assert "2. Handle it: The organ on the duty list does this" in run("print", "template", "--lang", "en").stdout
    assert run("print", "template", "--procedure", "nothing").exit_code == 1
    assert run("print", str(HERE / "bad" / "GZ501")).exit_code == 1


def changed(charters: Path, old: str, new: str, file: str = "procedures/repair.yaml") -> Path:
    folder = charters / "other"
    if not folder.exists():
        shutil.copytree(charters / "template", folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return folder


def test_a_difference_says_which_sentences_go_and_come(charters: Path) -> None:
    folder = changed(charters, "within: 3wd", "within: 2wd")
    lines = run("diff", str(charters / "template"), str(folder)).stdout.splitlines()
    assert lines == [
        "程序“公共设施报修”：改动环节“查看”",
        "  改前: 居委会主任到现场查验，3个工作日内。",
        "  改后: 居委会主任到现场查验，2个工作日内。",
    ]
    assert run("diff", "template", "template").stdout == "没有不同。\n"
    english = run("diff", str(charters / "template"), str(folder), "--lang", "en").stdout
    assert "within 2 working days" in english and "3个" not in english


def test_organs_and_duties_that_come_and_go(charters: Path) -> None:
    folder = changed(charters, "title: 街道联席会议", "title: 街道大会", "charter.yaml")
    changed(charters, "- street_office guides residents_committee\n", "", "charter.yaml")
    text = run("diff", str(charters / "template"), str(folder)).stdout
    assert "改动机构：街道联席会议 → 街道大会" in text
    assert "取消关系：街道办事处指导居委会" in text


@pytest.fixture
def community(db: None) -> Community:
    return found_community()


def test_adopting_shows_the_change_and_leaves_running_matters_alone(community: Community, charters: Path) -> None:
    running = community.file(at=MONDAY).matter
    words = ("--community", "lamp", "--from", "2026-04-01")
    assert run("adopt", str(charters / "template"), "--community", "lamp", "--from", "2026-03-01").exit_code == 0
    folder = changed(charters, "within: 3wd", "within: 2wd")
    result = run("adopt", str(folder), *words)
    assert result.exit_code == 1 and "version" in result.stderr  # the same number with other content
    changed(charters, "version: 1", "version: 2", "charter.yaml")
    tried = run("adopt", str(folder), *words, "--dry-run")
    assert tried.exit_code == 0 and "改动环节“查看”" in tried.stdout
    assert Adoption.objects.filter(charter="template").count() == 1
    assert run("adopt", str(folder), *words).exit_code == 0
    first, second = Adoption.objects.filter(charter="template").order_by("start")
    assert first.end == second.start
    assert (first.charter_version.version, second.charter_version.version) == (1, 2)
    running.refresh_from_db()
    assert running.charter_version.name != "template"
    assert run("adopt", str(folder), "--community", "lamp", "--from", "2026-03-15").exit_code == 1
    back = run("rollback", "--place", "lamp", "--charter", "template")
    assert back.exit_code == 0 and "第1版" in back.stdout
    assert run("rollback", "--place", "nowhere").exit_code == 1


@pytest.mark.parametrize(
    ("folder", "words", "said"),
    [
        (str(HERE / "bad" / "GZ501"), ["--community", "lamp", "--from", "2026-04-01"], "GZ501"),
        ("template", ["--community", "nowhere", "--from", "2026-04-01"], "nowhere"),
        ("template", ["--community", "lamp", "--from", "tomorrow"], "tomorrow"),
    ],
)
def test_what_cannot_be_adopted_changes_nothing(community: Community, folder: str, words: list[str], said: str) -> None:
    before = Adoption.objects.count(), OrganInstance.objects.count(), Place.objects.count()
    result = run("adopt", folder, *words)
    assert result.exit_code == 1
    assert said in result.stderr
    assert (Adoption.objects.count(), OrganInstance.objects.count(), Place.objects.count()) == before
