"""How a one-time code reaches its contact."""

from __future__ import annotations

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from gongzhi.records.people.contacts import Contact


def send_sign_in_code(contact: Contact, code: str) -> None:
    if contact.kind == "mail":
        send_mail(_("登录验证码"), _("验证码：{code}，15分钟内有效。").format(code=code), None, [contact.value])
