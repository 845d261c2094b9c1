"""Ways out of the program: mail through Django, DingTalk, WeCom and Feishu through apprise.

`GONGZHI_CHAT_URLS` in the environment holds apprise addresses, one for each line or blank: `ORGAN=ADDRESS` for
the group of an organ (by id), `*=ADDRESS` for all others. Without it nothing is sent and nothing fails.
"""

from __future__ import annotations

import os

from django.conf import settings
from django.core.mail import send_mail as django_mail
from django.utils.module_loading import import_string

from gongzhi.records.matters.models import Message


class NotSent(Exception):
    """The service did not take the message."""


def _say(message: Message) -> tuple[str, str]:
    """Subject and text by the renderer that the settings name: the desk itself knows only codes."""
    return import_string(settings.GONGZHI_MESSAGE_WORDS)(message)


def send_mail(message: Message) -> None:
    """Raises whatever the mail server raises."""
    address = str(message.person.mail) if message.person else ""
    if address:
        subject, text = _say(message)
        django_mail(subject, text, None, [address])


def send_chat(message: Message) -> None:
    """Raises NotSent when a configured group did not take it."""
    import apprise  # slow to load, and most communities have no chat group

    address = chat_address(message.organ_id)
    if not address:
        return
    post = apprise.Apprise()
    subject, text = _say(message)
    if not post.add(address) or not post.notify(body=text, title=subject):
        raise NotSent(address.partition(":")[0])


def chat_address(organ: int | None) -> str:
    """The address of an organ's group, else the common one, else empty."""
    lines = os.environ.get("GONGZHI_CHAT_URLS", "").split()
    known = dict(line.split("=", 1) for line in lines if "=" in line)
    return known.get(str(organ), known.get("*", ""))
