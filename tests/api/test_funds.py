"""A year of money in a shipped institution, over HTTP: 70 per cent for the station, 300 yuan a head, two people."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongzhi.config.environment import REPOSITORY
from gongzhi.core.calendar import CHINA
from gongzhi.desk.setup import set_up_place
from gongzhi.records.funds.models import FundBook, FundEntry
from gongzhi.records.funds.queries import check
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.records.people.tokens import make_token
from gongzhi.web import clock
from tests.api.conftest import Answer, Caller

AT = datetime(2026, 3, 17, 9, tzinfo=CHINA)
PLACE = "150203999901"
SEATS = {
    "cashier": ("street_office", ""), "deputy": ("street_office", ""), "head": ("service_station", "station_head"),
    "worker": ("service_station", "worker"), "secretary": ("party_committee", "secretary"),
    "second": ("party_committee", "deputy"), "outsider": ("residents_committee", "director"),
}  # fmt: skip


class Office:
    """Everybody with a key, and the books by organ."""

    def __init__(self) -> None:
        place, _charter = set_up_place(REPOSITORY / "charters" / "baotou")
        self.books = {one.organ.organ: one.pk for one in FundBook.objects.filter(place=place).select_related("organ")}
        self.people = {name: self._person(name, *seat) for name, seat in SEATS.items()}

    @staticmethod
    def _person(name: str, organ: str, seat: str) -> Person:
        start = AT - timedelta(days=30)
        found = Person.objects.create(login=name, display_name=name, joined_at=start, purpose="test",
                                      legal_basis="test", collected_from="self")  # fmt: skip
        instance = OrganInstance.objects.get(charter="baotou", organ=organ)
        SeatTerm.objects.create(person=found, organ_instance=instance, seat=seat, slot=1 if seat else None, start=start)
        return found

    def post(self, who: str, path: str, **body: Any) -> Answer:
        return Caller(make_token(self.people[who], "test", True, timezone.now())[1]).post(path, body)

    def ask(self, who: str, organ: str, kind: str, amount: str, **more: Any) -> Answer:
        body = {"amount": amount, "day": "2026-03-16", "text": "测试", "evidence": "发票", **more}
        return self.post(who, f"/books/{self.books[organ]}/{kind}", **body)

    def approve(self, who: str, answer: Answer) -> Answer:
        assert answer.status == 201, answer.json
        return self.post(who, f"/books/entries/{answer.json['id']}/decision", approve=True)

    def budget(self, who: str, organ: str, fund: str, amount: str, uses: list[Any], **more: Any) -> Answer:
        body = {"year": 2026, "amount": amount, "uses": uses, "decision": "会议决定", **more}
        return self.post(who, f"/books/{self.books[organ]}/funds/{fund}/budget", **body)


@pytest.fixture
def office(db: None, settings: Settings, tmp_path: Path) -> Office:
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True
    made = Office()
    clock.set_story_time(AT)
    return made


USES = [{"use": "projects", "title": "公共服务项目", "account": "5002", "amount": "100000"}]


def test_the_year_of_a_community(office: Office) -> None:
    """BT-14, BT-29: what is meant for the station cannot be spent by the street; every refusal says why."""
    grant = office.ask("cashier", "street_office", "receipts", "200000", fund="community_account", income="4001")
    assert office.approve("cashier", grant).json["code"] == "second_person"
    assert office.approve("outsider", grant).json["code"] == "not_of_book"
    assert office.approve("deputy", grant).json["number"] == 1
    assert office.budget("cashier", "street_office", "community_account", "200000", USES).status == 201
    pay = {"fund": "community_account", "use": "projects"}
    refused = office.ask("cashier", "street_office", "payments", "60000.01", **pay)
    assert (refused.status, refused.json["code"]) == (409, "share_kept") and "70%" in refused.json["detail"]
    to = {"to_book": office.books["service_station"], "to_fund": "station_projects"}
    passed = office.ask("cashier", "street_office", "transfers", "140000", fund="community_account", **to)
    assert office.approve("deputy", passed).status == 200
    assert office.approve("deputy", office.ask("cashier", "street_office", "payments", "60000", **pay)).status == 200
    station = {"fund": "station_projects", "use": "projects"}
    assert office.budget("head", "service_station", "station_projects", "100000", USES).status == 201
    over = office.ask("head", "service_station", "payments", "100000.01", **station)
    assert over.json["code"] == "over_budget" and "100,000.00" in over.json["detail"]
    outside = office.ask("head", "service_station", "payments", "1", fund="station_projects", use="party")
    assert outside.json["code"] == "outside_earmark"
    last = [office.ask("head", "service_station", "payments", "100000", **station) for _n in range(2)]
    assert office.approve("worker", last[0]).status == 200
    assert office.approve("worker", last[1]).json["code"] == "over_budget"
    low = office.budget("secretary", "party_committee", "party_funds", "35999.99", [], heads=120)
    assert low.json["code"] == "below_least" and "36,000.00" in low.json["detail"]
    assert office.budget("secretary", "party_committee", "party_funds", "36000", [], heads=120).status == 201
    for pk in office.books.values():
        assert list(check(FundBook.objects.get(pk=pk))) == []
    shown = Caller().get(f"/communities/{PLACE}/funds").json
    assert {one["name"]: one["closing"] for one in shown["funds"]} == {
        "community_account": "0.00", "station_projects": "40,000.00", "party_funds": "0.00", "activity_money": "0.00"}  # fmt: skip
    listed = Caller().get(f"/communities/{PLACE}/funds/entries").json
    assert listed["total"] == 5 and all(len(one["hash"]) == 64 for one in listed["entries"])


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        ({"evidence": ""}, "evidence_missing", 422),
        ({"amount": "1.005"}, "amount_decimals", 422),
        ({"amount": "1e3"}, "amount_not_a_number", 422),
        ({"amount": "0"}, "amount_not_positive", 422),
        ({"text": "付给150203199001011234"}, "personal_in_text", 422),
        ({"day": "2026-03-18"}, "in_future", 422),
        ({"evidence": "%%", "evidence_name": "a.pdf"}, "evidence_kind", 422),
        ({"income": "5001"}, "account_unknown", 422),
    ],
)
def test_what_is_sent_wrongly_is_said(office: Office, change: dict[str, str], code: str, status: int) -> None:
    sent = {"fund": "community_account", "income": "4001", "amount": "5", **change}
    found = office.ask("cashier", "street_office", "receipts", **sent)
    assert (found.status, found.json["code"]) == (status, code) and len(found.json["detail"]) > 6
    assert not FundEntry.objects.exists()


def test_names_of_people_are_masked_for_everybody(office: Office) -> None:
    gift = office.ask("cashier", "street_office", "receipts", "50", fund="community_account", income="4003",
                      party="王小明", party_kind="person", text="小明治病捐款")  # fmt: skip
    office.approve("deputy", gift)
    told = Caller().get(f"/communities/{PLACE}/funds/entries")
    text = str(told.json)
    assert "王**" in text and "小明" not in text and "治病" not in text


def test_only_the_keepers_ask(office: Office) -> None:
    sent = {"fund": "community_account", "income": "4001"}
    assert office.ask("outsider", "street_office", "receipts", "5", **sent).json["code"] == "not_of_book"
    assert Caller().post(f"/books/{office.books['street_office']}/receipts", {}).status == 401
