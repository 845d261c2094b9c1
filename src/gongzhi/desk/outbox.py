"""The outbox: messages are written with their step and delivered here, so that no step waits for a mail server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import channels
from gongzhi.desk.children import CHILD_ENDED
from gongzhi.desk.draft import Draft
from gongzhi.desk.following import bring_on
from gongzhi.desk.step import take_step
from gongzhi.desk.together import TOGETHER
from gongzhi.records.matters.models import Message

log = logging.getLogger(__name__)
BATCH = 200
AT_MOST = 8
FIRST_WAIT = timedelta(minutes=1)  # doubled after each failure: the last try is about four hours after the first
# Another act may have served or closed the matter meanwhile; a message that finds that is not a failure.
OVERTAKEN = frozenset({"not_served", "moved_on", "closed", "final", "in_ruling", "part_unknown"})


def deliver(now: datetime, limit: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many were sent. Every message has its own transaction."""
    return sum(deliver_one(message, now) for message in list(waiting(now)[:limit]))


def waiting(now: datetime) -> QuerySet[Message]:
    """Messages that are due to be sent."""
    rows = Message.objects.select_related("person", "organ", "matter")
    return rows.filter(status="queued", next_try__lte=now).order_by("next_try", "pk")


def deliver_one(message: Message, now: datetime) -> bool:
    """Send one message. A failure is tried again later, longer each time, and never raised."""
    try:
        SENDERS[message.channel](message, now)
    except Exception as fault:  # whatever a mail server or a chat service does, the next message still goes out
        _failed(message, now, fault)
        return False
    message.status, message.sent_at, message.fault = "sent", now, ""
    message.save(update_fields=["status", "sent_at", "fault"])
    return True


def _failed(message: Message, now: datetime, fault: Exception) -> None:
    message.attempts += 1
    # The text of a fault may hold an address; its kind does not.
    message.fault = fault.code if isinstance(fault, Refused) else type(fault).__name__
    message.next_try = now + FIRST_WAIT * 2 ** (message.attempts - 1)
    if message.attempts >= AT_MOST:
        message.status = "failed"
    message.save(update_fields=["attempts", "fault", "next_try", "status"])
    log.warning("message %s by %s failed: %s", message.pk, message.channel, message.fault)


def _in_app(message: Message, now: datetime) -> None:
    """Lying in the inbox of an account is being told; where a resident was asked, the time runs from here."""
    if message.serves:
        _serve(message, now)


def _serve(message: Message, now: datetime) -> None:
    if message.matter is None:
        return
    draft = Draft("serve", visit=message.visit, channel=message.channel)
    try:
        take_step(message.matter.number, draft, None, now, f"serve:{message.pk}")
    except Refused as refused:
        if refused.code not in OVERTAKEN:
            raise


def _mail(message: Message, now: datetime) -> None:
    channels.send_mail(message)
    if message.serves:
        _serve(message, now)


def _chat(message: Message, now: datetime) -> None:
    channels.send_chat(message)


def _internal(message: Message, now: datetime) -> None:
    """A child matter has ended: its parent's gate counts it. Or a matter moved that others go together with."""
    if message.code == TOGETHER:
        bring_on(message, now)
        return
    if message.code != CHILD_ENDED or message.matter is None:
        raise ValueError(message.code)
    draft = Draft("child", part=message.args["key"], outcome=message.args["end"])
    try:
        take_step(message.matter.number, draft, None, now, f"child:{message.args['child']}:{message.pk}")
    except Refused as refused:
        if refused.code not in OVERTAKEN:
            raise


SENDERS: dict[str, Callable[[Message, datetime], None]] = {
    "in_app": _in_app,
    "mail": _mail,
    "chat": _chat,
    "internal": _internal,
}
