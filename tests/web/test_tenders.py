"""The pages of tenders: terms, a bid on a phone and an envelope, the opening, the panel, the board for everybody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongzhi.desk.draft import NewMatter
from gongzhi.desk.step import file_matter, settle
from gongzhi.records.projects.tender_queries import latest
from gongzhi.records.projects.tenders import Bid, Tender
from gongzhi.web import clock
from tests.support.tendering import HOUR, OPENING, OUT, Bidding, set_up_tender
from tests.support.visitors import visitor
from tests.web.bench import text_of

TERMS = {"day": "2026-03-30", "time": "09:30", "estimate": "540,000", "where": "区民政局一楼", "title1": "服务老人",
         "wanted1": "1200", "unit1": "人次"}  # fmt: skip
OFFER = {"bidder": "和睦服务社", "price": "520,000元", "offer": "每天四点半到六点。"}


@pytest.fixture
def bidding(db: None, settings: object, tmp_path: Path) -> Bidding:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    settings.GONGZHI_STORY_CLOCK = True  # type: ignore[attr-defined]
    made = set_up_tender()
    clock.set_story_time(OUT)
    return made


def staff(bidding: Bidding, role: str) -> Client:
    return visitor(bidding.who[role], strong=True)


def do(client: Client, bidding: Bidding, what: str, **typed: object) -> HttpResponse:
    return client.post(reverse("work_tender", args=[bidding.matter.number]), {"do": what, **typed})


def test_a_tender_goes_through_its_pages(bidding: Bidding) -> None:
    buyer, auditor, jury = (staff(bidding, role) for role in ("buyer", "auditor", "panel"))
    bidder, guest, number = staff(bidding, "provider"), visitor(), bidding.matter.number
    page, board, bid = (reverse(name, args=[number]) for name in ("work_tender", "board_tender", "bid"))
    first = buyer.get(page).content.decode()
    assert 'value="2026-03-30"' in first and 'value="09:30"' in first  # the first working morning that is possible
    early = do(buyer, bidding, "terms", **{**TERMS, "day": "2026-03-29"})
    assert (
        early.status_code == 422
        and "最早可以定在2026年3月30日" in text_of(early)
        and "服务老人" in early.content.decode()
    )
    assert do(buyer, bidding, "terms", **TERMS).status_code == 302
    assert guest.get(bid).status_code == 302 and bidder.get(bid).status_code == 404  # not published yet
    bidding.do("buyer", "done", OUT, outcome="published", words={"tender_notice": "公告"})
    bidding.do("buyer", "serve", OUT)

    assert "正在收标书" in text_of(guest.get(board)) and number in guest.get(reverse("board_tenders")).content.decode()
    bad = bidder.post(bid, {**OFFER, "price": "五十万"})
    assert bad.status_code == 422 and "每天四点半" in bad.content.decode()
    assert bidder.post(bid, OFFER).status_code == 302
    receipt = text_of(bidder.get(bid))
    assert "1号标书已经封存" in receipt and Bid.objects.get().digest in receipt and "四点半" not in receipt
    assert "已经交过标书" in text_of(bidder.post(bid, {**OFFER, "price": "1"}))
    assert bidder.post(bid, {"do": "withdraw", "number": "1"}).status_code == 302
    assert "撤回了" in text_of(bidder.get(bid)) and bidder.post(bid, OFFER).status_code == 302
    assert do(buyer, bidding, "envelope", bidder="邻里互助中心").status_code == 302
    assert do(auditor, bidding, "envelope", bidder="谁").status_code == 422
    bidding.bid("青年公益社", 500_000, OUT)
    for reader in (guest, buyer):
        assert "和睦服务社" not in reader.get(board).content.decode()
    assert "和睦服务社" not in buyer.get(page).content.decode()

    clock.set_story_time(HOUR + timedelta(seconds=1))
    late = bidder.post(bid, {**OFFER, "bidder": "迟到社"})
    assert (
        late.status_code == 422
        and "09:30:01，迟到的标书依法不收" in text_of(late)
        and "四点半" not in text_of(guest.get(board))
    )
    settle(number, OPENING)
    bidding.do("auditor", "part", OPENING, part="attend.audit_office")
    clock.set_story_time(HOUR - timedelta(seconds=1))
    assert "早一秒也不能开" in text_of(buyer.get(page)) and do(buyer, bidding, "open").status_code == 422
    clock.set_story_time(HOUR)
    assert do(buyer, bidding, "open").status_code == 302
    assert "要两个人" in text_of(do(buyer, bidding, "open"))
    assert do(auditor, bidding, "open").status_code == 302
    assert "和睦服务社" in text_of(guest.get(board)) and "还没有唱标" in text_of(guest.get(board))
    assert do(buyer, bidding, "price", bid="3", price="530000", offer="先做养老").status_code == 302
    form = buyer.get(reverse("work_act", args=[number, "done", "opened"])).content.decode()
    assert 'value="3"' in form.partition('name="field.bids"')[2].partition(">")[0]  # nobody has to count
    bidding.do("buyer", "done", HOUR, outcome="opened", words={"opening_record": "记录"})

    for n in range(1, 6):
        assert do(jury, bidding, "seat", name=f"评委{n}", contact="", expert="1").status_code == 302
        do(jury, bidding, "declare", evaluator=n, interest="has" if n == 5 else "none")
    refused = do(jury, bidding, "marks", evaluator=5, mark2=9, mark3=9, mark4=9)
    assert refused.status_code == 422 and "另换一位评委" in text_of(refused)
    do(jury, bidding, "seat", name="替补", contact="", expert="1")
    do(jury, bidding, "declare", evaluator=6, interest="none")
    for n in (1, 2, 3, 4, 6):
        assert do(jury, bidding, "marks", evaluator=n, mark2=90, mark3=80, mark4=70).status_code == 302
    assert "现在的名次" in text_of(jury.get(page)) and "评委1" not in guest.get(board).content.decode()
    assert do(jury, bidding, "choose", bid="3", why="").status_code == 422
    bidding.do("panel", "done", HOUR, outcome="judged", words={"panel_report": "报告"})
    told = text_of(guest.get(board))
    assert "中标候选" in told and "5人评定" in told and "1人因利害关系回避" in told and "450" in told
    assert reverse("board_tender", args=[number]) in guest.get(reverse("public_matter", args=[number])).content.decode()
    guest.cookies["django_language"] = "en"
    assert "Winning candidate" in text_of(guest.get(board))


def test_below_the_size_the_page_says_that_the_way_is_simpler(bidding: Bidding) -> None:
    new = NewMatter(bidding.place, "welfare_tender", words={"what": "小项目"}, organ="civil_bureau", public=True)
    bidding.matter = file_matter(new, bidding.who["buyer"], OUT, None).matter
    bidding.do("buyer", "done", OUT, outcome="issued", fields={"must_tender": False}, words={"project_guide": "指南"})
    number = bidding.matter.number
    assert latest(bidding.matter) is None
    assert "简便方式" in text_of(visitor().get(reverse("board_tender", args=[number])))
    assert "简便方式" in text_of(staff(bidding, "buyer").get(reverse("work_tender", args=[number])))


def test_lists_of_tenders_cost_the_same_queries_however_many(bidding: Bidding) -> None:
    bidding.published()
    guest, buyer = visitor(), staff(bidding, "buyer")
    pages = [(guest, reverse("board_tenders")), (buyer, reverse("work_tenders"))]
    for client, page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        before = Tender.objects.count()
        for n in range(2, 8):
            Tender.objects.create(matter=bidding.matter, nth=before + n, begun_at=OUT, published_at=OUT, closes_at=HOUR,
                                  estimate=n)  # fmt: skip
        with CaptureQueriesContext(connection) as many:
            client.get(page)
        assert len(many) == len(few)
    assert guest.get(reverse("board_tenders"), {"state": "done"}).status_code == 200
    assert guest.get(reverse("board_tender", args=["none"])).status_code == 404
