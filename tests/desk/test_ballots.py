"""Ballots: one vote for each line of the roll whatever way it comes, nothing but counts at the end, and nobody types them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import recount
from gongzhi.desk import ballots_cast as casting
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.audit import audit
from gongzhi.desk.ballots_paper import Read, read_papers, reconciled
from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.records.ballots.models import Ballot, Mark, OpenChoice, RollEntry, TallySheet
from gongzhi.records.matters.models import Act
from tests.support.community import MONDAY, Community
from tests.support.forgery import thawed
from tests.support.voting import CLOSES, Polls, set_up_polls, voters

HOUR = timedelta(hours=1)
LATER = MONDAY + HOUR


@pytest.fixture
def polls(community: Community) -> Polls:
    return set_up_polls(community)


def code(work) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused, transaction.atomic():
        work()
    return refused.value.code


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


def test_proxies_have_limits(polls: Polls) -> None:
    entries = voters(8)
    entries[7] = type(entries[7])("候选人", "8室", "person", None, entries[7].contact_index, candidate=True)
    ballot = polls.prepared(entries)

    def give(principal: int, holder: int) -> None:
        lead.give_proxy(ballot, principal, holder, polls.director, MONDAY)

    for principal in (2, 3, 4):
        give(principal, 1)
    assert code(lambda: give(5, 1)) == "proxy_too_many"
    assert code(lambda: give(2, 6)) == "proxy_given"
    assert code(lambda: give(6, 6)) == "proxy_itself"
    assert code(lambda: give(6, 8)) == "proxy_candidate"
    assert code(lambda: give(6, 2)) == "proxy_passed_on"
    assert code(lambda: give(6, 99)) == "not_on_roll"
    lead.open_ballot(ballot, polls.director, MONDAY)
    assert code(lambda: give(6, 5)) == "ballot_fixed"
    assert code(lambda: casting.cast(ballot, polls.voter(2), ["no"], LATER)) == "proxy_gone"
    assert code(lambda: casting.cast(ballot, polls.voter(1), ["no"], LATER, principal=5)) == "no_proxy"
    for principal in (None, 2, 3):
        casting.cast(ballot, polls.voter(1), ["yes"], LATER, principal=principal)
    assert Mark.objects.filter(cast_by__isnull=False).count() == 2
    assert code(lambda: casting.cast(ballot, polls.voter(1), ["no"], LATER, principal=3)) == "voted_already"


def test_the_database_refuses_a_proxy_too_many(polls: Polls) -> None:
    from gongzhi.records.ballots import actions

    ballot = polls.prepared(voters(3))
    one, two, _three = ballot.roll.entries.order_by("number")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.give_proxy(ballot, one, two, 4, 3, MONDAY.date(), "x")


def test_papers_are_read_by_two_people(polls: Polls) -> None:
    ballot = polls.opened(voters(6))
    assert casting.hand_in(ballot, [1, 2, 3, 4], polls.director, LATER) == []
    assert read_papers(ballot, [Read(1, ("yes",), 2), Read(2, ("no",)), Read(3, ("yes",))], polls.director, LATER) == []
    assert (
        read_papers(ballot, [Read(1, ("yes",), 2), Read(2, ("yes",)), Read(9, ("perhaps",))], polls.member, LATER)[0][
            1
        ].code
        == "choice_wrong"
    )
    found = reconciled(ballot)
    assert [one.sheet for one in found.alike] == [1] and [one.sheet for one in found.unlike] == [2]
    assert [one.sheet for one in found.once] == [3] and (found.read, found.handed_in) == (2, 4)
    assert code(lambda: polls.close(ballot)) == "papers_open"
    read_papers(ballot, [Read(2, ("no",))], polls.member, LATER)
    read_papers(ballot, [Read(3, ("invalid",))], polls.member, CLOSES + HOUR)
    read_papers(ballot, [Read(3, ("invalid",))], polls.director, CLOSES + HOUR)
    polls.close(ballot, CLOSES + HOUR)
    counts = polls.fresh(ballot).file["verdict"][0]["counts"]
    assert (counts["present"], counts["yes"], counts["no"], counts["invalid"]) == (4, 2, 1, 1)


def test_one_person_cannot_read_a_paper_twice(polls: Polls) -> None:
    """The director reads again and corrects the own reading; it never becomes the second one."""
    ballot = polls.opened(voters(2))
    casting.hand_in(ballot, [1], polls.director, LATER)
    for _ in range(2):
        read_papers(ballot, [Read(1, ("yes",))], polls.director, LATER)
    assert code(lambda: polls.close(ballot)) == "papers_open"
    row = ballot.papers.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ballot.papers.create(sheet=1, hand=2, by=row.by, choice=row.choice)


def test_more_papers_than_people_are_not_counted(polls: Polls) -> None:
    ballot = polls.opened(voters(3))
    casting.hand_in(ballot, [1], polls.director, LATER)
    for who in (polls.director, polls.member):
        read_papers(ballot, [Read(1, ("yes",), 2)], who, LATER)
    assert code(lambda: polls.close(ballot)) == "papers_too_many"


def test_owners_vote_openly_with_their_area(polls: Polls) -> None:
    ballot = polls.opened(voters(3, kind="owner", area=9000), "owners")
    casting.cast(ballot, polls.voter(1), ["yes"], LATER)
    casting.hand_in(ballot, [2], polls.director, LATER)
    assert read_papers(ballot, [Read(3, ("yes",))], polls.director, LATER)[0][1].code == "paper_not_handed_in"
    for who in (polls.director, polls.member):
        read_papers(ballot, [Read(2, ("no",))], who, LATER)
    casting.cast_for(ballot, 3, ["yes"], polls.director, LATER, "helper", "本人口述同意", "王大妈")
    polls.close(ballot)
    ballot = polls.fresh(ballot)
    counts = ballot.file["verdict"][0]["counts"]
    assert counts == {"eligible": 3, "present": 3, "yes": 2, "area_total": 27006, "area_present": 27006,
                      "area_yes": 18004, "no": 1, "abstain": 0, "invalid": 0}  # fmt: skip
    assert OpenChoice.objects.count() == 2 and not TallySheet.objects.exists()
    assert [verdict.outcome for _key, _counts, verdict in recount(ballot.file)] == ["passed"]
    assert sum(row["n"] for row in ballot.file["ballots"]) == 3


def test_a_vote_by_area_is_never_called_secret(polls: Polls) -> None:
    ballot = polls.prepared(voters(2, kind="owner", area=9000))
    assert code(lambda: lead.open_ballot(ballot, polls.director, MONDAY)) == "area_needs_open"


def test_helpers_need_consent_and_witness(polls: Polls) -> None:
    ballot = polls.opened(voters(2))

    def help_(witness: str) -> str:
        return casting.cast_for(ballot, 1, ["yes"], polls.director, LATER, "helper", "本人同意", witness)

    assert code(lambda: help_("")) == "consent_missing"
    assert len(help_("王大妈")) == casting.RECEIPT
    assert Mark.objects.get().consent is not None


def test_an_election_of_the_committee_is_never_online(polls: Polls) -> None:
    """Its charter says `screen`; the law has a secret booth and paper (居民委员会组织法 19)."""
    options = [{"key": "s", "title": "主任", "options": [["a", "甲"], ["b", "乙"]], "most": 1}]
    ballot = polls.opened(voters(5), "election", options)
    assert ballot.means == ["paper"]
    assert code(lambda: casting.cast(ballot, polls.voter(1), ["a"], LATER)) == "not_online"
    casting.hand_in(ballot, [1, 2, 3], polls.director, LATER)
    for who in (polls.director, polls.member):
        read_papers(ballot, [Read(1, ("a",), 2), Read(2, ("invalid",))], who, LATER)
    polls.close(ballot)
    assert polls.fresh(ballot).file["verdict"][0]["counts"] == {"eligible": 5, "present": 3, "yes": 2}


def test_a_receipt_proves_that_and_not_what(polls: Polls) -> None:
    ballot = polls.opened(voters(2))
    receipt = casting.cast(ballot, polls.voter(1), ["yes"], LATER)
    assert casting.check_receipt(ballot, f" {receipt.lower()[:8]} {receipt.lower()[8:]}")
    assert not casting.check_receipt(ballot, "2" * casting.RECEIPT)
    polls.close(ballot)
    from gongzhi.records.ballots.actions import receipt_digest

    assert receipt_digest(receipt) in polls.fresh(ballot).file["receipts"]


def test_nothing_joins_a_choice_to_a_person(polls: Polls) -> None:
    """No table has a row of a secret vote: a vote changes a mark, and one sealed sheet that held others before."""
    ballot = polls.opened(voters(9))
    before = {row.shard for row in TallySheet.objects.all()}
    for n in range(1, 9):
        casting.cast(ballot, polls.voter(n), ["yes" if n % 2 else "no"], LATER)
    assert {row.shard for row in TallySheet.objects.all()} == before
    names = {field.name for field in Mark._meta.get_fields()}
    assert not names & {"choice", "at", "time", "created_at"}
    acts = json.dumps([[act.kind, act.at.isoformat()] for act in Act.objects.filter(matter=ballot.matter)])
    assert acts.count("done") == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM records_tallysheet")
        assert all(b"yes" not in bytes(sealed) for (sealed,) in cursor.fetchall())
    assert not OpenChoice.objects.exists()


def test_a_step_that_ends_otherwise_drops_its_ballot(polls: Polls) -> None:
    ballot = polls.begin()
    assert ballot.status == "planned"
    polls.close(ballot, counts={"eligible": 2, "present": 2, "yes": 2})
    assert Ballot.objects.get().status == "dropped"
