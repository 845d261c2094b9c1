"""Seats and terms in the browser: a new colleague from appointment to first sign-in, and the end of a term."""

from __future__ import annotations

import re
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.actions import create_staff, take_seat
from gongzhi.records.people.models import SeatTerm
from gongzhi.records.people.posts import Appointment
from tests.support.demo import staff
from tests.web.bench import Bench, text_of


def organ(name: str) -> OrganInstance:
    return OrganInstance.objects.get(organ=name, charter="fuqu")


def test_a_new_colleague_is_appointed_and_signs_in(bench: Bench) -> None:
    deputy, clerk = bench.client("deputy"), bench.client("clerk")
    address = reverse("work_staff_appoint", args=[organ("urban_section").pk]) + "?seat=deputy_chief"
    typed = {"login": "xin", "name": "新人", "document": "", "start": "2026-03-16", "due": "2026-13-01"}
    assert "2026-03-16这样的日期" in text_of(deputy.post(address, typed))
    again = deputy.post(address, {**typed, "due": ""})
    assert again.status_code == 422 and 'value="xin"' in again.content.decode()  # nothing typed is lost
    assert deputy.post(address, {**typed, "due": "", "document": "任字1号"}).status_code == 302
    term = SeatTerm.objects.get(person__login="xin")
    assert (term.seat, term.appointment.document, staff("xin").has_usable_password()) == (
        "deputy_chief",
        "任字1号",
        False,
    )

    reset = reverse("work_staff_reset", args=[term.pk])
    assert deputy.post(reset, {}).status_code == 422
    assert deputy.post(reset, {"seen": "yes"}).status_code == 302
    listed = clerk.get(reverse("work_staff")).content.decode()
    confirm = re.search(r'action="(/work/staff/resets/\d+/confirm)"', listed)
    assert confirm and "/confirm" not in deputy.get(reverse("work_staff")).content.decode()
    code = re.search(r"govuk-heading-l\">([\d\s\u00a0\u2009\u202f]+)<", clerk.post(confirm[1]).content.decode())
    assert code
    fresh, password = Client(HTTP_HOST="localhost"), "a fresh long password"
    form = {"login": "xin", "code": code[1], "password": password, "again": password}
    assert fresh.post(reverse("login_reset"), {**form, "again": "other"}).status_code == 422
    assert fresh.post(reverse("login_reset"), {**form, "code": "00000000"}).status_code == 422
    assert fresh.post(reverse("login_reset"), form).status_code == 302
    signed = fresh.post(reverse("login_staff"), {"login": "xin", "password": password}, follow=True)
    assert "<svg" in signed.content.decode()  # a code generator of their own is set up now


def test_an_election_needs_its_record_and_the_bodys_statement(bench: Bench) -> None:
    deputy = bench.client("deputy")
    address = reverse("work_staff_appoint", args=[organ("residents_committee").pk]) + "?seat=member"
    assert "不能指定人选" in text_of(deputy.get(address))
    typed = {"login": "xin", "name": "新人", "document": "选报1号"}
    assert "选举委员会的声明" in text_of(deputy.post(address, typed))
    assert not Appointment.objects.exists()
    assert deputy.post(address, {**typed, "composition": "yes", "due": "2031-03-16"}).status_code == 302
    assert SeatTerm.objects.get(person__login="xin").due == date(2031, 3, 16)
    assert bench.client("director").get(address).status_code == 404


def test_a_term_ends_and_the_list_says_the_seat_is_free(bench: Bench) -> None:
    deputy, term = bench.client("deputy"), SeatTerm.objects.get(person__login="urban")
    address = reverse("work_staff_end", args=[term.pk])
    assert deputy.post(address, {"document": ""}).status_code == 422
    assert deputy.post(address, {"document": "免字1号"}).status_code == 302
    assert "科长" in text_of(deputy.get(reverse("work_staff") + "?show=vacant&q=科长"))
    assert bench.client("urban").get(reverse("today")).status_code in (302, 403)
    assert deputy.get(reverse("work_staff_file")).content[:2] == b"PK"


def test_the_list_asks_the_database_as_often_for_many_people(bench: Bench) -> None:
    deputy, address = bench.client("deputy"), reverse("work_staff")
    deputy.get(address)
    with CaptureQueriesContext(connection) as few:
        deputy.get(address)
    for n in range(30):
        take_seat(create_staff(f"n{n}", f"n{n}", None, bench.at), organ("urban_section"), None, bench.at)
    with CaptureQueriesContext(connection) as many:
        assert "n29" in text_of(deputy.get(address + "?q=城管科"))
    assert len(many) <= len(few)
