"""Codes work once, for a while, for few tries; generators' codes work once; tries are counted by all processes."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from gongzhi.records.people import limits, signin
from gongzhi.records.people.actions import create_staff
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import SignInCode

NOW = datetime(2026, 3, 16, 8, 30, tzinfo=UTC)
PHONE = parse_contact("13812345678")


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.django_db
def test_a_code_works_once_however_it_is_typed() -> None:
    row, code = signin.make_code(PHONE, NOW)
    typed = f" {code[:3]} {code[3:]} ".translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert signin.check_code(row, typed, NOW) == "right"
    assert signin.check_code(row, code, NOW) == "expired"


@pytest.mark.django_db
def test_a_code_dies_after_a_quarter_of_an_hour_or_when_another_is_sent() -> None:
    row, code = signin.make_code(PHONE, NOW)
    assert signin.check_code(row, code, NOW + timedelta(minutes=15)) == "expired"
    old, old_code = signin.make_code(PHONE, NOW)
    signin.make_code(PHONE, NOW + timedelta(seconds=61))
    assert signin.check_code(old, old_code, NOW + timedelta(seconds=62)) == "expired"


@pytest.mark.django_db
def test_after_five_wrong_tries_even_the_right_code_is_refused() -> None:
    row, code = signin.make_code(PHONE, NOW)
    assert [signin.check_code(row, other(code), NOW) for _ in range(5)] == ["wrong"] * 5
    assert signin.check_code(row, code, NOW) == "used_up"


@pytest.mark.django_db
def test_the_code_itself_is_not_stored() -> None:
    row, code = signin.make_code(PHONE, NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_hash, contact_index FROM records_signincode WHERE id = %s", [row.pk])
        stored = cursor.fetchone()
    assert code not in stored[0]
    assert PHONE.value not in stored[1]
    assert signin.contact_of(SignInCode.objects.get(pk=row.pk)) == PHONE


@pytest.mark.django_db
def test_a_minute_passes_before_another_code() -> None:
    assert signin.wait_before_resend(PHONE, NOW) == 0
    signin.make_code(PHONE, NOW)
    assert signin.wait_before_resend(PHONE, NOW + timedelta(seconds=15)) == 45
    assert signin.wait_before_resend(PHONE, NOW + timedelta(seconds=60)) == 0


@pytest.mark.django_db
def test_a_generated_code_is_accepted_once_and_only_near_its_time() -> None:
    person = create_staff("liu", "刘", "a long password here", NOW)
    secret = signin.new_secret()
    factor = signin.set_up_second_factor(person, secret, NOW)
    code = signin.generator(secret).generate(NOW.timestamp()).decode()
    assert not signin.check_generated(factor, code, NOW + timedelta(seconds=90))
    assert signin.check_generated(factor, code, NOW + timedelta(seconds=29))
    assert not signin.check_generated(factor, code, NOW + timedelta(seconds=29)), "a code seen over a shoulder"


def test_the_generator_gives_the_values_of_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # its 20-byte test key; the RFC shows eight digits, we the last six
    for moment, code in [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")]:
        assert signin.generator(secret).generate(moment).decode() == code


@pytest.mark.django_db
def test_tries_are_counted_in_windows() -> None:
    limit = limits.Limit("trial", 2, 60)
    assert [limits.spend(limit, "a", NOW) for _ in range(3)] == [0, 0, 60]
    assert limits.spend(limit, "b", NOW) == 0
    assert limits.spend(limit, "a", NOW + timedelta(seconds=60)) == 0
    assert limits.forget_expired(NOW + timedelta(hours=2)) == 3


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted() -> None:
    limit, waits = limits.Limit("trial", 5, 60), []

    def spend() -> None:
        try:
            waits.append(limits.spend(limit, "a", NOW))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=spend) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(wait > 0 for wait in waits) == [False] * 5 + [True] * 7
