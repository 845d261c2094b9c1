"""The drawing of organs: nothing overlaps, every tie is drawn once, circles and strangers do no harm."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.web.diagram_organs import BADGE, WIDTH, Mark, Tie, organogram

NAMES = [f"o{number}" for number in range(9)]
VERBS = ["leads", "guides", "supervises", "reviews", "cooperates", "represents", "independent"]
ties = st.builds(Tie, st.sampled_from([*NAMES, "stranger"]), st.sampled_from(VERBS), st.sampled_from(NAMES))


def marks(names: list[str]) -> list[Mark]:
    return [Mark(name, f"街道办事处 Office {name}" * (1 + at % 3), "街道 · 政府机关") for at, name in enumerate(names)]


@given(st.lists(ties, max_size=25))
def test_every_tie_is_drawn_once_and_boxes_stay_apart(wanted: list[Tie]) -> None:
    drawn = organogram(marks(NAMES), wanted)
    known = {tie for tie in wanted if tie.subject != "stranger"}
    assert {strand.tie for strand in drawn.strands} == known
    assert len(drawn.strands) == len(known)
    assert sorted(drawn.order) == NAMES
    for above, below in pairwise(drawn.boxes):
        assert above.y + above.height < below.y
    assert all(box.x > 0 and box.right < WIDTH and box.width > 100 for box in drawn.boxes)


@given(st.lists(ties, max_size=25))
def test_numbers_count_up_and_stay_inside(wanted: list[Tie]) -> None:
    numbered = [strand for strand in organogram(marks(NAMES), wanted).strands if strand.number]
    assert [strand.number for strand in numbered] == list(range(1, len(numbered) + 1))
    assert all(0 < strand.number_at[0] <= WIDTH - BADGE / 2 for strand in numbered)


def test_who_is_led_stands_under_its_leader() -> None:
    drawn = organogram(marks(["a", "b", "c"]), [Tie("c", "leads", "a"), Tie("a", "leads", "b")])
    assert drawn.order == ("c", "a", "b")
    assert drawn.depth == {"c": 0, "a": 1, "b": 2}
    assert [strand.number for strand in drawn.strands] == [0, 0]


def test_a_circle_and_a_second_leader_go_to_the_margin() -> None:
    circle = organogram(marks(["a", "b"]), [Tie("a", "leads", "b"), Tie("b", "leads", "a")])
    assert [(strand.tie.subject, strand.number) for strand in circle.strands] == [("a", 0), ("b", 1)]
    two = organogram(marks(["a", "b", "c"]), [Tie("a", "leads", "c"), Tie("b", "leads", "c")])
    assert [(strand.tie.subject, strand.number) for strand in two.strands] == [("a", 0), ("b", 1)]


def test_nothing_to_draw() -> None:
    assert organogram([], []).boxes == ()
