"""Counts of each option as staff type them, and the boxes a rule of each kind asks for."""

from __future__ import annotations

import pytest

from gongzhi.core.decision import asked_of, read_rule
from gongzhi.web.workbench.tallies import counts_of, first_wrong


def test_lines_become_counts() -> None:
    typed = "yes.c1 120\n yes.c2：45\r\nscore.a.use = 37\n\nlot.c1:1"
    assert first_wrong(typed) == ""
    assert counts_of(typed) == {"yes.c1": 120, "yes.c2": 45, "score.a.use": 37, "lot.c1": 1}


@pytest.mark.parametrize("line", ["yes.c1", "yes.c1 -4", "王某 12", "yes.c1 1.5", "yes.c2 7\nyes.c2 8"])
def test_the_first_line_that_is_no_count_is_told(line: str) -> None:
    assert first_wrong(f"yes.c0 1\n{line}\nyes.c9 3") == line.splitlines()[-1]


def test_a_rating_asks_for_each_group_and_grade_and_an_election_for_its_seats() -> None:
    common = {"title": "评", "law": "章程", "quorum": "present > 0"}
    grades = {"good": {"points": 100, "from": 50}, "poor": {"points": 0, "from": 0}}
    groups = {"all": {"weight": 100, "least": 1}}
    rating = read_rule("r", {**common, "kind": "rating", "grades": grades, "groups": groups})
    assert asked_of(rating) == ("eligible", "present", "grade.all.good", "grade.all.poor")
    election = {**common, "kind": "election", "wins": "yes > 0", "tie": "open"}
    assert asked_of(read_rule("e", election)) == ("eligible", "present", "seats")
    assert asked_of(read_rule("e", {**election, "seats": 2})) == ("eligible", "present")
