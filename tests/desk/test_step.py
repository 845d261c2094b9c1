"""The one door: what is stored when an act is done, repeated, refused or late."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta

import pytest

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.step import settle
from gongzhi.records.matters import sealing
from gongzhi.records.matters.models import Act, Matter, Message, Todo, Words
from gongzhi.records.matters.numbers import tidy
from tests.support.community import MONDAY, Community

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def refusal(code: str) -> object:
    return pytest.raises(Refused, match=f"^{code}$")


def test_a_filing_has_an_owner_a_clock_a_number_and_a_log(community: Community) -> None:
    taken = community.file(key="k1", headcount=3)
    matter = fresh(taken.matter)
    assert tidy(matter.number) == matter.number and matter.number.startswith("LAMP20260316-")
    assert matter.answers == community.organs["committee"] and matter.filer == community.who["resident"]
    assert matter.due == MONDAY + 4 * HOUR == matter.wake
    assert (matter.step, matter.visit, matter.status, matter.seq, matter.headcount) == (
        "receive",
        "receive#1",
        "open",
        1,
        3,
    )
    assert matter.subject == "试验社区：路灯"
    act = matter.acts.get()
    assert (act.kind, act.seq, act.hash, act.prev_hash) == ("file", 1, matter.head, "0" * 64)
    assert Todo.objects.get(matter=matter).role == "holds"


def test_the_log_holds_digests_and_the_words_can_be_erased(community: Community) -> None:
    taken = community.file(words={"what": "灯不亮，找张三13800000000"}, fields={"many": True, "sick": "老人心脏病"})
    stored = taken.act.payload + taken.act.outcome + taken.matter.state
    assert "张三" not in stored and "心脏病" not in stored
    words = {row.name: row for row in Words.objects.all()}
    assert set(words) == {"what", "field.sick"} and "张三".encode() not in bytes(words["what"].ciphertext or b"")
    assert sealing.read_text(words["what"]) == "灯不亮，找张三13800000000"
    assert json.loads(sealing.read_text(words["field.sick"])) == "老人心脏病"
    assert words["field.sick"].retention_until is not None and words["field.sick"].purpose == "urgency"
    assert words["what"].digest in taken.act.payload
    sealing.erase(words["what"], MONDAY, "asked", "x")
    left = Words.objects.get(name="what")
    assert left.salt is None and left.ciphertext is None and left.digest == words["what"].digest
    assert sealing.read_text(left) == "" and fresh(taken.matter).head == taken.matter.head


def test_a_whole_matter_from_word_to_settled(community: Community) -> None:
    matter = community.file().matter
    at = community.walk(matter, MONDAY)
    matter = fresh(matter)
    assert (matter.status, matter.end, matter.closed_at) == ("closed", "settled", at)
    assert matter.answers_id is not None and matter.due is None and not Todo.objects.exists()
    settle(matter.number, at + 40 * DAY)
    assert fresh(matter).status == "final" and fresh(matter).wake is None
    hashes = [(act.prev_hash, act.hash) for act in Act.objects.order_by("seq")]
    assert all(later[0] == earlier[1] for earlier, later in itertools.pairwise(hashes))


def test_a_repeat_gives_the_first_result_and_changes_nothing(community: Community) -> None:
    first = community.file(key="k1")
    again = community.file(key="k1")
    assert again.repeated and again.matter == first.matter and again.act == first.act
    done = community.do(first.matter, "member", "done", MONDAY + HOUR, "k2", outcome="simple", words={"receipt": "收"})
    same = community.do(
        first.matter, "member", "done", MONDAY + 2 * HOUR, "k2", outcome="simple", words={"receipt": "收"}
    )
    assert same.repeated and same.act == done.act and Act.objects.count() == 2


def test_a_key_with_other_content_is_refused_and_a_key_of_another_person_is_another_key(community: Community) -> None:
    community.file(key="k1")
    with refusal("key_reused"):
        community.file(key="k1", words={"what": "别的事"})
    assert not community.file("neighbour", key="k1").repeated
    assert Matter.objects.count() == 2


def test_who_has_no_seat_is_refused_and_nothing_is_stored(community: Community) -> None:
    matter = community.file().matter
    for by in ("neighbour", "works", "resident"):
        with refusal("not_holder"):
            community.do(matter, by, "done", MONDAY + HOUR, outcome="simple", words={"receipt": "收"})
    assert Act.objects.count() == 1 and fresh(matter).seq == 1


def test_what_the_clocks_did_is_logged_before_the_act_and_stays_when_the_act_is_refused(community: Community) -> None:
    matter = community.file().matter
    with refusal("not_holder"):
        community.do(matter, "neighbour", "done", MONDAY + DAY, outcome="simple")
    matter = fresh(matter)
    assert [act.kind for act in matter.acts.order_by("seq")] == ["file", "tick"]
    assert matter.late and matter.answers == community.organs["street"]
    assert matter.due == MONDAY + 4 * HOUR, "a late matter keeps the deadline it missed"
    tick = matter.acts.get(kind="tick")
    assert tick.organ == "system" and '"effect":"Raised"' in tick.outcome
    roles = set(Todo.objects.values_list("organ__organ", "role", "late"))
    assert roles == {("committee", "holds", True), ("street", "answers", True)}
    assert Message.objects.filter(code="raised", organ=community.organs["street"], channel="in_app").count() == 1


def test_settling_twice_is_settling_once(community: Community) -> None:
    matter = community.file().matter
    assert settle(matter.number, MONDAY + HOUR) is None
    assert settle(matter.number, MONDAY + DAY) is not None
    assert settle(matter.number, MONDAY + DAY) is None


def test_who_comes_second_is_told_who_was_faster(community: Community) -> None:
    matter = community.file().matter
    community.do(
        matter, "director", "done", MONDAY + HOUR, visit="receive#1", outcome="simple", words={"receipt": "收"}
    )
    with pytest.raises(Refused) as caught:
        community.do(matter, "member", "done", MONDAY + HOUR, visit="receive#1", outcome="registered")
    told = caught.value.args_map
    assert (caught.value.code, told["organ"], told["seat"], told["at"]) == (
        "moved_on",
        "committee",
        "director",
        MONDAY + HOUR,
    )


def test_a_clock_set_back_is_refused_but_two_acts_of_one_moment_are_not(community: Community) -> None:
    matter = community.file().matter
    with refusal("clock_back"):
        community.do(matter, "member", "note", MONDAY - DAY, words={"remark": "早"})
    taken = community.do(matter, "member", "note", MONDAY - timedelta(seconds=2), words={"remark": "同时"})
    assert taken.act.at == MONDAY


def test_children_are_opened_and_their_end_reaches_the_parent(community: Community) -> None:
    from gongzhi.desk.outbox import deliver

    parent = community.file(category="survey").matter
    child = Matter.objects.get(parent=parent)
    assert child.procedure == "look" and child.answers == community.organs["works"]
    with refusal("parts_open"):
        community.do(parent, "member", "done", MONDAY + HOUR, outcome="all_seen")
    community.do(child, "works", "done", MONDAY + HOUR, outcome="looked", words={"report": "好的"})
    deliver(MONDAY + 2 * HOUR)
    community.do(parent, "member", "done", MONDAY + 3 * HOUR, outcome="all_seen")
    assert fresh(parent).status in ("closed", "final")


def test_a_residents_reasons_stay_out_of_the_log(community: Community) -> None:
    """Whatever face they came through: the log is for ever, words can be erased (promise 9)."""
    matter = community.file().matter
    taken = community.do(matter, "resident", "withdraw", MONDAY + timedelta(hours=1), ground="我爱人住院了，先不办")
    assert "住院" not in taken.act.payload + taken.act.outcome
    assert sealing.read_text(taken.act.words.get(name="why")) == "我爱人住院了，先不办"
