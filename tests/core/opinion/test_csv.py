"""Files of votes: what is read, and what is refused with line and reason."""

import pytest

from gongzhi.core.opinion import BadVotes, read_csv

HEAD = "participant,statement,vote"


def test_columns_may_stand_in_any_order_and_others_are_not_read() -> None:
    table = read_csv(["note,vote,statement,participant", "x,1,s1,ann", "y,-1,s1,bob"])
    assert table.participants == ("ann", "bob") and table.votes.tolist() == [[1.0], [-1.0]]


def test_statements_with_numbers_are_in_the_order_of_numbers() -> None:
    assert read_csv([HEAD, "a,10,1", "a,9,0"]).statements == ("9", "10")


def test_a_column_of_times_puts_the_votes_in_order() -> None:
    table = read_csv([HEAD + ",time", "late,1,1,20", "early,1,1,10"])
    assert table.participants == ("early", "late")


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        ([], "no_column", 1),
        (["participant,statement"], "no_column", 1),
        ([HEAD + ",vote", "a,1,1,1"], "no_column", 1),
        ([HEAD], "no_votes", 1),
        ([HEAD, "a,1,1", "a,2"], "cells", 3),
        ([HEAD, "a,1,1,1"], "cells", 2),
        ([HEAD, "a,,1"], "empty", 2),
        ([HEAD, "a,1,2"], "not_a_vote", 2),
        ([HEAD, "a,1,yes"], "not_a_vote", 2),
        ([HEAD, "a,1,1.0"], "not_a_vote", 2),
        ([HEAD, "a,1,1", "", "a,1,-1"], "twice", 4),
        ([HEAD + ",time", "a,1,1,noon"], "not_a_time", 2),
        ([HEAD + ",time", "a,1,1,nan"], "not_a_time", 2),
    ],
)
def test_a_bad_line_is_named(lines: list[str], code: str, line: int) -> None:
    with pytest.raises(BadVotes) as fault:
        read_csv(lines)
    assert (fault.value.code, fault.value.line) == (code, line)
