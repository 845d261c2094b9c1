"""A payment step of a matter, in a shipped charter: asked by one, signed by another, booked when the step ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongzhi.config.environment import REPOSITORY
from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import funds as money
from gongzhi.desk import funds_plan as plan
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.funds import NewEntry
from gongzhi.desk.funds_plan import Use
from gongzhi.desk.setup import set_up_place
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.funds.models import FundBook, FundEntry
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.models import Person, SeatTerm

FOLDER = REPOSITORY / "charters" / "chaoyang"
AT = datetime(2026, 3, 17, 9, tzinfo=CHINA)


def person(name: str, organ: str, seat: str, start: datetime) -> Person:
    found = Person.objects.create(login=name, display_name=name, joined_at=start, purpose="test", legal_basis="test",
                                  collected_from="self")  # fmt: skip
    instance = OrganInstance.objects.get(charter="chaoyang", organ=organ)
    SeatTerm.objects.create(person=found, organ_instance=instance, seat=seat, slot=1, start=start)
    return found


def test_a_payment_step_books_what_was_asked_and_signed(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.GONGZHI_HOME = tmp_path
    place, _charter = set_up_place(FOLDER)
    start = AT - timedelta(days=30)
    director = person("director", "residents_committee", "director", start)
    vice = person("vice", "residents_committee", "vice_director", start)
    signer = person("signer", "deliberation_committee", "member", start)
    book = FundBook.objects.get(place=place, organ__organ="residents_committee")
    new = NewEntry(AT.date(), "拨款", "d" * 64)
    got = money.ask_receipt(book, "committee_account", "4001", 10_000, new, director, AT)
    money.approve(got.pk, vice, AT)
    uses = [Use("repair", "维修", "5005", 8_000)]
    plan.set_budget(book.funds.get(), 2026, 8_000, uses, "d" * 64, director, AT)
    filed = file_matter(NewMatter(place, "spending", organ="residents_committee"), director, AT, "k1")
    number = filed.matter.number
    do = lambda who, kind, n, **more: take_step(number, Draft(kind, **more), who, AT + timedelta(minutes=n), None)  # noqa: E731
    do(director, "done", 1, outcome="planned", words={"budget_line": "维修"})
    do(signer, "part", 2, part="sign.deliberation_committee.member")
    paid = {"outcome": "paid", "words": {"voucher": "发票"}}
    with pytest.raises(Refused, match="no_payment"):
        do(director, "done", 3, **paid)
    matter = filed.matter
    more = NewEntry(AT.date(), "修灯", "e" * 64, matter=matter)
    money.ask_payment(book, "committee_account", "repair", 8_000, more, director, AT)
    do(director, "done", 5, **paid)
    entry = FundEntry.objects.get(kind="payment")
    assert (entry.state, entry.asked_by, entry.approved_by) == ("posted", director.digest, signer.digest)
    matter.refresh_from_db()
    assert matter.step == "show"
