"""YAML, Mermaid and the places of a drawing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from gongzhi.core.charter.findings import Finding
from gongzhi.core.charter.read import read_text
from gongzhi.core.charter.spec import Procedure
from gongzhi.core.exchange.bpmn import lanes_of
from gongzhi.core.exchange.differences import differences
from gongzhi.core.exchange.graph import graph_of
from gongzhi.core.exchange.layers import columns, place
from gongzhi.core.exchange.mermaid import to_mermaid
from gongzhi.core.exchange.rebuild import rebuild
from gongzhi.core.exchange.yaml_text import to_yaml
from gongzhi.core.span import Span
from tests.charters.shipped import PROCEDURES
from tests.core.exchange.procedures import charter_of, procedure_of, procedures
from tests.core.exchange.test_bpmn import QUICK

LABEL = r'"[^"\n]+"'
NODE = rf"  n\d+(\(\( \)\)|\[{LABEL}\]|\{{{LABEL}\}}|\(\[{LABEL}\]\))"
ARROW = rf"  n\d+ -->(\|{LABEL}\|)? n\d+"


def read_back(text: str) -> Procedure | None:
    found: list[Finding] = []
    node = read_text(text, "procedures/x.yaml", found)
    assert node is not None, found
    procedure, findings = rebuild(node)
    assert findings == []
    return procedure


@pytest.mark.parametrize(("name", "key"), PROCEDURES)
def test_the_yaml_of_a_shipped_procedure_reads_back_equal(name: str, key: str) -> None:
    procedure = procedure_of(name, key)
    back = read_back(to_yaml(procedure))
    assert back is not None
    if any("." in step for step in procedure.steps):  # steps of shared parts lose their dot
        assert [step.replace(".", "_") for step in procedure.steps] == list(back.steps)
    else:
        assert back == procedure


@QUICK
@given(procedure=procedures())
def test_any_yaml_reads_back(procedure: Procedure) -> None:
    back = read_back(to_yaml(procedure))
    assert back is not None
    assert list(back.steps) == [name.replace(".", "_") for name in procedure.steps]
    assert back.steps["s1"].title == procedure.steps["s1"].title
    assert back.ends == procedure.ends


@QUICK
@given(procedure=procedures())
def test_mermaid_is_always_well_formed(procedure: Procedure) -> None:
    head, *lines = to_mermaid(procedure, str, str).splitlines()
    assert head == "flowchart TD"
    wrong = [line for line in lines if not re.fullmatch(f"{NODE}|{ARROW}", line)]
    assert wrong == []
    drawn = {line.split()[0].partition("[")[0] for line in lines}
    assert len([line for line in lines if "-->" not in line]) == len(graph_of(procedure).nodes)
    assert drawn


def test_mermaid_speaks_the_readers_language() -> None:
    charter = charter_of("fuqu")
    text = to_mermaid(charter.procedures["fire_lane"], lambda title: charter.english.get(title, title), str)
    assert "消防" not in text
    assert "Joint Meeting" in text


@pytest.mark.parametrize(("name", "key"), PROCEDURES)
def test_shapes_lie_apart_and_inside_their_lane(name: str, key: str) -> None:
    procedure = procedure_of(name, key)
    graph = graph_of(procedure)
    lanes = lanes_of(procedure, graph)
    layout = place(graph.nodes, graph.flows, lanes)
    boxes = list(layout.boxes.items())
    for at, (one, box) in enumerate(boxes):
        lane = layout.lanes[lanes[one]]
        assert lane.y <= box.y and box.bottom <= lane.bottom and box.right <= layout.whole.right
        for _, other in boxes[at + 1 :]:
            assert box.right < other.x or other.right < box.x or box.bottom < other.y or other.bottom < box.y


def test_columns_grow_along_every_way_but_back() -> None:
    assert columns(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"), ("c", "d")]) == {
        "a": 0, "b": 1, "c": 2, "d": 3,
    }  # fmt: skip


def test_equal_charters_have_no_differences_and_a_change_is_one() -> None:
    charter = charter_of("fuqu")
    assert differences(charter, replace(charter, digest="other")) == []
    lane = charter.procedures["fire_lane"]
    handle = replace(lane.steps["handle"], within=Span(7, "wd"))
    steps = {name: step for name, step in {**lane.steps, "handle": handle}.items() if name != "last_word"}
    changed = replace(charter, procedures={**charter.procedures, "fire_lane": replace(lane, steps=steps)}, duties=())
    found = differences(charter, changed)
    assert {(one.what, one.key, one.how) for one in found if one.what == "steps"} == {
        ("steps", "handle", "changed"),
        ("steps", "last_word", "removed"),
    }
    assert {one.how for one in found if one.what == "duties"} == {"removed"}
    assert len([one for one in found if one.what == "duties"]) == len(charter.duties)
