"""Saying something as a resident's browser does: what, where, contact, each form sent and followed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.support.residents import estate

SHED = "小区没有自行车车棚，车停得到处都是"
CONTACT = {"contact": "139 0000 1234", "headcount": "1", "seen_by": "office"}


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def sent(client: Client, address: str, **values: Any) -> HttpResponse:
    """Send a form and follow to the page one sees then."""
    return client.post(address, values, follow=True)  # type: ignore[return-value]


def to_check(client: Client, what: str = SHED, **contact: Any) -> HttpResponse:
    sent(client, "/say", what=what)
    sent(client, "/say/where", place=estate().code, spot="大门口")
    return sent(client, "/say/contact", **{**CONTACT, **contact})
