"""Who may appoint is what the charter's relations say; two people reset a sign-in, a third uses the code."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import staffing
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.models import AccessLog
from gongzhi.records.people import appointing, open_forms
from gongzhi.records.people.actions import create_staff
from gongzhi.records.people.models import Person, SeatTerm, SecondFactor
from gongzhi.records.people.posts import Appointment, SignInReset
from tests.support.demo import demo_community, staff

NOW = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
pytestmark = pytest.mark.django_db
TYPES = {"committee": "residents_committee", "station": "service_station", "urban": "urban_section"}


@pytest.fixture
def demo(tmp_path: Path, settings: Settings) -> None:
    settings.GONGZHI_HOME = tmp_path
    demo_community(tmp_path)


def organ(name: str) -> OrganInstance:
    return OrganInstance.objects.select_related("place").get(organ=TYPES[name], charter="fuqu")


def rights(login: str) -> staffing.Rights:
    return staffing.rights_of(staff(login), NOW)


def new_term(where: str, seat: str, person: Person, **more: object) -> appointing.NewTerm:
    found = organ(where)
    return appointing.NewTerm(
        person, found, staffing.seat_of(rights("deputy"), found, seat), more.pop("start", NOW),  # type: ignore[arg-type]
        more.pop("document", "选字〔2026〕1号"), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def refused(code: str, deed: object, *args: object) -> None:
    with pytest.raises(Refused) as caught:
        deed(*args)  # type: ignore[operator]
    assert caught.value.code == code


WHO = (
    ("deputy", "station", "worker", True),  # the station represents the street office
    ("deputy", "urban", "chief", True),  # led by it
    ("clerk", "urban", "chief", False),  # not the seat that speaks
    ("urban", "urban", "deputy_chief", False),  # nobody fills the seats beside their own
    ("director", "station", "worker", False),  # independent of each other
    ("director", "committee", "member", False),  # the elected do not elect
    ("director", "committee", "", True),  # who helps without a post is the committee's own affair
    ("bureau", "urban", "chief", False),
)


def test_the_relations_of_the_charter_say_who_appoints(demo: None) -> None:
    for login, where, seat, may in WHO:
        found, reader = organ(where), rights(login)
        asked = staffing.seat_of(reader, found, seat)
        assert (reader.over(found, asked) is not None) is may, (login, where, seat)


def test_who_guides_only_keeps_the_record_of_an_election(demo: None) -> None:
    found, reader = organ("committee"), rights("deputy")
    right = reader.over(found, staffing.seat_of(reader, found, "member"))
    assert right is not None and right.records
    assert reader.over(found, None) is None  # work without a post is no election: the street may not send somebody
    person = create_staff("new", "新人", None, NOW)
    refused("no_composition", staffing.appoint, reader, new_term("committee", "member", person), NOW)
    refused("no_document", staffing.appoint, reader, new_term("committee", "member", person, document=""), NOW)
    term = staffing.appoint(reader, new_term("committee", "member", person, composition=True), NOW)
    kept = Appointment.objects.get(term=term)
    assert (term.basis, kept.document, kept.composition, kept.by) == (
        "elected",
        "选字〔2026〕1号",
        True,
        staff("deputy"),
    )


def test_nobody_appoints_themselves_and_a_chair_takes_one(demo: None) -> None:
    reader, person = rights("deputy"), create_staff("new", "新人", None, NOW)
    refused("appoint_self", staffing.appoint, reader, new_term("urban", "deputy_chief", staff("deputy")), NOW)
    refused("seat_taken", staffing.appoint, reader, new_term("urban", "chief", person), NOW)
    refused("not_appointer", staffing.appoint, rights("clerk"), new_term("urban", "deputy_chief", person), NOW)


def test_a_term_that_ends_later_keeps_its_chair_until_then(demo: None) -> None:
    reader, person = rights("deputy"), create_staff("new", "新人", None, NOW)
    chief = SeatTerm.objects.select_related("organ_instance__place").get(organ_instance=organ("urban"), seat="chief")
    leaves = NOW + timedelta(days=10)
    staffing.end_term(reader, chief, "免字〔2026〕2号", leaves, NOW)
    refused("seat_taken", staffing.appoint, reader, new_term("urban", "chief", person), NOW)
    after = staffing.appoint(reader, new_term("urban", "chief", person, start=leaves), NOW)
    assert after.slot == 1 and staff("urban").is_staff_member(NOW) and not person.is_staff_member(NOW)
    assert not staff("urban").is_staff_member(leaves) and person.is_staff_member(leaves)
    assert chief.appointment.ended_document == "免字〔2026〕2号"


def test_a_stand_in_holds_the_seat_for_a_time_beside_its_holder(demo: None) -> None:
    reader, person = rights("deputy"), create_staff("new", "新人", None, NOW)
    ends = NOW + timedelta(days=30)
    term = staffing.appoint(reader, new_term("urban", "chief", person, end=ends), NOW)
    assert person.is_staff_member(NOW) and not person.is_staff_member(ends) and term.basis == "stand_in"
    second = create_staff("second", "另一人", None, NOW)
    refused("seat_taken", staffing.appoint, reader, new_term("urban", "chief", second, end=ends), NOW)
    far = NOW + timedelta(days=181)
    refused("too_long", staffing.appoint, reader, new_term("urban", "deputy_chief", second, end=far), NOW)


def test_two_people_reset_a_sign_in_and_the_third_uses_the_code(demo: None) -> None:
    person = staff("urban")
    refused("not_appointer", staffing.ask_reset, rights("clerk"), person, NOW)
    reset = staffing.ask_reset(rights("deputy"), person, NOW)
    assert staffing.ask_reset(rights("deputy"), person, NOW) == reset
    for login in ("deputy", "urban", "bureau"):
        refused("not_second", staffing.confirm_reset, rights(login), reset, NOW)
    code = staffing.confirm_reset(rights("clerk"), reset, NOW)
    refused("reset_over", staffing.confirm_reset, rights("clerk2"), reset, NOW)
    wrong = f"{(int(code) + 1) % 10**8:08}"
    assert not appointing.use_reset("urban", wrong, "a fresh long password", NOW)
    assert not appointing.use_reset("urban", code, "a fresh long password", NOW + timedelta(minutes=31))
    assert appointing.use_reset("urban", code, "a fresh long password", NOW)
    assert not appointing.use_reset("urban", code, "another long password", NOW)
    assert staff("urban").check_password("a fresh long password")
    assert not SecondFactor.objects.filter(person=person).exists()
    assert set(AccessLog.objects.values_list("reason", flat=True)) >= {"reset_asked", "reset_confirmed"}


def test_five_wrong_codes_are_enough(demo: None) -> None:
    reset = staffing.ask_reset(rights("deputy"), staff("urban"), NOW)
    code = staffing.confirm_reset(rights("clerk"), reset, NOW)
    for _ in range(appointing.TRIES):
        assert not appointing.use_reset("urban", "x", "a fresh long password", NOW)
    assert not appointing.use_reset("urban", code, "a fresh long password", NOW)


def test_the_database_refuses_a_reset_by_one_person(demo: None) -> None:
    reset = staffing.ask_reset(rights("deputy"), staff("urban"), NOW)
    for one in (reset.asked_by, reset.person):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignInReset.objects.filter(pk=reset.pk).update(confirmed_by=one, confirmed_at=NOW)


def test_an_open_form_is_seen_by_others_until_it_runs_out(db: None) -> None:
    open_forms.mark("A1", "me", "主任", NOW)
    open_forms.mark("A1", "she", "书记", NOW)
    assert open_forms.seen(["A1", "A2"], "me", NOW) == {"A1": "书记"}
    assert open_forms.seen(["A1"], "she", NOW) == {}
    assert open_forms.seen(["A1"], "me", NOW + open_forms.LIVES + timedelta(seconds=1)) == {}
    open_forms.leave("A1")
    assert open_forms.seen(["A1"], "me", NOW) == {}
