"""Ballots: one vote for each line of the roll whatever way it comes, nothing but counts at the end, and nobody types them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import recount
from gongzhi.desk import ballots_cast as casting
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.audit import audit
from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.records.ballots.models import Mark, RollEntry, TallySheet
from gongzhi.records.matters.models import Act
from tests.support.community import MONDAY
from tests.support.forgery import thawed
from tests.support.voting import CLOSES, Polls, code, voters

HOUR = timedelta(hours=1)
LATER = MONDAY + HOUR


def test_a_secret_ballot_from_roll_to_verdict(polls: Polls) -> None:
    ballot = polls.opened(voters(5))
    for n, choice in ((1, "yes"), (2, "yes"), (3, "no")):
        casting.cast(ballot, polls.voter(n), [choice], LATER)
    assert code(lambda: polls.close(ballot, CLOSES - HOUR)) == "ballot_still_open"
    polls.close(ballot)
    counts = {"eligible": 5, "present": 3, "yes": 2}
    ballot = polls.fresh(ballot)
    assert (ballot.status, ballot.outcome) == ("counted", "passed")
    assert ballot.matter.end == "passed"
    ((key, again, verdict),) = recount(json.loads(json.dumps(ballot.file)))
    assert (key, verdict.outcome) == ("c1", "passed") and counts.items() <= again.items()
    assert not TallySheet.objects.exists()
    assert audit().broken == []


def test_nobody_types_a_count_where_there_is_a_ballot(polls: Polls) -> None:
    ballot = polls.opened(voters(3))
    typed = {"eligible": 3, "present": 3, "yes": 3}
    assert code(lambda: polls.close(ballot, counts=typed)) == "counts_from_ballot"
    assert code(lambda: polls.close(ballot, outcome="passed")) == "outcome_computed"


def test_a_ballot_held_elsewhere_is_typed_as_before(polls: Polls) -> None:
    ballot = polls.begin()
    polls.close(ballot, counts={"eligible": 3, "present": 3, "yes": 3})
    assert polls.fresh(ballot).status == "dropped"


def test_a_second_vote_is_refused_with_day_and_means(polls: Polls) -> None:
    ballot = polls.opened(voters(3))
    casting.cast(ballot, polls.voter(1), ["yes"], LATER)
    with pytest.raises(Refused) as refused, transaction.atomic():
        casting.cast(ballot, polls.voter(1), ["no"], LATER)
    assert refused.value.code == "voted_already"
    assert refused.value.args_map["means"] == "screen" and refused.value.args_map["day"] == "2026-03-16"


def test_the_database_itself_refuses_a_second_mark(polls: Polls) -> None:
    ballot = polls.opened(voters(1))
    entry = ballot.roll.entries.get()
    first = Mark.objects.create(ballot=ballot, entry=entry, means="screen", day=MONDAY.date(), receipt="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(ballot=ballot, entry=entry, means="paper", day=MONDAY.date(), receipt="b")
    assert Mark.objects.get() == first


def test_paper_and_screen_of_one_person_refuse_each_other(polls: Polls) -> None:
    ballot = polls.opened(voters(3))
    casting.cast(ballot, polls.voter(1), ["yes"], LATER)
    ((number, refused),) = casting.hand_in(ballot, [1, 2], polls.director, LATER)
    assert number == 1 and refused.code == "voted_already"
    assert code(lambda: casting.cast(ballot, polls.voter(2), ["no"], LATER)) == "voted_already"


def test_who_is_not_on_the_roll_or_comes_late_or_early_does_not_vote(polls: Polls) -> None:
    ballot = polls.prepared(voters(2))
    assert code(lambda: casting.cast(ballot, polls.voter(1), ["yes"], LATER)) == "ballot_not_opened"
    lead.open_ballot(ballot, polls.director, MONDAY)
    assert code(lambda: casting.cast(ballot, polls.voter(9), ["yes"], LATER)) == "not_on_roll"
    assert code(lambda: casting.cast(ballot, polls.voter(1), ["yes"], CLOSES)) == "ballot_closed"
    assert code(lambda: casting.cast(ballot, polls.voter(1), ["maybe"], LATER)) == "choice_wrong"
    assert code(lambda: casting.cast(ballot, polls.voter(1), ["invalid"], LATER)) == "choice_wrong"
    assert not Mark.objects.exists()


def test_closing_is_a_time_not_a_worker(polls: Polls) -> None:
    """Nothing has run since the ballot closed; a vote a second too late is refused, one before counts."""
    ballot = polls.opened(voters(2))
    casting.cast(ballot, polls.voter(1), ["yes"], CLOSES - timedelta(seconds=1))
    assert code(lambda: casting.cast(ballot, polls.voter(2), ["yes"], CLOSES)) == "ballot_closed"
    polls.close(ballot, CLOSES + timedelta(days=3))
    assert polls.fresh(ballot).file["verdict"][0]["counts"]["present"] == 1


def test_a_frozen_roll_cannot_be_changed_by_anybody(polls: Polls) -> None:
    ballot = polls.prepared(voters(2))
    entry = ballot.roll.entries.get(number=1)
    assert code(lambda: lead.add_to_roll(ballot.roll, voters(1, 7), polls.director, LATER)) == "roll_frozen"
    assert code(lambda: lead.strike(entry, polls.director, LATER)) == "roll_frozen"
    rows = RollEntry.objects.filter(pk=entry.pk)
    for change in (lambda: rows.update(area=5), lambda: rows.delete(),
                   lambda: RollEntry.objects.create(roll=ballot.roll, number=9, kind="person", digest="x"),
                   lambda: type(ballot.roll).objects.filter(pk=ballot.roll_id).update(frozen_at=None)):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert rows.update(name="") == 1  # names are erased when their time is over


def test_without_the_trigger_a_frozen_roll_could_be_changed(polls: Polls) -> None:
    ballot = polls.prepared(voters(2))
    with thawed():
        assert RollEntry.objects.filter(roll=ballot.roll, number=1).update(area=5) == 1


def test_freezing_is_an_act_with_the_digest_of_the_roll(polls: Polls) -> None:
    ballot = polls.prepared(voters(4))
    act = Act.objects.filter(matter=ballot.matter, kind="note").order_by("seq")[0]
    assert ballot.roll.digest in act.payload
    assert ballot.roll.digest and ballot.roll.size == 4
    assert ballot.roll.rule["name"] == "residents_meeting" and ballot.roll.rule["from"] == "2026-01-01"
    assert code(lambda: take_step(ballot.matter.number, Draft("note", state="roll_frozen", ground="0" * 64,
                                  organ="committee"), polls.director, LATER, None)) == "roll_changed"  # fmt: skip


def test_objections_are_answered_before_freezing(polls: Polls) -> None:
    ballot, _ = polls.begin(), polls.voter(9)
    lead.add_to_roll(ballot.roll, voters(2), polls.director, MONDAY)
    assert code(lambda: lead.object_to_roll(ballot.roll, "没有我", polls.voter(9), None, LATER)) == "roll_not_shown"
    lead.show_roll(ballot.roll, polls.director, MONDAY)
    said = lead.object_to_roll(ballot.roll, "没有我", polls.voter(9), None, LATER)
    assert code(lambda: lead.freeze(ballot.roll, polls.director, LATER)) == "objections_open"
    lead.add_to_roll(ballot.roll, voters(1, 9), polls.director, LATER)
    lead.answer_objection(said, "upheld", "已补上", polls.director, LATER)
    lead.freeze(ballot.roll, polls.director, LATER)
    assert polls.fresh(ballot).roll.size == 3


def test_one_person_stands_on_a_roll_once(polls: Polls) -> None:
    ballot = polls.begin()
    lead.add_to_roll(ballot.roll, voters(1), polls.director, MONDAY)
    assert code(lambda: lead.add_to_roll(ballot.roll, voters(1), polls.director, MONDAY)) == "same_person"


def test_only_who_holds_the_step_prepares_and_enters(polls: Polls) -> None:
    ballot = polls.begin()
    stranger = polls.community.who["works"]
    assert code(lambda: lead.add_to_roll(ballot.roll, voters(1), stranger, MONDAY)) == "not_holder"
    assert code(lambda: lead.freeze(ballot.roll, stranger, MONDAY)) == "not_holder"
