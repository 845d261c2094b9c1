"""Drawn procedures: every step and move is there, nothing overlaps, it fits a phone."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.web.diagram import WIDTH, Diagram, Edge, Node, layout
from gongzhi.web.diagram_boxes import text_width, wrap
from gongzhi.web.diagram_layers import lanes
from tests.web.gallery.sample import FLOW, LONG


def points(path: str) -> list[tuple[float, float]]:
    numbers = [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def check(drawn: Diagram, edges: list[Edge]) -> None:
    for one, two in combinations(drawn.boxes, 2):
        apart = one.right <= two.x or two.right <= one.x or one.bottom <= two.y or two.bottom <= one.y
        assert apart, (one.node, two.node)
    for box in drawn.boxes:
        assert box.x >= 0 and box.right <= drawn.width
        assert box.bottom <= drawn.height
        assert all(box.y < y < box.bottom for _, _, y in box.lines)
    assert len(drawn.lines) == len(edges)
    assert sum(len(moves) for moves in drawn.moves.values()) == len(edges)
    assert sorted(line.number for line in drawn.lines if line.number) == [key.number for key in drawn.keys]


@pytest.mark.parametrize("flow", [FLOW, LONG], ids=["short", "long"])
def test_samples_fit_a_phone(flow: object) -> None:
    drawn = layout(flow.nodes, flow.edges)  # type: ignore[attr-defined]
    check(drawn, flow.edges)  # type: ignore[attr-defined]
    assert drawn.width == WIDTH
    for line in drawn.lines:
        assert all(0 <= x <= WIDTH and 0 <= y <= drawn.height for x, y in points(line.path))


def test_forward_lines_go_down_and_back_lines_up() -> None:
    drawn = layout(FLOW.nodes, FLOW.edges)
    top = {box.node.id: box.y for box in drawn.boxes}
    for edge, line in zip(FLOW.edges, drawn.lines, strict=True):
        assert (top[edge.end] > top[edge.start]) == (line.kind != "back")
    assert [key.label for key in drawn.keys if key.kind == "back"] == ["没有办好"]


def test_back_lines_stay_right_of_the_boxes_and_skipping_ones_left() -> None:
    drawn = layout(FLOW.nodes, FLOW.edges)
    right, left = max(box.right for box in drawn.boxes), min(box.x for box in drawn.boxes)
    for line in drawn.lines:
        if line.kind == "back":
            assert max(x for x, _ in points(line.path)) > right
        if line.kind == "side":
            assert min(x for x, _ in points(line.path)) < left


def test_same_input_same_drawing() -> None:
    assert layout(LONG.nodes, LONG.edges) == layout(LONG.nodes, LONG.edges)


def test_words_say_every_move() -> None:
    moves = layout(FLOW.nodes, FLOW.edges).moves
    assert moves["c"] == (("谈不拢", "说明情况"), ("超出权限", "报街道办事处"))


def test_step_that_returns_to_itself_is_drawn() -> None:
    drawn = layout([Node("a", "看一看")], [Edge("a", "a", "再看")])
    assert [line.kind for line in drawn.lines] == ["back"]


def test_nothing_to_draw() -> None:
    assert layout([], []).boxes == ()


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="not drawn: b"):
        layout([Node("a", "甲")], [Edge("a", "b")])
    with pytest.raises(ValueError, match="same id"):
        layout([Node("a", "甲"), Node("a", "乙")], [])


def test_text_breaks_evenly_and_keeps_words_and_signs_together() -> None:
    assert wrap("街道城管科会签", 70) == ["街道城管", "科会签"]
    assert wrap("submit to street", 100) == ["submit to", "street"]
    assert all(line[0] not in "，。）" for line in wrap("说明情况，报街道（备案）。", 64))
    assert wrap("一二三四五六七八九十", 32)[-1].endswith("…")


@given(st.text(alphabet="一二三四五六七八abc ，。", min_size=1, max_size=40), st.integers(48, 200))
def test_no_line_is_wider_than_its_box(text: str, width: int) -> None:
    assert all(text_width(line) <= width + 16 for line in wrap(text, width, most=99))


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair) + 1)), max_size=12)
)
def test_spans_in_one_lane_do_not_meet(spans: list[tuple[int, int]]) -> None:
    lane_of = lanes(spans)
    for one, two in combinations(range(len(spans)), 2):
        if lane_of[one] == lane_of[two]:
            assert spans[one][1] <= spans[two][0] or spans[two][1] <= spans[one][0]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    count = draw(st.integers(1, 15))
    nodes = [
        Node(str(i), draw(st.sampled_from(["收件", "街道财政所审核资金", "Hand over to the street"])))
        for i in range(count)
    ]
    ends = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=14, unique=True))
    return nodes, [Edge(str(a), str(b), draw(st.sampled_from(["", "通过"]))) for a, b in pairs]


@given(graphs())
def test_any_graph_is_drawn_without_overlap(graph: tuple[list[Node], list[Edge]]) -> None:
    nodes, edges = graph
    drawn = layout(nodes, edges)
    assert {box.node.id for box in drawn.boxes} == {node.id for node in nodes}
    check(drawn, edges)
