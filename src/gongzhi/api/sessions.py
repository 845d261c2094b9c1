"""Proof of who somebody is, for programs: the same codes, limits and answers as the pages' sign-in."""

from __future__ import annotations

from smtplib import SMTPException

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest
from django.utils import timezone

from gongzhi.api.problems import Problem, too_often
from gongzhi.desk.channels import NotSent
from gongzhi.desk.sign_in_codes import reachable, send_sign_in_code
from gongzhi.records.institutions.queries import find_place
from gongzhi.records.people import limits, signin
from gongzhi.records.people.actions import register_resident
from gongzhi.records.people.contacts import BadContact, Contact, parse_contact
from gongzhi.records.people.models import Person, SignInCode


def send_code(request: HttpRequest, typed: str) -> int:
    """Send a code; seconds until another may be asked for. The answer says nothing about who is registered."""
    contact, now = contact_of(typed), timezone.now()
    if not reachable(contact.kind):
        raise Problem(422, "contact_unreachable")
    if wait := signin.wait_before_resend(contact, now):
        raise too_often(wait)
    spend(limits.CODE_FROM_ADDRESS, address_of(request))
    spend(limits.CODE_TO_CONTACT, contact.index)
    row, code = signin.make_code(contact, now)
    try:
        send_sign_in_code(contact, code)
    except (NotSent, OSError, SMTPException) as fault:
        row.delete()
        raise Problem(503, "code_not_sent") from fault
    return int(signin.RESEND_AFTER.total_seconds())


def prove_contact(request: HttpRequest, typed: str, code: str, place: str) -> Person:
    """The resident whose contact got this code; registered at the first success. Raises Problem."""
    contact, now = contact_of(typed), timezone.now()
    spend(limits.TRY_CODE, contact.index)
    row = SignInCode.objects.filter(contact_index=contact.index).order_by("-pk").first()
    checked = signin.check_code(row, code, now) if row else "wrong"
    if checked != "right":
        raise Problem(401, f"code_{checked}")
    home = find_place(place) if place else None
    if place and home is None:
        raise Problem(422, "unknown_place", place=place)
    return register_resident(contact, home, now)


def prove_staff(request: HttpRequest, login: str, password: str, code: str) -> Person:
    """The member of staff with this password and generated code. One answer for everything that is wrong."""
    now = timezone.now()
    spend(limits.PASSWORD_FROM_ADDRESS, address_of(request))
    spend(limits.PASSWORD_OF_LOGIN, login)
    person = Person.objects.filter(login=login, is_active=True, erased_at=None).first()
    if person is None:
        make_password(password)  # as slow as for a login that exists
        raise Problem(401, "password_wrong")
    factor = getattr(person, "second_factor", None)
    if not check_password(password, person.password) or factor is None or factor.confirmed_at is None:
        raise Problem(401, "password_wrong")
    spend(limits.SECOND_FACTOR, person.digest)
    if not signin.check_generated(factor, code, now):
        raise Problem(401, "password_wrong")
    return person


def contact_of(typed: str) -> Contact:
    try:
        return parse_contact(typed)
    except BadContact as bad:
        raise Problem(422, "contact_bad") from bad


def spend(limit: limits.Limit, who: str) -> None:
    """Counts one try. Raises Problem 429 when there were too many."""
    if wait := limits.spend(limit, who, timezone.now()):
        raise too_often(wait)


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
