"""Paper beside the screen: proxies, two readers, helpers, receipts; and nothing joins a choice to a person."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongzhi.core.recount import recount
from gongzhi.desk import ballots_cast as casting
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.ballots_paper import Read, read_papers, reconciled
from gongzhi.records.ballots.models import Ballot, Mark, OpenChoice, TallySheet
from gongzhi.records.matters.models import Act
from tests.support.community import MONDAY
from tests.support.voting import CLOSES, Polls, code, voters

HOUR = timedelta(hours=1)
LATER = MONDAY + HOUR


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
