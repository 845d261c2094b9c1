"""Tenders: sealed until the hour, to the second; two people open; no interests, an odd panel; evaluation by others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import tender_panel as panel
from gongzhi.desk import tenders as desk
from gongzhi.desk.audit import audit
from gongzhi.desk.step import settle
from gongzhi.records.projects import tender_actions as actions
from gongzhi.records.projects import tender_queries as queries
from gongzhi.records.projects.tender_actions import NewBid
from gongzhi.records.projects.tenders import Bid, Tender
from gongzhi.words.refusals_projects import project_refusal
from tests.support.tendering import HOUR, OPENING, OUT, TARGETS, Bidding, set_up_tender

SECOND = timedelta(seconds=1)
TERMS = desk.Terms(HOUR, 54_000_000, "区民政局一楼", TARGETS)


@pytest.fixture
def bidding(db: None, settings: object, tmp_path: object) -> Bidding:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    return set_up_tender()


def refused(work: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as found, transaction.atomic():
        work()
    return found.value


def code(work: Callable[[], object]) -> str:
    return refused(work).code


def test_a_call_needs_its_hour_its_estimate_and_its_targets(bidding: Bidding) -> None:
    def publish() -> object:
        return bidding.do("buyer", "done", OUT, outcome="published", words={"tender_notice": "公告"})

    assert code(publish) == "terms_missing"
    early = refused(lambda: desk.set_terms(bidding.matter, replace(TERMS, closes_at=HOUR - timedelta(days=1)),
                                           bidding.who["buyer"], OUT))  # fmt: skip
    assert early.code == "hour_too_early" and "2026年3月30日00:00:00" in project_refusal(early.code, early.args_map)
    for wrong, said in (({"estimate": 0}, "estimate_missing"), ({"where": " "}, "where_missing"),
                        ({"targets": []}, "targets_missing")):  # fmt: skip
        changed = replace(TERMS, **wrong)  # type: ignore[arg-type]
        assert code(partial(desk.set_terms, bidding.matter, changed, bidding.who["buyer"], OUT)) == said
    assert code(lambda: desk.set_terms(bidding.matter, TERMS, bidding.who["panel"], OUT)) == "not_holder"
    desk.set_terms(bidding.matter, TERMS, bidding.who["buyer"], OUT)
    assert code(lambda: bidding.bid("早到", 1, OUT)) == "bids_not_taken"
    publish()
    assert bidding.tender.published_at == OUT
    assert code(lambda: desk.set_terms(bidding.matter, TERMS, bidding.who["buyer"], OUT)) == "not_now"


def test_a_bid_is_taken_to_the_second_and_read_by_nobody_before_the_hour(bidding: Bidding) -> None:
    bidding.published()
    first = bidding.bid("甲服务社", 90_000, HOUR - SECOND)
    bidding.bid("乙服务社", 80_000, HOUR)
    late = refused(lambda: bidding.bid("丙服务社", 70_000, HOUR + SECOND))
    sentence = project_refusal(late.code, late.args_map)
    assert late.code == "bid_late" and "09:30:00截止" in sentence and "09:30:01" in sentence
    assert "09:30:00.300" in project_refusal("bid_late", {"closes_at": HOUR, "at": HOUR + SECOND * 0.3})
    assert code(lambda: bidding.bid("甲 服务社", 1, HOUR)) == "bid_twice"
    assert code(lambda: bidding.bid("丁", 0, HOUR)) == "bid_empty"
    assert queries.open_bids(bidding.tender) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT bidder, offer, price FROM records_bid ORDER BY number")
        kept = b"".join(bytes(cell) for row in cursor.fetchall() for cell in row)
    assert "甲服务社".encode() not in kept and b"9000000" not in kept
    assert first.digest == actions.digest_of(NewBid("甲服务社", "方案", 9_000_000))
    with pytest.raises(IntegrityError), transaction.atomic():  # the database says the same as the desk
        Bid.objects.filter(pk=first.pk).update(handed_at=HOUR + SECOND)


def test_a_bid_is_taken_back_until_the_hour_by_who_brought_it(bidding: Bidding) -> None:
    bidding.published()
    bid = bidding.bid("甲服务社", 90_000, OUT)
    assert code(lambda: desk.withdraw(bid, bidding.who["judge"], OUT)) == "bid_not_yours"
    assert code(lambda: desk.withdraw(bid, bidding.who["provider"], HOUR + SECOND)) == "bid_late"
    desk.withdraw(bid, bidding.who["provider"], OUT)
    assert bidding.bid("甲服务社", 85_000, OUT).number == 2
    assert queries.valid_bids(bidding.tender).count() == 1


def test_two_people_open_at_the_hour_and_not_a_second_before(bidding: Bidding) -> None:
    bidding.published()
    bidding.bid("甲", 90_000, OUT)
    bidding.bid("乙", 80_000, OUT)
    envelope = bidding.bid("丙", 0, OUT, channel="paper", by="buyer")
    assert code(lambda: desk.open_bids(bidding.matter, bidding.who["buyer"], HOUR)) == "not_now"
    settle(bidding.matter.number, OPENING)
    bidding.do("auditor", "part", OPENING, part="attend.audit_office")
    early = refused(lambda: desk.open_bids(bidding.matter, bidding.who["buyer"], HOUR - SECOND))
    assert early.code == "open_early" and "09:29:59" in project_refusal(early.code, early.args_map)
    assert code(lambda: desk.open_bids(bidding.matter, bidding.who["provider"], HOUR)) == "not_holder"

    def finish(**fields: object) -> object:
        return bidding.do("buyer", "done", HOUR, outcome="opened", fields=fields, words={"opening_record": "记录"})

    desk.open_bids(bidding.matter, bidding.who["buyer"], HOUR)
    assert code(lambda: desk.open_bids(bidding.matter, bidding.who["buyer"], HOUR)) == "second_opener"
    assert code(finish) == "bids_not_opened" and queries.open_bids(bidding.tender) == []
    desk.open_bids(bidding.matter, bidding.who["auditor"], HOUR)
    assert [bid.amount for bid in queries.open_bids(bidding.tender)] == [9_000_000, 8_000_000, None]
    assert code(finish) == "prices_missing"
    envelope = bidding.tender.bids.get(pk=envelope.pk)
    desk.enter_price(envelope, 7_500_000, "方案三", bidding.who["buyer"], HOUR)
    assert code(lambda: finish(bids=5)) == "facts_from_room"
    finish()
    assert desk.step_at(bidding.matter).room == "panel"  # type: ignore[union-attr]
    with pytest.raises(IntegrityError), transaction.atomic():
        Tender.objects.filter(pk=bidding.tender.pk).update(opened_at=HOUR - SECOND)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tender.objects.filter(pk=bidding.tender.pk).update(opened_with=bidding.who["buyer"].digest)
    assert audit().broken == []


def test_two_bids_are_too_few_and_the_call_goes_out_once_more(bidding: Bidding) -> None:
    bidding.opened(bids=2)
    assert bidding.tender.nth == 2 and bidding.tender.published_at is None
    assert bidding.tender.estimate == 54_000_000 and bidding.tender.closes_at is None


def test_an_evaluator_with_an_interest_is_refused_and_replaced(bidding: Bidding) -> None:
    bidding.opened()
    bidding.seat_panel(5, interests=(2,))

    def judge(**fields: object) -> object:
        return bidding.do("panel", "done", HOUR, outcome="judged", fields=fields, words={"panel_report": "报告"})

    out = bidding.tender.evaluators.get(number=2)
    who = bidding.who["panel"]
    bad = refused(lambda: panel.give_marks(out, {1: 90, 2: 80, 3: 70}, who, HOUR))
    assert bad.code == "evaluator_interest" and "另换一位" in project_refusal(bad.code, bad.args_map)
    assert code(lambda: panel.declare(out, "none", who, HOUR)) == "interest_stays"
    bidding.mark()
    assert code(judge) == "panel_small"
    assert (
        code(lambda: panel.add_evaluator(bidding.matter, "评委1", "13800000001", True, who, HOUR)) == "evaluator_twice"
    )
    new = panel.add_evaluator(bidding.matter, "替补", "", False, who, HOUR)
    assert code(judge) == "interest_undeclared"
    panel.declare(new, "none", who, HOUR)
    assert code(judge) == "marks_open"
    assert code(lambda: panel.give_marks(new, {1: 101, 2: 80, 3: 70}, who, HOUR)) == "marks_wrong"
    bidding.mark()
    assert code(lambda: judge(members=6)) == "facts_from_room"
    judge()
    assert bidding.tender.chosen == bidding.tender.bids.get(number=1) and bidding.tender.judged_at == HOUR


@pytest.mark.parametrize(("many", "experts", "said"), [(6, 6, "panel_even"), (7, 4, "experts_few")])
def test_a_panel_is_odd_and_two_thirds_experts(bidding: Bidding, many: int, experts: int, said: str) -> None:
    bidding.opened()
    bidding.seat_panel(many)
    for one in bidding.tender.evaluators.filter(number__gt=experts):
        one.expert = False
        one.save()
    bidding.mark()
    assert code(lambda: bidding.do("panel", "done", HOUR, outcome="judged", words={"panel_report": "报告"})) == said


def test_equals_in_marks_are_told_apart_by_price_and_another_choice_needs_a_reason(bidding: Bidding) -> None:
    bidding.opened()
    bidding.seat_panel()
    for one in bidding.tender.evaluators.all():
        panel.give_marks(one, {1: 80, 2: 80, 3: 70}, bidding.who["panel"], HOUR)
    rows = queries.ranked(bidding.tender)
    assert [(row.bid.number, row.sum, row.place) for row in rows] == [(1, 400, 1), (2, 400, 2), (3, 350, 3)]
    third = rows[2].bid
    assert code(lambda: panel.choose(third, " ", bidding.who["panel"], HOUR)) == "why_missing"
    panel.choose(third, "第一、二名放弃。", bidding.who["panel"], HOUR)
    bidding.do("panel", "done", HOUR, outcome="judged", words={"panel_report": "报告"})
    assert bidding.tender.chosen == third and bidding.tender.why


def test_who_delivers_does_not_say_that_it_was_reached(bidding: Bidding) -> None:
    bidding.opened()
    bidding.seat_panel()
    bidding.mark()
    bidding.do("panel", "done", HOUR, outcome="judged", words={"panel_report": "报告"})
    bidding.do("buyer", "serve", HOUR)
    later = HOUR + timedelta(days=9)
    settle(bidding.matter.number, later)
    bidding.do("buyer", "done", later, outcome="awarded", words={"award_notice": "通知"})
    bidding.do("provider", "part", later, part="sign.social_organisation")
    bidding.do("buyer", "done", later, outcome="signed", words={"service_contract": "合同"})
    provider, judge = bidding.who["provider"], bidding.who["judge"]

    def done(by: str, outcome: str, document: str) -> object:
        return bidding.do(by, "done", later, outcome=outcome, words={document: "报告"})

    assert code(lambda: done("provider", "done", "delivery_report")) == "targets_open"
    assert code(lambda: panel.delivered(bidding.matter, {3: 1}, provider, later)) == "numbers_wrong"
    panel.delivered(bidding.matter, {1: 1200, 2: 95}, provider, later)
    done("provider", "done", "delivery_report")
    assert code(lambda: panel.found(bidding.matter, {1: 1200, 2: 95}, provider, later)) == "not_holder"
    panel.found(bidding.matter, {1: 1100, 2: 95}, judge, later)
    bidding.do("judge", "part", later, part="attend.residents", count=30)
    short = refused(lambda: done("judge", "met", "performance_report"))
    assert short.code == "targets_short" and "服务老人" in project_refusal(short.code, short.args_map)
    panel.found(bidding.matter, {1: 1200}, judge, later)
    done("judge", "met", "performance_report")
    assert bidding.matter.status in ("closed", "final") and audit().broken == []
