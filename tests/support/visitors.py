"""Browsers of the demo community's people for tests: Django's test client, signed in as somebody."""

from __future__ import annotations

from django.test import Client

from gongzhi.records.people.models import Person
from gongzhi.web.accounts.session import STRONG


def visitor(person: Person | None = None, strong: bool | None = None) -> Client:
    """A browser. `strong` None: with a second factor where the person has a login name."""
    client = Client(HTTP_HOST="localhost")
    if person is None:
        return client
    client.force_login(person)
    session = client.session
    session[STRONG] = bool(person.login) if strong is None else strong
    session.save()
    return client
