"""Files of ballots: what they say, and the line and reason where they are malformed."""

from __future__ import annotations

import pytest

from gongzhi.core.decision import BadCount
from gongzhi.core.decision.tally import (
    BallotFileError,
    approval,
    best,
    plurality,
    read_blt,
    read_csv,
    score,
    yes_no,
)

GOOD = """3 2
-3
4 1 2 0
2 2 3 0
1 0
3 3 1 0
0
"Ada"
"Ben"
"Cai"
"Street meeting"
"""


def names(*lines: str) -> list[tuple[str, str]]:
    head = f"{len(lines)} 1\n1 1 0\n0\n"
    return [(one.name, one.party) for one in read_blt(head + "\n".join(lines)).candidates]


def test_a_whole_file() -> None:
    ballots = read_blt(GOOD)
    assert [one.name for one in ballots.candidates] == ["Ada", "Ben", "Cai"]
    assert (ballots.seats, ballots.title, ballots.withdrawn) == (2, "Street meeting", frozenset({2}))
    assert dict(ballots.marks) == {(0, 1): 4, (1,): 2, (0,): 3}  # Cai withdrew: papers move up
    assert (ballots.valid, ballots.blank) == (9, 1)


def test_names_and_parties_however_they_are_quoted() -> None:
    assert names('"Ada LI" "Green"', '"Ben WU" "Red"') == [("Ada LI", "Green"), ("Ben WU", "Red")]
    assert names('"Ada LI ""Green"""', '"Ben WU ""Red"""') == [("Ada LI", "Green"), ("Ben WU", "Red")]
    assert names('"""Ada LI"" ""Green"""', '"""Ben WU"" ""Red"""') == [("Ada LI", "Green"), ("Ben WU", "Red")]
    assert names("Ada LI (Grn)", "Ben WU (Red)") == [("Ada LI", "Grn"), ("Ben WU", "Red")]
    assert names("Park (north)", "Lamps") == [("Park (north)", ""), ("Lamps", "")]
    assert names("Park (north)", "Park (south)") == [("Park (north)", ""), ("Park (south)", "")]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 0, "blt_empty"),
        ("three 2\n", 1, "not_a_number"),
        ("3\n", 1, "blt_head"),
        ("3 4\n0\na\nb\nc\n", 1, "blt_head"),
        ("2 1\n-3\n1 1 0\n0\na\nb\n", 2, "blt_withdrawn"),
        ("2 1\n1 1 0\n1 3 0\n0\na\nb\n", 3, "unknown_candidate"),
        ("2 1\n1 1 1 0\n0\na\nb\n", 2, "candidate_twice"),
        ("2 1\n1 1=2 0\n0\na\nb\n", 2, "equal_preferences"),
        ("2 1\n1 1 2\n0\na\nb\n", 2, "blt_line_end"),
        ("2 1\n1 1.5 0\n0\na\nb\n", 2, "not_a_number"),
        ("2 1\n1 1 0\n0 2 0\n0\na\nb\n", 3, "blt_weight"),
        ("2 1\n1 1 0\n-1 2 0\n0\na\nb\n", 3, "blt_weight"),
        ("2 1\n1 1 0\n1 2 0\n", 3, "blt_no_end"),
        ("2 1\n1 1 0\n0\na\n", 3, "blt_name_missing"),
        ("2 1\n1 1 0\n0\na\na\n", 0, "name_twice"),
        ("2 1\n1 1 0\n0\na\nb\ntitle\nmore\n", 7, "blt_after_end"),
    ],
)
def test_malformed_blt(text: str, line: int, code: str) -> None:
    with pytest.raises(BallotFileError) as error:
        read_blt(text)
    assert (error.value.line, error.value.code) == (line, code)


def test_tables_of_every_rule() -> None:
    ranks = read_csv("count,Ada,Ben,Cai\n3,1,2,\n2,,1,2\n1,,,\n", "stv")
    assert (dict(ranks.marks), ranks.blank) == ({(0, 1): 3, (1, 2): 2}, 1)
    named = read_csv("编号;第1选择;第2选择\n1;甲;乙\n2;乙;\n", "stv")
    assert ([one.name for one in named.candidates], dict(named.marks)) == (["甲", "乙"], {(0, 1): 1, (1,): 1})
    ticks = read_csv("Ada,Ben\nx,\n✓,1\n0,是\n", "approval")
    assert (approval(ticks, 2).totals, ticks.valid) == ((2, 2), 3)
    spoilt = read_csv("Ada,Ben\n1,\n1,1\n,\n", "plurality")
    assert (plurality(spoilt, 1).totals, spoilt.blank) == ((1, 0), 2)
    assert score(read_csv("Ada,Ben\n5,9\n3,\n", "score"), 1).totals == (8, 9)
    assert yes_no(read_csv("电梯,路灯\n赞成,反对\n同意,弃权\nno,\n", "yes_no")) == ((2, 1, 0), (0, 1, 2))


@pytest.mark.parametrize(
    ("text", "rule", "line", "code"),
    [
        ("", "stv", 0, "csv_head"),
        ("a,,b\n", "stv", 1, "csv_head"),
        ("a,a\n", "stv", 1, "name_twice"),
        ("a,b\n1,1\n", "stv", 2, "equal_preferences"),
        ("a,b\n1,2\n\n1,3\n", "stv", 4, "rank_gap"),
        ("a,b\nfirst,2\n", "stv", 2, "not_a_number"),
        ("a,b\n1,2,3\n", "stv", 2, "csv_too_long"),
        ("a,b\n1,maybe\n", "approval", 2, "csv_mark"),
        ("a,b\n4,-1\n", "score", 2, "not_a_number"),
        ("a,b,count\n1,,0\n", "approval", 2, "blt_weight"),
        ("1,2\nx,x\n", "stv", 2, "candidate_twice"),
        ("1,2\n,x\n", "stv", 2, "rank_gap"),
        ("1,2\nx,y\n", "score", 1, "csv_ranks_only"),
        ('a,b\n"1,2\n', "stv", 2, "csv_broken"),
    ],
)
def test_malformed_tables(text: str, rule: str, line: int, code: str) -> None:
    with pytest.raises(BallotFileError) as error:
        read_csv(text, rule)
    assert (error.value.line, error.value.code) == (line, code)


def test_equals_at_the_last_seat_need_a_declared_order() -> None:
    assert best((5, 3, 3), 1).elected == (0,)
    assert best((5, 3, 3), 3).elected == (0, 1, 2)
    with pytest.raises(BadCount) as error:
        best((5, 3, 3), 2)
    assert (error.value.code, error.value.details) == ("tie_undecided", ("1", "2"))
    assert best((5, 3, 3), 2, (2, 1, 0)).elected == (0, 2)
    assert best((5, 9, 3), 1, gone=frozenset({1})).elected == (0,)
