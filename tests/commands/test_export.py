"""`gongzhi charter export`, `import-bpmn` and `gongzhi export events`, as somebody at a terminal sees them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from lxml import etree
from typer.testing import CliRunner, Result

from gongzhi.commands.export import export_charter, import_bpmn
from gongzhi.commands.export_events import export_events
from gongzhi.records.matters.models import Act
from tests.charters.record import HERE
from tests.support.community import MONDAY, Community, found_community

GOOD, BAD = str(HERE / "good" / "minimal"), str(HERE / "bad" / "GZ501")
XES = "{http://www.xes-standard.org/}"
app = typer.Typer()
app.command("export")(export_charter)
app.command("import-bpmn")(import_bpmn)
app.command("events")(export_events)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize(("form", "begins"), [("bpmn", "<?xml"), ("pnml", "<?xml"), ("mermaid", "flowchart TD")])
def test_one_procedure_on_the_screen(form: str, begins: str) -> None:
    result = run("export", GOOD, "--format", form)
    assert result.exit_code == 0
    assert result.stdout.startswith(begins)
    assert "居民确认" in result.stdout


def test_there_and_back(tmp_path: Path) -> None:
    drawing, text = tmp_path / "repair.bpmn", tmp_path / "repair.yaml"
    assert run("export", GOOD, "--format", "bpmn", "--out", str(drawing)).exit_code == 0
    result = run("import-bpmn", str(drawing), "--out", str(text))
    assert result.exit_code == 0, result.stderr
    assert text.read_text("utf-8").startswith("procedure: repair\n")
    assert list(tmp_path.iterdir()) in ([drawing, text], [text, drawing])


def test_all_procedures_into_a_folder(tmp_path: Path) -> None:
    result = run("export", "fuqu", "--format", "mermaid", "--out", str(tmp_path / "all"), "--lang", "en")
    assert result.exit_code == 0
    assert {file.name for file in (tmp_path / "all").iterdir()} >= {"fire_lane.mmd", "general_appeal.mmd"}
    assert "消防" not in (tmp_path / "all" / "fire_lane.mmd").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere", "--format", "bpmn"], "nowhere"),
        ([BAD, "--format", "bpmn"], "GZ501"),
        (["fuqu", "--format", "bpmn"], "--procedure"),
        (["fuqu", "--format", "bpmn", "--procedure", "nothing"], "fire_lane"),
        ([GOOD, "--format", "bpmn", "--out", "/nowhere/x.bpmn"], "写不了"),
    ],
)
def test_what_cannot_be_exported(words: list[str], said: str) -> None:
    result = run("export", *words)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


def test_a_drawing_that_is_not_ours_says_line_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "x.bpmn"
    file.write_text('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>')
    result = run("import-bpmn", str(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "x.bpmn:2: 文件里有 DTD" in result.stderr
    file.write_text("<a>\n<b>\n</a>")
    assert "x.bpmn:3: " in run("import-bpmn", str(file), "--lang", "en").stderr
    assert run("import-bpmn", str(tmp_path / "none.bpmn")).exit_code == 1


@pytest.fixture
def community(db: None) -> Community:
    found = found_community()
    for number in range(3):
        taken = found.file(words={"what": f"秘密的话{number}"})
        found.walk(taken.matter, MONDAY, "confirm" if number else "")
    return found


def test_the_log_as_xes(community: Community, tmp_path: Path) -> None:
    file = tmp_path / "log.xes"
    result = run("events", "--format", "xes", "--community", "lamp", "--out", str(file))
    assert result.exit_code == 0, result.stderr
    text = file.read_text("utf-8")
    root = etree.fromstring(text.encode())
    assert len(root.findall(f"{XES}trace")) == 3
    assert len(root.findall(f"{XES}trace/{XES}event")) == Act.objects.count() > 9
    names = {e.get("value") for e in root.iter(f"{XES}string") if e.get("key") == "concept:name"}
    assert any("：" in name for name in names)


def test_the_log_as_ocel_in_english(community: Community) -> None:
    result = run("events", "--format", "ocel", "--lang", "en")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert len(data["events"]) == Act.objects.count()
    assert len([one for one in data["objects"] if one["type"] == "matter"]) == 3


@pytest.mark.parametrize("form", ["xes", "ocel"])
def test_no_person_and_no_words_are_in_it(community: Community, form: str) -> None:
    text = run("events", "--format", form).stdout
    assert "秘密" not in text
    for role, person in community.who.items():
        assert str(person.digest) not in text, role


def test_what_lapsed_is_an_event_of_its_own(community: Community) -> None:
    from gongzhi.desk.step import settle
    from gongzhi.records.matters.models import Matter

    waiting = Matter.objects.order_by("pk").last()
    assert waiting is not None
    settle(waiting.number, MONDAY + timedelta(days=60))
    data = json.loads(run("events", "--format", "ocel").stdout)
    ticks = Act.objects.filter(matter=waiting, kind="tick")
    effects = [one for act in ticks for one in json.loads(act.outcome)["effects"]]
    lapsed = [one for one in effects if one["effect"] == "Left" and one["assumed"]]
    found = [one for one in data["events"] if {"name": "kind", "value": "lapse"} in one["attributes"]]
    assert len(found) == len(lapsed)


def test_an_unknown_community(community: Community) -> None:
    result = run("events", "--format", "xes", "--community", "nowhere")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
