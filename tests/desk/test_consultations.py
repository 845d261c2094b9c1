"""A consultation at the desk: opened, written to, voted on, moderated, appealed, answered before its step ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.consultations import (
    Speaker,
    answer_appeal,
    answer_points,
    appeal,
    contribute,
    moderate,
    open_up,
    seed,
    unvote,
    vote,
)
from gongzhi.desk.forget import forget_person
from gongzhi.desk.opinions import drawn, open_data
from gongzhi.desk.own_data import own_data
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import Contribution, Stance
from gongzhi.records.matters.models import Matter, Message
from tests.support.consulting import Consulting, found_consulting

POINTS = [{"text": "开到九点", "decision": "adopted", "reason": "多数人要"}]


@pytest.fixture
def here(db: None, settings: object, tmp_path: object) -> Consulting:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    return found_consulting()


def refused(code: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=code)


def test_it_is_planned_with_its_step_and_appeals_go_to_another_organ(here: Consulting) -> None:
    found = here.consult()
    assert found.status == "planned" and found.organ.organ == "deliberation_committee"
    assert found.appeals is not None and found.appeals.organ == "street_office"
    assert list(queries.public_in(here.place)) == []


def test_it_opens_only_with_something_to_ask_and_by_its_organ(here: Consulting) -> None:
    found, values = here.consult(), {"title": "问大家", "intro": "", "adds": True, "until": None}
    with refused("nothing_to_ask"):
        open_up(found.pk, here.who["chair"], values, here.later())
    assert seed(found.pk, here.who["chair"], ["早一点开", "早一点开", "晚一点关"], here.later()) == 2
    with refused("not_of_organ"):
        open_up(found.pk, here.who["street"], values, here.later())
    assert open_up(found.pk, here.who["chair"], values, here.later()).status == "open"


def test_one_vote_for_each_statement_and_person(here: Consulting) -> None:
    found = here.opened()
    row = found.contributions.get(number=1)
    vote(found.pk, row.pk, here.resident(1), 1, here.at)
    with refused("voted_already"):
        vote(found.pk, row.pk, here.resident(1), -1, here.at)
    stance = Stance.objects.get()
    assert stance.answer == 1 and here.resident(1).digest not in (stance.voter, str(stance))
    with pytest.raises(IntegrityError), transaction.atomic():
        Stance.objects.create(statement=row, voter=stance.voter, answer=0)
    unvote(found.pk, row.pk, here.resident(1), here.at)
    vote(found.pk, row.pk, here.resident(1), -1, here.at)
    assert Stance.objects.get().answer == -1


def test_the_digest_of_a_voter_is_another_one_in_each_consultation(here: Consulting) -> None:
    first, second = here.opened(), here.opened()
    assert queries.voter_of(first, here.resident(1)) != queries.voter_of(second, here.resident(1))


def test_strangers_and_latecomers_do_not_vote(here: Consulting) -> None:
    found = here.opened()
    row = found.contributions.get(number=1)
    with refused("not_resident"):
        vote(found.pk, row.pk, here.who["street"], 1, here.at)
    with refused("contribution_unknown"):
        vote(found.pk, row.pk, here.resident(1), 2, here.at)
    found.until = here.at
    found.save()
    with refused("consultation_closed"):
        vote(found.pk, row.pk, here.resident(1), 1, here.later())


def test_what_residents_write_waits_until_somebody_has_looked_at_it(here: Consulting) -> None:
    found = here.opened()
    row = contribute(found.pk, Speaker(here.resident(2)), "statement", "中午也开", here.later())
    assert row.state == "waiting" and row not in queries.shown(found, "statement", here.at)
    assert Message.objects.filter(code="contribution_waits", organ=found.organ).exists()
    here.show(row.pk)
    assert row in queries.shown(found, "statement", here.at)
    assert Message.objects.filter(code="contribution_shown", person=here.resident(2)).exists()
    with refused("said_already"):
        contribute(found.pk, Speaker(here.resident(3)), "statement", "中午也开", here.later())


def test_rejected_shows_ground_and_reason_and_never_the_words(here: Consulting) -> None:
    found = here.opened()
    row = contribute(found.pk, Speaker(here.resident(2)), "comment", "老王是个骗子", here.later())
    with refused("ground_missing"):
        moderate(row.pk, here.who["chair"], here.later(), "insult", "")
    with refused("not_of_organ"):
        moderate(row.pk, here.who["street"], here.later(), "insult", "说的是人")
    moderate(row.pk, here.who["chair"], here.later(), "insult", "说的是人，不是事")
    shown = queries.withheld(found, here.at).get()
    assert (shown.ground, shown.reason) == ("insult", "说的是人，不是事")
    assert row not in queries.shown(found, "comment", here.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=row.pk).update(reason="")


def test_a_wording_for_a_covenant_may_hold_no_fine_and_talking_about_one_may(here: Consulting) -> None:
    found, by = here.opened(), Speaker(here.resident(0))
    fine = "乱停车的罚款五十元"
    assert contribute(found.pk, by, "statement", fine, here.later()).state == "waiting"  # no covenant: an opinion
    Matter.objects.filter(pk=found.matter_id).update(kind="covenant")
    with refused("wording_forbidden"):
        contribute(found.pk, by, "statement", f"{fine}。", here.later())
    with refused("wording_forbidden"):
        seed(found.pk, here.who["chair"], ["不交的断水断电"], here.later())
    assert contribute(found.pk, by, "statement", "车停在线里，互相提醒", here.later()).state == "waiting"
    assert contribute(found.pk, by, "comment", "有人说要罚款，我不赞成", here.later()).state == "waiting"


def rejected(here: Consulting) -> Contribution:
    found = here.opened()
    row = contribute(found.pk, Speaker(here.resident(2)), "comment", "电费谁出要说清", here.later())
    return moderate(row.pk, here.who["chair"], here.later(), "not_about_this", "另有事项")


def test_an_appeal_goes_to_another_organ_with_a_clock(here: Consulting) -> None:
    row = rejected(here)
    with refused("no_appeal"):
        appeal(row.pk, here.resident(3), "不公平", here.later())
    row = appeal(row.pk, here.resident(2), "就是这件事", here.later())
    assert row.appeal_due is not None and row.appeal_due - here.at > timedelta(days=5)
    with refused("not_of_organ"):
        answer_appeal(row.pk, here.who["chair"], True, "自己答", here.later())
    answer_appeal(row.pk, here.who["street"], True, "确实有关", here.later())
    assert row in queries.shown(row.consultation, "comment", here.at)


def test_an_appeal_that_nobody_answers_shows_the_words_again(here: Consulting) -> None:
    row = rejected(here)
    row = appeal(row.pk, here.resident(2), "就是这件事", here.later())
    assert row not in queries.shown(row.consultation, "comment", here.at)
    assert row in queries.shown(row.consultation, "comment", here.later(days=9))
    assert row not in queries.withheld(row.consultation, here.at)


def test_three_hundred_from_one_address_are_stopped(here: Consulting) -> None:
    found, kept = here.opened(), 0
    for number in range(300):
        try:
            by = Speaker(here.resident(number % 40), "203.0.113.7")
            contribute(found.pk, by, "statement", f"观点{number}号", here.at)
            kept += 1
        except Refused as fault:
            assert fault.code == "too_many_contributions" and 0 < fault.args_map["minutes"] <= 60
    assert kept == 20
    contribute(found.pk, Speaker(here.resident(41), "203.0.113.8"), "statement", "别处来的", here.at)


def test_the_map_shows_groups_from_ten_people_on(here: Consulting) -> None:
    found = here.opened()
    here.camps(found)
    seen = drawn(found, here.at)
    assert [group.people for group in seen.groups] == [14, 12] and seen.withheld == 0
    assert {view.statement.text for view in seen.unites} == {"周末早上也开"}
    assert {view.statement.text for view in seen.groups[0].says} & {"晚上开到九点", "收一点电费"}
    assert all(view.share % 5 == 0 for group in seen.groups for view in group.says)


def test_a_group_of_nine_is_withheld(here: Consulting) -> None:
    found = here.opened()
    here.camps(found, (16, 6))
    seen = drawn(found, here.at)
    assert all(group.people >= 10 for group in seen.groups)
    assert 0 < seen.withheld < 10 and seen.withheld + sum(group.people for group in seen.groups) == 22


def test_open_data_need_ten_people_and_name_nobody(here: Consulting) -> None:
    found = here.opened()
    here.camps(found, (5, 4))
    assert open_data(found, here.at) is None
    found = here.opened()
    here.camps(found)
    data = open_data(found, here.at)
    assert data is not None and {line[0] for line in data} == set(range(1, 27)) and len(data) == 26 * 8


def test_the_step_does_not_end_before_every_main_point_has_its_answer(here: Consulting) -> None:
    found = here.opened()
    here.camps(found)
    matter = found.matter
    here.do(matter, "chair", "part", part="attend.residents", count=12)
    over: dict[str, Any] = {"outcome": "heard", "fields": {"delegated": False}, "words": {"adopted_or_not": "采纳一条"}}
    here.who["unit"] = here.who["street"]
    from gongzhi.records.institutions.models import OrganInstance
    from gongzhi.records.people.models import SeatTerm

    units = OrganInstance.objects.get(organ="stationed_units")
    SeatTerm.objects.create(person=here.who["unit"], organ_instance=units, seat="", start=here.at)
    here.do(matter, "unit", "part", part="attend.stationed_units", organ="stationed_units")
    with refused("points_unanswered"):
        here.do(matter, "chair", **over)
    answer_points(found.pk, here.who["chair"], [{"text": "开到九点", "decision": "", "reason": ""}], here.later())
    with refused("points_unanswered"):
        here.do(matter, "chair", **over)
    with refused("ground_missing"):
        answer_points(found.pk, here.who["chair"], [{**POINTS[0], "reason": ""}], here.later())
    answer_points(found.pk, here.who["chair"], POINTS, here.later())
    assert here.do(matter, "chair", **over).step == "assembly"
    found.refresh_from_db()
    assert found.status == "closed" and found.closed_at == here.at


def test_a_person_gets_a_copy_and_is_forgotten(here: Consulting) -> None:
    found = here.opened()
    row = contribute(found.pk, Speaker(here.resident(7)), "comment", "灯也修一修", here.later())
    assert own_data(here.resident(7))["contributions"][0]["text"] == "灯也修一修"
    forget_person(here.resident(7), here.later())
    row.refresh_from_db()
    assert row.author is None and row.text == ""
