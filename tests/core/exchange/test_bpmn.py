"""BPMN: valid by the official schema, opened by bpmn-js without a warning, and read back as the equal procedure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from lxml import etree
from playwright.sync_api import Browser, Page

from gongzhi.core.charter.spec import Procedure
from gongzhi.core.exchange.bpmn import to_bpmn
from gongzhi.core.exchange.bpmn_read import from_bpmn
from gongzhi.core.exchange.xml_tree import MOST_BYTES, CannotRead, read_tree
from tests.charters.shipped import PROCEDURES
from tests.core.exchange.procedures import procedure_of, procedures

NODE = Path(__file__).resolve().parents[3] / "node_modules"
SCHEMA = NODE / "bpmn-moddle" / "resources" / "bpmn" / "xsd" / "BPMN20.xsd"
MODELER = NODE / "bpmn-js" / "dist" / "bpmn-modeler.development.js"
# A generated procedure has hundreds of parts: making a failing one smaller would take longer than reading it.
pytestmark = pytest.mark.xdist_group("bpmn")  # one page of the drawing tool
QUICK = settings(max_examples=50, phases=(Phase.explicit, Phase.reuse, Phase.generate))
OPEN = """async xml => {
    document.getElementById("canvas").innerHTML = "";
    const modeler = new BpmnJS({ container: "#canvas" });
    const opened = await modeler.importXML(xml);
    const shown = modeler.get("elementRegistry").filter(e => e.type === "label" || e.waypoints || e.width).length;
    const saved = await modeler.saveXML({ format: true });
    return [opened.warnings.map(w => w.message), saved.xml, shown];
}"""
RENAME = """async xml => {
    const modeler = new BpmnJS({ container: "#canvas" });
    await modeler.importXML(xml);
    const of = id => modeler.get("elementRegistry").get(id);
    modeler.get("modeling").updateProperties(of("step.handle"), { name: "马上办" });
    modeler.get("modeling").reconnectEnd(of("flow.inspect.then.rework"), of("step.joint") , { x: 1, y: 1 });
    return (await modeler.saveXML()).xml;
}"""


def back(xml: str) -> Procedure | None:
    read = from_bpmn(xml.encode(), "drawing.bpmn")
    assert read.findings == ()
    return read.procedure


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    opened.set_content('<div id="canvas" style="width:1200px;height:800px"></div>')
    opened.add_script_tag(path=MODELER)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.mark.parametrize(("name", "key"), PROCEDURES)
def test_a_shipped_procedure_comes_back_equal_and_is_valid(name: str, key: str, schema: etree.XMLSchema) -> None:
    procedure = procedure_of(name, key)
    xml = to_bpmn(procedure, str)
    read = back(xml)
    assert read == procedure
    assert [list(step.then) for step in read.steps.values()] == [list(step.then) for step in procedure.steps.values()]
    assert [step.when for step in read.steps.values()] == [step.when for step in procedure.steps.values()]
    schema.assertValid(etree.fromstring(xml.encode()))


@QUICK
@given(procedure=procedures())
def test_any_procedure_comes_back_equal(procedure: Procedure) -> None:
    assert back(to_bpmn(procedure, str)) == procedure


@settings(QUICK, max_examples=15)
@given(procedure=procedures())
def test_any_drawing_is_valid(procedure: Procedure) -> None:
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.fromstring(to_bpmn(procedure, str).encode()))


@pytest.mark.parametrize(("name", "key"), PROCEDURES)
def test_bpmn_js_opens_it_without_a_warning_and_saves_it_unharmed(name: str, key: str, page: Page) -> None:
    procedure = procedure_of(name, key)
    warnings, saved, shown = page.evaluate(OPEN, to_bpmn(procedure, str))
    assert warnings == []
    assert shown > 2 * len(procedure.steps)
    assert back(saved) == procedure


def test_bpmn_js_says_what_is_wrong(page: Page) -> None:
    """The test above can fail: a shape that draws nothing is a warning."""
    xml = to_bpmn(procedure_of("fuqu", "fire_lane"), str).replace('bpmnElement="step.handle"', 'bpmnElement="nothing"')
    warnings, _, _ = page.evaluate(OPEN, xml)
    assert warnings != []


def test_what_is_renamed_and_redirected_in_a_drawing_tool_is_taken_over(page: Page) -> None:
    procedure = procedure_of("fuqu", "fire_lane")
    changed = back(page.evaluate(RENAME, to_bpmn(procedure, str)))
    assert changed is not None
    assert changed.steps["handle"].title == "马上办"
    assert changed.steps["inspect"].then["rework"].go == "joint"
    assert changed.steps["confirm"] == procedure.steps["confirm"]


def test_deadlines_are_timers_and_holders_are_lanes() -> None:
    xml = to_bpmn(procedure_of("fuqu", "general_appeal"), lambda holder: f"<{holder}>")
    root = read_tree(xml.encode())
    process = next(root.all("process"))
    lanes = {lane.get("name") for lane in next(process.all("laneSet")).all("lane")}
    assert lanes == {"<service_station>", "<duty>", "<filer>", "<same handle>", "<street_joint_meeting>"}
    timers = {timer.get("id"): timer for timer in process.all("boundaryEvent")}
    assert timers["timer.assume.confirm"].get("cancelActivity") == "true"
    assert timers["timer.late.handle"].get("cancelActivity") == "false"
    assert timers["timer.late.handle"].get("name") == "15d"


GOOD = to_bpmn(procedure_of("fuqu", "general_appeal"), str)


def line_of(text: str) -> int:
    return GOOD[: GOOD.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("<bpmn:definitions", "<bpmn:definitions <", "not_xml", 2),
        ('<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>', "forbidden", 1),
        ('<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">', "forbidden", 1),
        ('encoding="UTF-8"', 'encoding="klingon"', "not_xml", None),
        ("bpmn:definitions", "bpmn:something", "not_bpmn", 2),
        ("gz:procedure", "gz:other", "not_ours", None),
        ("gz:step", "gz:other", "unknown_node", line_of("<bpmn:userTask")),
        ('targetRef="count.handle"', 'targetRef="nowhere"', "leads_nowhere", None),
        ('<gz:flow kind="outcome" outcome="sent" order="0" />', "", "no_outcome", None),
        ("<gz:by holder=", "<gz:of holder=", "unknown_lane", line_of("<bpmn:lane ")),
        ('id="step.confirm"', 'id="step.handle"', "same_id", None),
    ],
)  # fmt: skip
def test_a_drawing_that_cannot_be_read_says_why_and_where(old: str, new: str, code: str, line: int | None) -> None:
    assert old in GOOD
    with pytest.raises(CannotRead) as error:
        from_bpmn(GOOD.replace(old, new).encode(), "drawing.bpmn")
    assert error.value.code == code
    assert line is None or error.value.line == line


def test_silence_cannot_be_sent_elsewhere_than_its_outcome() -> None:
    """`sent` is drawn twice: from the step and from its clock. Both have to agree."""
    old = 'sourceRef="timer.assume.receive" targetRef="count.handle"'
    assert old in GOOD
    with pytest.raises(CannotRead) as error:
        from_bpmn(GOOD.replace(old, old.replace("count.handle", "step.joint")).encode(), "drawing.bpmn")
    assert error.value.code == "two_ways"


def test_a_wrong_value_is_a_finding_with_its_line() -> None:
    old = '<gz:entry key="within" kind="text" value="15d" />'
    read = from_bpmn(GOOD.replace(old, old.replace("15d", "15")).encode(), "drawing.bpmn")
    assert read.procedure is None
    assert [(f.code, f.file, f.line) for f in read.findings] == [("GZ104", "drawing.bpmn", line_of(old))]


def test_size_and_depth_are_bounded() -> None:
    with pytest.raises(CannotRead, match="too_big"):
        read_tree(b"<a>" + b" " * MOST_BYTES + b"</a>")
    with pytest.raises(CannotRead, match="too_deep"):
        read_tree(b"<a>" * 5000)
