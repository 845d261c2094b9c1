"""Sealed text: unreadable in the table, plain in Python, bound to its column, findable by blind index."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from gongzhi.records import crypto
from gongzhi.records.people.actions import create_staff, register_resident
from gongzhi.records.people.contacts import BadContact, parse_contact
from gongzhi.records.people.models import Person

NOW = datetime(2026, 3, 16, 8, 30, tzinfo=UTC)


def test_sealed_bytes_open_only_with_their_binding_and_unchanged() -> None:
    sealed = crypto.seal("王芳", "person.name")
    assert crypto.unseal(sealed, "person.name") == "王芳"
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, "person.phone")
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), "person.name")
    assert crypto.seal("王芳") != crypto.seal("王芳"), "equal texts must not look equal"


def test_another_key_opens_nothing_and_indexes_differently(settings: pytest.FixtureRequest) -> None:
    sealed, index = crypto.seal("x"), crypto.blind_index("phone", "13800000000")
    settings.GONGZHI_DATA_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed)
    assert crypto.blind_index("phone", "13800000000") != index


@pytest.mark.django_db
def test_the_table_holds_neither_name_nor_phone() -> None:
    person = create_staff("liu", "刘科长", "a long password here", NOW)
    person.phone = "13812345678"
    person.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_person")
        stored = repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
    for secret in ("刘科长", "13812345678", "刘科长".encode().__repr__()[2:-1]):
        assert secret not in stored
    again = Person.objects.get(pk=person.pk)
    assert (again.display_name, again.phone, again.mail) == ("刘科长", "13812345678", "")


@pytest.mark.django_db
def test_sealed_text_cannot_be_searched() -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(display_name="刘科长").first()


@pytest.mark.django_db
def test_a_contact_is_found_again_however_it_is_written() -> None:
    first = register_resident(parse_contact("138 1234-5678"), None, NOW)
    again = register_resident(parse_contact("+86１３８１２３４５６７８"), None, NOW)
    assert first == again
    assert first.digest != first.phone_index


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "contact_empty"),
        ("1381234567", "contact_phone"),
        ("23812345678", "contact_phone"),
        ("李", "contact_unknown"),
        ("a@b", "contact_mail"),
        ("a b@c.org", "contact_mail"),
        ("a@c..org", "contact_mail"),
    ],
)
def test_what_is_no_contact_is_refused_with_a_code(typed: str, code: str) -> None:
    with pytest.raises(BadContact) as refused:
        parse_contact(typed)
    assert refused.value.code == code


def test_masked_contacts_cannot_be_called() -> None:
    assert parse_contact("13812345678").masked == "138****5678"
    assert parse_contact("Zhang@Example.org").masked == "z***@example.org"
