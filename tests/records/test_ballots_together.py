"""Fifty at the same moment for one line of the roll: one vote. Without the constraint there would be more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_cast as casting
from gongzhi.records.ballots import tally
from gongzhi.records.ballots.models import ONE_VOTE, Ballot, Mark
from tests.records.test_people_together import together
from tests.support.community import MONDAY, Community
from tests.support.voting import CLOSES, Polls, set_up_polls, voters

LATER = MONDAY + timedelta(hours=1)
MANY = 50


def at_once(polls: Polls, ballot: Ballot) -> list[object]:
    """The voter's phone, the helper's desk and the box with the papers, all for the first line."""
    person = polls.voter(1)
    ways: tuple[Callable[[], object], ...] = (
        lambda: casting.cast(ballot, person, ["yes"], LATER),
        lambda: casting.cast_for(ballot, 1, ["yes"], polls.director, LATER, "helper", "同意", "王大妈"),
        lambda: casting.hand_in(ballot, [1], polls.director, LATER),
    )
    return together([ways[n % len(ways)] for n in range(MANY)])


def test_fifty_connections_make_one_vote(committed: Community) -> None:
    polls = set_up_polls(committed)
    ballot = polls.opened(voters(3))
    found = at_once(polls, ballot)
    assert Mark.objects.filter(ballot=ballot).count() == 1
    codes = {one.code for one in found if isinstance(one, Refused)}
    assert codes <= {"voted_already"} and not any(isinstance(one, Exception) and not isinstance(one, Refused)
                                                  for one in found)  # fmt: skip
    mark = Mark.objects.get()
    assert sum(tally.total(ballot).values()) == (0 if mark.means == "paper" else 1)


def test_without_the_constraint_there_would_be_more(committed: Community) -> None:
    polls = set_up_polls(committed)
    ballot = polls.opened(voters(3))
    with without_constraint():
        at_once(polls, ballot)
        assert Mark.objects.filter(ballot=ballot).count() > 1
        tally.destroy(ballot)
        Mark.objects.filter(ballot=ballot).delete()


def test_a_vote_beside_the_closing_is_counted_or_refused(committed: Community) -> None:
    """Counting waits for votes under way; a vote that is in has a stroke, whoever was first."""
    polls = set_up_polls(committed)
    ballot = polls.opened(voters(20))
    people = [polls.voter(n) for n in range(1, 21)]
    before = CLOSES - timedelta(seconds=1)
    votes = [lambda person=person: casting.cast(ballot, person, ["yes"], before) for person in people]
    found = together([*votes[:10], lambda: polls.close(ballot), *votes[10:]])
    taken = sum(isinstance(one, str) for one in found)
    refused = {one.code for one in found if isinstance(one, Refused)}
    assert refused <= {"ballot_closed"}
    counts = polls.fresh(ballot).file["verdict"][0]["counts"]
    assert counts["present"] == taken == Mark.objects.filter(ballot=ballot).count()


@contextmanager
def without_constraint() -> Iterator[None]:
    """SQLite makes the table anew from what its model says, so the model forgets the rule as well."""
    kept = Mark._meta.constraints
    rule = next(one for one in kept if one.name == ONE_VOTE)
    Mark._meta.constraints = [one for one in kept if one is not rule]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Mark, rule)
    try:
        yield
    finally:
        Mark._meta.constraints = kept
        with connection.schema_editor() as editor:
            editor.add_constraint(Mark, rule)
