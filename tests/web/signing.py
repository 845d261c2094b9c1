"""The way in, as a browser goes it: ask for a code, read it where the test server keeps it, see who one is."""

from __future__ import annotations

import json

from django.test import Client

from gongzhi.desk.sign_in_codes import CODES_FILE, outbox
from gongzhi.records.people.models import Person


def last_code() -> str:
    lines = (outbox() / CODES_FILE).read_text().splitlines()
    return str(json.loads(lines[-1])["code"])


def ask(client: Client, contact: str, after: str = "") -> str:
    response = client.post("/login", {"contact": contact, "next": after})
    assert response.status_code == 302, response.content.decode()
    return last_code()


def who(client: Client) -> Person | None:
    return Person.objects.filter(pk=client.session.get("_auth_user_id")).first()
