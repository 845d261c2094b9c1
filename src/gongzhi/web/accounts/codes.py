"""Sending and checking one-time codes for pages; also for the end of filing, where a resident proves a contact."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.desk.channels import NotSent
from gongzhi.desk.sign_in_codes import reachable, send_sign_in_code
from gongzhi.records.people import limits, signin
from gongzhi.records.people.contacts import BadContact, Contact, parse_contact
from gongzhi.records.people.models import SignInCode
from gongzhi.web.accounts.page import address_of

__all__ = ["CodeRefused", "asked_of", "contact_error", "prove", "read_contact", "send", "wait_to_resend"]

ROW = "code_row"
log = logging.getLogger("gongzhi.accounts")


@dataclass
class CodeRefused(Exception):
    """A sentence that says what to do."""

    sentence: str


def read_contact(typed: str) -> Contact:
    """Raises CodeRefused with the sentence for the field."""
    try:
        contact = parse_contact(typed)
    except BadContact as bad:
        raise CodeRefused(contact_error(bad)) from bad
    if not reachable(contact.kind):
        raise CodeRefused(_("这里还不能发短信。请填邮箱，或到社区办、打电话办。"))
    return contact


def contact_error(bad: BadContact) -> str:
    """What is wrong with a phone number or mail address, and what to do."""
    if bad.code == "contact_empty":
        return _("请填手机号或邮箱，验证码发到那里")
    if bad.code == "contact_phone":
        return _("手机号是11位，以1开头；您填了{digits}位").format(digits=bad.digits)
    if bad.code == "contact_mail":
        return _("邮箱写得不全，应像 name@example.org")
    return _("看不出是手机号还是邮箱。请填11位手机号，或像 name@example.org 的邮箱")


def send(request: HttpRequest, contact: Contact) -> None:
    """Send a code and remember in the session which. The same for known and unknown contacts. Raises CodeRefused."""
    now = timezone.now()
    if wait := signin.wait_before_resend(contact, now):
        if _is_asked(request, contact):
            return  # a double tap: the first code is on its way
        raise CodeRefused(_("刚发过一个，{seconds}秒后可以再发").format(seconds=wait))
    for limit, who in ((limits.CODE_FROM_ADDRESS, address_of(request)), (limits.CODE_TO_CONTACT, contact.index)):
        if wait := limits.spend(limit, who, now):
            raise CodeRefused(_too_often(wait))
    row, code = signin.make_code(contact, now)
    try:
        send_sign_in_code(contact, code)
    except (NotSent, OSError, SMTPException) as fault:
        log.warning("a sign-in code could not be sent: %s", type(fault).__name__)
        row.delete()
        raise CodeRefused(_("验证码没有发出去，请稍后再试，或打电话、到社区办")) from fault
    request.session[ROW] = row.pk


def _is_asked(request: HttpRequest, contact: Contact) -> bool:
    row = asked_of(request)
    return row is not None and row.contact_index == contact.index


def asked_of(request: HttpRequest) -> SignInCode | None:
    """The code that this session waits for."""
    asked = request.session.get(ROW)
    return SignInCode.objects.filter(pk=asked).first() if asked else None


def wait_to_resend(request: HttpRequest) -> int:
    """Seconds until another code may be sent to this session's contact."""
    row = asked_of(request)
    return signin.wait_before_resend(signin.contact_of(row), timezone.now()) if row else 0


def prove(request: HttpRequest, typed: str) -> Contact:
    """The contact that is now proved. Raises CodeRefused; the code stays asked for until it is right."""
    now, row = timezone.now(), asked_of(request)
    if row is None:
        raise CodeRefused(_("请先获取验证码"))
    if not signin.plain_digits(typed):
        raise CodeRefused(_("请填收到的6位数字"))
    if wait := limits.spend(limits.TRY_CODE, row.contact_index, now):
        raise CodeRefused(_too_often(wait))
    checked = signin.check_code(row, typed, now)
    if checked != "right":
        raise CodeRefused(_wrong(checked, signin.plain_digits(typed)))
    request.session.pop(ROW, None)
    return signin.contact_of(row)


def _wrong(checked: signin.Checked, digits: str) -> str:
    if checked == "expired":
        return _("这个验证码已过期，请再发一个")
    if checked == "used_up":
        return _("试错5次，这个验证码不能用了，请再发一个")
    if len(digits) != signin.CODE_DIGITS:
        return _("验证码是6位，您填了{digits}位").format(digits=len(digits))
    return _("验证码不对，请看清后再填")


def _too_often(wait: int) -> str:
    minutes = max(1, -(-wait // 60))
    return _("试得太多了，请过{minutes}分钟再来；急事请打电话").format(minutes=minutes)
