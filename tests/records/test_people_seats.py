"""One chair, one person; an erased account leaves only its digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.charter.spec import Seat
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.actions import (
    SeatTaken,
    create_staff,
    erase_account,
    leave_seat,
    record_consent,
    take_seat,
)
from gongzhi.records.people.models import HelperConsent, Person, SeatTerm
from gongzhi.records.people.queries import about, holders

NOW = datetime(2026, 3, 16, 8, 30, tzinfo=UTC)
DIRECTOR = Seat("director", "主任", "elected")
MEMBER = Seat("member", "委员", "elected", count=2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> OrganInstance:
    place = add_place("990101001001", "试验社区", "community")
    return OrganInstance.objects.create(organ="committee", place=place, charter="trial", title="试验社区居委会")


def staff(login: str) -> Person:
    return create_staff(login, login, "a long password here", NOW)


def test_a_single_chair_is_held_by_one_person_at_a_time(committee: OrganInstance) -> None:
    first, second = staff("first"), staff("second")
    term = take_seat(first, committee, DIRECTOR, NOW)
    with pytest.raises(SeatTaken):
        take_seat(second, committee, DIRECTOR, NOW)
    leave_seat(term, NOW + timedelta(days=1))
    take_seat(second, committee, DIRECTOR, NOW + timedelta(days=1))
    assert holders(committee.pk, "director", NOW) == [first]
    assert holders(committee.pk, "director", NOW + timedelta(days=2)) == [second]


def test_a_seat_of_two_takes_two_and_no_third(committee: OrganInstance) -> None:
    for login in ("a", "b"):
        take_seat(staff(login), committee, MEMBER, NOW)
    with pytest.raises(SeatTaken):
        take_seat(staff("c"), committee, MEMBER, NOW)


def test_nobody_sits_on_two_chairs_of_one_seat(committee: OrganInstance) -> None:
    person = staff("a")
    take_seat(person, committee, MEMBER, NOW)
    with pytest.raises(SeatTaken):
        take_seat(person, committee, MEMBER, NOW)


def test_the_database_itself_refuses_a_second_director(committee: OrganInstance) -> None:
    """Without the constraint this fails: two requests may both have seen the chair free."""
    take_seat(staff("a"), committee, DIRECTOR, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatTerm.objects.create(person=staff("b"), organ_instance=committee, seat="director", slot=1, start=NOW)


def test_a_post_needs_a_chair_number_and_work_without_a_post_has_none(committee: OrganInstance) -> None:
    take_seat(staff("a"), committee, None, NOW)
    take_seat(staff("b"), committee, None, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatTerm.objects.create(person=staff("c"), organ_instance=committee, seat="director", start=NOW)


def test_staff_is_who_holds_a_seat_now(committee: OrganInstance) -> None:
    person = staff("a")
    assert not person.is_staff_member(NOW)
    term = take_seat(person, committee, DIRECTOR, NOW)
    assert person.is_staff_member(NOW)
    assert not person.is_staff_member(NOW - timedelta(seconds=1))
    leave_seat(term, NOW + timedelta(hours=1))
    assert not person.is_staff_member(NOW + timedelta(hours=1))


def test_a_helper_is_somebody_else(committee: OrganInstance) -> None:
    person = staff("a")
    with pytest.raises(IntegrityError), transaction.atomic():
        record_consent(person, committee.place, person, "", "同意", "paper", "李", NOW)


def test_an_erased_account_leaves_only_its_digest(committee: OrganInstance) -> None:
    person, helper = staff("a"), staff("helper")
    person.phone = "13812345678"
    person.save()
    take_seat(person, committee, DIRECTOR, NOW)
    record_consent(helper, committee.place, person, "王芳", "同意", "spoken", "李敏", NOW)
    digest = person.digest
    erase_account(person, NOW + timedelta(days=1))
    left = Person.objects.get(pk=person.pk)
    told = about(left)
    assert left.digest == digest
    assert (told["name"], told["phone"], told["login"], left.phone_index) == ("", "", None, None)
    assert not left.is_staff_member(NOW + timedelta(days=1))
    consent = HelperConsent.objects.get(resident=person)
    assert (consent.resident_name, consent.witness) == ("", "")
    assert consent.text_digest
