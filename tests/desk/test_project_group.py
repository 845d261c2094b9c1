"""A project group: residents in the majority, leader and treasurer two people, every duty contract signed; its work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import project_group as group
from gongzhi.desk.audit import audit
from gongzhi.desk.forget import forget_person
from gongzhi.records.matters.sealing import NewWords
from gongzhi.records.projects import actions, queries
from gongzhi.records.projects.actions import NewCard, NewMember
from gongzhi.records.projects.models import ProjectMember, WorkCard
from tests.support.grouping import AT, LEADER, Grouping, set_up_group

CARD = NewCard("carrying_out", AT.date(), 12, "试开放一次", "缺两把椅子", "买椅子")


@pytest.fixture
def grouping(db: None, settings: object, tmp_path: Path) -> Grouping:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    return set_up_group()


def code(work: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found, transaction.atomic():
        work()
    return found.value.code


def test_half_is_not_a_majority_and_one_person_has_one_role(grouping: Grouping) -> None:
    assert code(lambda: grouping.name(LEADER, by="leader")) == "not_holder"
    assert code(lambda: grouping.name(replace(LEADER, name=" "))) == "name_missing"
    assert code(lambda: grouping.name(replace(LEADER, duties=""))) == "duties_missing"
    grouping.name(LEADER)
    assert code(lambda: grouping.name(replace(LEADER, role="treasurer"))) == "role_taken"  # the same person
    assert code(lambda: grouping.name(replace(LEADER, name="别人", contact=""))) == "role_taken"  # a second leader
    assert code(grouping.named) == "roles_missing"
    worker = grouping.name(NewMember("社工", "13900000009", "treasurer", False, "记账"))
    assert code(lambda: grouping.named(residents_lead=True)) == "facts_from_room"
    grouping.named()
    assert grouping.step == "group"  # one of two is half: the charter sends the list back
    grouping.name(NewMember("居民", "", "member", True, "看场地"))
    grouping.named()
    assert grouping.step == "contract"
    assert code(lambda: group.remove(worker, grouping.who["director"], AT)) == "not_now"
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_member(grouping.matter, replace(LEADER, name="第三个"))


def test_who_supervises_is_not_of_the_group(grouping: Grouping) -> None:
    watcher = grouping.who["watcher"]
    watcher.phone = "13700000001"
    watcher.save()
    grouping.name(LEADER)
    grouping.name(NewMember("监审", "137 0000 0001", "treasurer", True, "记账"))
    grouping.named()
    assert grouping.step == "group"


def test_everybody_signs_the_contract_on_the_phone_or_on_paper(grouping: Grouping) -> None:
    leader = grouping.name(LEADER)
    treasurer = grouping.name(NewMember("钱会计", "", "treasurer", True, "记账、公开"))
    assert leader.person == grouping.resident and treasurer.person is None
    grouping.named()
    for role in ("leader", "treasurer", "member"):
        grouping.do(role, "part", part=f"sign.execution_group.{role}")

    def end() -> object:
        return grouping.do("director", "done", outcome="signed", words={"duty_contract": "合同"})

    assert code(end) == "duty_unsigned"
    assert code(lambda: group.sign(leader, grouping.who["director"], AT)) == "duty_not_yours"
    group.sign(leader, grouping.resident, AT)
    assert code(lambda: group.sign_on_paper(treasurer, AT.date(), grouping.who["watcher"], AT)) == "not_holder"
    tomorrow = AT.date() + timedelta(days=1)
    assert code(lambda: group.sign_on_paper(treasurer, tomorrow, grouping.who["director"], AT)) == "in_future"
    assert code(end) == "duty_unsigned" and group.unsigned(grouping.matter) == 1
    group.sign_on_paper(treasurer, AT.date(), grouping.who["director"], AT)
    end()
    assert grouping.step == "carry_out"
    kept = ProjectMember.objects.get(pk=leader.pk)
    assert (kept.signed_by, kept.recorded_by, kept.contract) == ("phone", "", group.contract_digest(leader))
    assert ProjectMember.objects.get(pk=treasurer.pk).recorded_by == grouping.who["director"].digest
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectMember.objects.filter(pk=treasurer.pk).update(recorded_by="")
    assert audit().broken == []


def test_cards_and_milestones_are_kept_by_who_works_on_it(grouping: Grouping) -> None:
    grouping.under_way()
    leader, matter = grouping.who["leader"], grouping.matter
    assert code(lambda: group.add_card(matter, CARD, [], grouping.resident, AT)) == "not_holder"
    assert code(lambda: group.add_card(matter, replace(CARD, done=" "), [], leader, AT)) == "card_empty"
    assert code(lambda: group.add_card(matter, replace(CARD, day=date(2030, 1, 1)), [], leader, AT)) == "in_future"
    photo = NewWords(b"jpeg", kind="photo", media_type="image/jpeg", public=True)
    assert code(lambda: group.add_card(matter, CARD, [photo] * 7, leader, AT)) == "photos_too_many"
    card = group.add_card(matter, CARD, [photo], leader, AT, "once")
    assert group.add_card(matter, CARD, [photo], leader, AT, "once") == card  # sent twice, kept once
    assert card.act is not None and [one.name for one in card.act.words.all()] == ["photo.1"]
    meeting = group.add_card(matter, replace(CARD, kind="meeting", done="例会"), [], leader, AT)
    assert WorkCard.objects.get(pk=meeting.pk).done == "例会"
    assert code(lambda: group.add_milestone(matter, " ", AT.date(), AT.date(), leader, AT)) == "title_missing"
    begin = AT.date()
    assert code(lambda: group.add_milestone(matter, "布置", begin, begin - timedelta(1), leader, AT)) == "days_wrong"
    stone = group.add_milestone(matter, "布置", begin, begin, leader, AT)
    assert code(lambda: group.finish(stone, begin + timedelta(1), leader, AT)) == "in_future"
    group.finish(stone, begin, leader, AT)
    assert queries.milestones_of([matter])[matter.pk][0].done_on == begin
    group.finish(stone, None, leader, AT)
    assert queries.milestones_of([matter])[matter.pk][0].done_on is None
    assert audit().broken == []


def test_a_forgotten_person_leaves_the_list_without_a_name(grouping: Grouping) -> None:
    member = grouping.name(LEADER)
    forget_person(grouping.resident, AT)
    kept = ProjectMember.objects.get(pk=member.pk)
    assert (kept.name, kept.duties, kept.person, kept.role) == ("", "", None, "leader")


def test_a_matter_without_a_list_here_is_named_by_hand(grouping: Grouping) -> None:
    """Where the group is kept elsewhere its facts are typed, as in the charter's own stories."""
    fields = {"residents_lead": True, "overlap": False}
    grouping.do("director", "done", outcome="named", fields=fields, words={"group_list": "七人"})
    assert grouping.step == "contract"
