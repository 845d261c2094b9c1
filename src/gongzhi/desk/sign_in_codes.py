"""How a one-time code reaches its contact: mail, a text message, or (outside production) the starting window.

Text messages go through the apprise address in `GONGZHI_SMS_URL`, where `{phone}` stands for the number. A demo
has no such service: its codes are printed and kept in GONGZHI_HOME/outbox/codes.jsonl, for mail and phone alike.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from gongzhi.desk.channels import NotSent
from gongzhi.records.people.contacts import Contact

CODES_FILE = "codes.jsonl"


def reachable(kind: str) -> bool:
    """Can codes be sent to this kind of contact (`phone` or `mail`) here?"""
    return kind == "mail" or _is_open() or bool(_sms_address())


def send_sign_in_code(contact: Contact, code: str) -> None:
    """Raises NotSent, or whatever the mail server raises."""
    subject = _("登录验证码")
    text = _("验证码：{code}，15分钟内有效。不是您本人操作，不用理会。").format(code=code)
    if _is_open():
        _show(contact, code)
    if contact.kind == "mail":
        send_mail(subject, text, None, [contact.value])
    elif not _is_open():
        _send_text_message(contact, text)


def outbox() -> Path:
    """Where a demo keeps what it would have sent."""
    return Path(settings.GONGZHI_HOME) / "outbox"


def _is_open() -> bool:
    return not settings.ENVIRONMENT.is_production


def _show(contact: Contact, code: str) -> None:
    folder = outbox()
    folder.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / CODES_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as out:
        out.write(json.dumps({"contact": contact.value, "code": code}) + "\n")
    sys.stderr.write(_("[演示] {contact} 的验证码：{code}").format(contact=contact.masked, code=code) + "\n")


def _send_text_message(contact: Contact, text: str) -> None:
    import apprise  # slow to load

    address = _sms_address().replace("{phone}", contact.value)
    post = apprise.Apprise()
    if not address or not post.add(address) or not post.notify(body=text):
        raise NotSent("sms")


def _sms_address() -> str:
    return str(settings.GONGZHI_SMS_URL)
