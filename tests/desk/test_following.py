"""Merged matters by the one door: facts of the leader in the log, followers brought along by the worker (R34, R35)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import following
from gongzhi.desk.audit import audit
from gongzhi.desk.outbox import deliver
from gongzhi.records.matters.models import Matter, Message, Todo
from tests.desk.test_together import together as at_once
from tests.support.community import MONDAY, Community

HOUR = timedelta(hours=1)


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def led(community: Community, followers: int = 2) -> tuple[Matter, list[Matter]]:
    """One matter at repair, and others of the same evening that follow it."""
    leader = community.file().matter
    rest = [community.file("neighbour" if n == 0 else "third", MONDAY).matter for n in range(followers)]
    community.walk(leader, MONDAY, until="repair")
    for one in rest:
        community.do(one, "member", "merge", MONDAY + 2 * HOUR, to=leader.number, ground="同一盏灯")
    return fresh(leader), [fresh(one) for one in rest]


def code(community: Community, matter: Matter, by: str, kind: str, **more: str) -> str:
    with pytest.raises(Refused) as refused:
        community.do(matter, by, kind, MONDAY + 3 * HOUR, **more)
    return refused.value.code


def test_a_follower_answers_as_its_leader_and_is_on_no_list(community: Community) -> None:
    leader, (one, _other) = led(community)
    assert (one.status, one.goes_with, one.answers_id) == ("following", leader.number, leader.answers_id)
    assert one.due == leader.due and not Todo.objects.filter(matter=one).exists()
    told = Message.objects.filter(matter=one, code="merged", channel="in_app").get()
    assert told.person == community.who["neighbour"] and told.args["leader"] == leader.number
    assert audit().broken == []


def test_when_the_leader_moves_and_ends_everyone_is_brought_along_and_asked(community: Community) -> None:
    leader, (one, other) = led(community)
    community.do(leader, "works", "accept", MONDAY + 3 * HOUR)
    deliver(MONDAY + 3 * HOUR)
    assert fresh(one).answers == community.organs["works"] == fresh(other).answers
    seq = fresh(one).seq
    community.do(leader, "works", "note", MONDAY + 3 * HOUR, state="remark", words={"remark": "明天来"})
    deliver(MONDAY + 3 * HOUR)
    assert fresh(one).seq == seq  # a remark moves nobody
    community.do(leader, "works", "done", MONDAY + 4 * HOUR, outcome="repaired", words={"report": "好了"})
    community.do(leader, "member", "serve", MONDAY + 5 * HOUR, channel="counter")
    community.do(leader, "resident", "done", MONDAY + 6 * HOUR, outcome="content")
    assert fresh(one).status == "following"  # in its own transaction, by the worker
    deliver(MONDAY + 6 * HOUR)
    assert [(m.status, m.step, m.holder) for m in (fresh(one), fresh(other))] == [("open", "confirm", "filer")] * 2
    deliver(MONDAY + 6 * HOUR)  # the question lies in the inbox: now the time runs
    community.do(one, "neighbour", "done", MONDAY + 7 * HOUR, outcome="content")
    community.do(other, "third", "done", MONDAY + 7 * HOUR, outcome="not_content")
    assert (fresh(one).status, fresh(one).goes_with) == ("closed", leader.number)
    assert (fresh(other).step, fresh(other).goes_with) == ("repair", "")
    assert audit().broken == []


def test_the_oldest_follower_leads_when_the_leader_is_withdrawn(community: Community) -> None:
    leader, (one, other) = led(community)
    community.do(leader, "resident", "withdraw", MONDAY + 3 * HOUR, ground="自己修了")
    deliver(MONDAY + 3 * HOUR)
    assert (fresh(one).status, fresh(one).goes_with, fresh(one).step) == ("open", "", "receive")
    assert (fresh(other).status, fresh(other).goes_with) == ("following", one.number)
    assert Todo.objects.filter(matter=one).exists()
    deliver(MONDAY + 4 * HOUR)  # late, twice: nothing more happens
    assert fresh(other).goes_with == one.number and audit().broken == []


def test_what_cannot_go_together_is_refused(community: Community) -> None:
    leader, (one, _other) = led(community)
    alone = community.file("third").matter
    assert code(community, alone, "member", "merge", to=alone.number) == "same_matter"
    assert code(community, alone, "member", "merge", to="LAMP-2026-00000-0") == "unknown_matter"
    assert code(community, alone, "member", "merge", to=one.number) == "leader_follows"
    assert code(community, alone, "third", "merge", to=leader.number) == "unknown_matter"  # tells a neighbour nothing
    assert code(community, one, "member", "done", outcome="simple") == "following"
    community.do(leader, "resident", "withdraw", MONDAY + 3 * HOUR, ground="不用了")
    assert code(community, alone, "member", "merge", to=leader.number) == "leader_closed"
    community.do(one, "neighbour", "unfollow", MONDAY + 3 * HOUR)
    assert code(community, one, "member", "merge", to=alone.number) == "stays_alone"


def test_a_leader_that_follows_brings_its_own_followers_with_it(community: Community) -> None:
    leader, (one, other) = led(community)
    bigger = community.file("third", public=True).matter
    community.do(leader, "works", "accept", MONDAY + 3 * HOUR)
    community.do(leader, "works", "merge", MONDAY + 3 * HOUR, to=bigger.number, ground="同一条线")
    deliver(MONDAY + 3 * HOUR)
    assert {fresh(m).goes_with for m in (leader, one, other)} == {bigger.number}
    assert audit().broken == []


def test_many_followers_are_brought_along_in_batches(community: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "BATCH", 2)
    leader, rest = led(community, 5)
    community.do(leader, "resident", "withdraw", MONDAY + 3 * HOUR, ground="不用了")
    with CaptureQueriesContext(connection) as first:
        deliver(MONDAY + 3 * HOUR)
    for _ in range(4):
        deliver(MONDAY + 3 * HOUR)
    assert [fresh(one).goes_with for one in rest] == ["", *[rest[0].number] * 4]
    assert len(first) < 200  # two followers at a time, however many there are
    assert audit().broken == []


def test_the_database_refuses_a_follower_of_nobody(community: Community) -> None:
    _leader, (one, _other) = led(community)
    for wrong in ("", one.number):
        with pytest.raises(IntegrityError), transaction.atomic():
            Matter.objects.filter(pk=one.pk).update(goes_with=wrong)


@pytest.mark.django_db(transaction=True)
def test_two_that_are_merged_into_each_other_at_once_leave_one_leader(committed: Community) -> None:
    """Both rows are locked in the order of their numbers: no deadlock, and no pair that follows each other."""
    one, other = committed.file().matter, committed.file("neighbour").matter
    jobs = [
        lambda a=a, b=b: committed.do(a, "member", "merge", MONDAY + HOUR, to=b.number, ground="同一盏灯")
        for a, b in ((one, other), (other, one))
    ]
    results = at_once(jobs)
    refused = [result for result in results if isinstance(result, Refused)]
    assert [one.code for one in refused] == ["leader_follows"] and len(results) == 2
    assert sorted(fresh(matter).status for matter in (one, other)) == ["following", "open"]
