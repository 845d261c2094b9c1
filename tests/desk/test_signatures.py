"""Signatures under an initiative: the threshold of the rule in force, one each, taken back without a trace, counted."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import signatures as desk
from gongzhi.records.consultations.models import Signature, SignatureList
from gongzhi.records.matters.models import AccessLog, Matter, Message
from tests.support.consulting import Consulting, found_consulting


@pytest.fixture
def here(db: None, settings: object, tmp_path: object) -> Consulting:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    return found_consulting()


def refused(code: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=code)


def planned(here: Consulting) -> SignatureList:
    matter = here.do(
        here.file("initiative", "initiative"), "director", outcome="registered", words={"proposal": "停车"}
    )
    return SignatureList.objects.get(matter=matter, visit=matter.visit)


def opened(here: Consulting, eligible: int = 50) -> SignatureList:
    return desk.open_list(planned(here).pk, here.who["director"], eligible, here.later())


def test_the_rule_says_how_many_are_needed(here: Consulting) -> None:
    found = planned(here)
    assert found.rule == "residents_meeting_request" and "第26条" in found.law and found.needed == 0
    with refused("not_of_organ"):
        desk.open_list(found.pk, here.who["chair"], 1204, here.at)
    assert desk.open_list(found.pk, here.who["director"], 1204, here.at).needed == 121
    assert desk.open_list(found.pk, here.who["director"], 1200, here.at).needed == 120


def test_the_law_of_the_day_decides(here: Consulting) -> None:
    found = planned(here)
    charter, step = desk._place_of(found)
    before = desk._rule(charter, step, datetime(2025, 12, 31, tzinfo=CHINA))
    assert before is not None and desk.least(before, 1204) == 241


def test_one_signature_each_and_none_of_strangers(here: Consulting) -> None:
    found = opened(here)
    desk.sign(found.pk, here.resident(1), here.at)
    with refused("signed_already"):
        desk.sign(found.pk, here.resident(1), here.at)
    with refused("not_resident"):
        desk.sign(found.pk, here.who["secretary"], here.at)
    row = Signature.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(signature_list=found, person=row.person, signed_at=here.at, purpose="x",
                                 legal_basis="x", collected_from="x")  # fmt: skip


def test_nobody_signs_before_it_opens_or_after_its_time(here: Consulting) -> None:
    found = planned(here)
    with refused("list_closed"):
        desk.sign(found.pk, here.resident(1), here.at)
    found = desk.open_list(found.pk, here.who["director"], 50, here.at)
    assert found.until is not None
    with refused("list_closed"):
        desk.sign(found.pk, here.resident(1), here.later(days=60))


def test_taken_back_leaves_nothing(here: Consulting) -> None:
    found = opened(here)
    desk.sign(found.pk, here.resident(1), here.at)
    desk.unsign(found.pk, here.resident(1), here.at)
    assert not Signature.objects.exists()
    with refused("not_signed"):
        desk.unsign(found.pk, here.resident(1), here.at)


def test_reaching_the_threshold_is_an_act_of_the_matter_and_the_organ_is_told(here: Consulting) -> None:
    found = opened(here)
    for number in range(1, 6):
        desk.sign(found.pk, here.resident(number), here.later())
    found.refresh_from_db()
    assert found.reached_at == here.at
    last = found.matter.acts.order_by("-seq")[0]
    assert last.kind == "note" and last.organ == "system"
    assert Message.objects.filter(code="signatures_reached", organ=found.organ).exists()
    desk.unsign(found.pk, here.resident(1), here.later())
    found.refresh_from_db()
    assert found.reached_at is None


def test_the_count_is_that_of_the_list_and_no_other(here: Consulting) -> None:
    found = opened(here)
    for number in range(1, 6):
        desk.sign(found.pk, here.resident(number), here.later())
    with refused("signatures_differ"):
        here.do(found.matter, "director", counts={"eligible": 50, "yes": 40})
    desk.hand_in(found.pk, here.who["director"], here.later(), None)
    assert Matter.objects.get(pk=found.matter_id).step == "call"
    found.refresh_from_db()
    assert found.closed_at is not None
    with refused("list_closed"):
        desk.sign(found.pk, here.resident(9), here.later())


def test_too_few_end_the_initiative(here: Consulting) -> None:
    found = opened(here)
    desk.sign(found.pk, here.resident(1), here.later())
    desk.hand_in(found.pk, here.who["director"], here.later(), None)
    assert Matter.objects.get(pk=found.matter_id).end == "not_enough"


def test_names_are_for_the_organ_that_counts_and_reading_them_is_noted(here: Consulting) -> None:
    found = opened(here)
    desk.sign(found.pk, here.resident(1), here.at)
    with refused("not_of_organ"):
        desk.names(found.pk, here.who["chair"], here.at)
    assert [name for name, *_ in desk.names(found.pk, here.who["director"], here.at)] == ["r1"]
    assert AccessLog.objects.filter(reason="signatures", reader=here.who["director"].digest).exists()


def test_a_name_on_paper_counts_once_and_can_be_struck_out(here: Consulting) -> None:
    found, director = opened(here, 20), here.who["director"]
    desk.sign(found.pk, here.resident(1), here.at)
    with refused("not_of_organ"):
        desk.sign_on_paper(found.pk, here.who["chair"], "王秀英", here.at)
    assert desk.sign_on_paper(found.pk, director, "王秀英", here.later()).reached_at == here.at
    with refused("written_already"):
        desk.sign_on_paper(found.pk, director, "王 秀英", here.at)
    desk.sign_on_paper(found.pk, director, "王秀英3号楼", here.at)
    paper = [number for *_, number in desk.names(found.pk, director, here.at) if number]
    for number in paper:
        desk.strike(found.pk, director, number, here.at)
    found.refresh_from_db()
    assert found.signatures.count() == 1 and found.reached_at is None
    with refused("not_signed"):
        desk.strike(found.pk, director, found.signatures.get().pk, here.at)
