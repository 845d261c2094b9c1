"""Staff sign in with password and generated code, and are nobody in between."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from gongzhi.desk.setup import Demo
from gongzhi.desk.sign_in_codes import CODES_FILE, outbox
from gongzhi.records.people.actions import take_seat
from gongzhi.records.people.models import SecondFactor
from gongzhi.records.people.signin import generator
from tests.support.demo import demo_community, resident, staff
from tests.support.visitors import visitor
from tests.web.signing import ask, who

pytestmark = pytest.mark.django_db
UNKNOWN = "newcomer@example.org"


@pytest.fixture
def demo() -> Demo:
    return demo_community(Path(settings.GONGZHI_HOME))


@pytest.fixture(autouse=True)
def no_earlier_codes() -> None:
    (outbox() / CODES_FILE).unlink(missing_ok=True)


def generated(demo: Demo, steps: int = 0) -> str:
    return generator(demo.secret).generate(int(time.time()) + 30 * steps).decode()


def test_staff_need_password_and_generator_and_are_nobody_in_between(demo: Demo) -> None:
    client = visitor()
    response = client.post("/login/staff", {"login": "director", "password": demo.password, "next": "/me/data"})
    assert response.headers["Location"] == "/login/second?next=%2Fme%2Fdata"
    assert who(client) is None
    assert client.get("/me").headers["Location"].startswith("/login")
    assert client.post("/login/second", {"code": "000000"}).status_code == 422
    response = client.post("/login/second", {"code": generated(demo), "next": "/me/data"})
    assert response.headers["Location"] == "/me/data"
    assert who(client) == staff("director")


def test_a_generated_code_opens_one_session_only(demo: Demo) -> None:
    code, opened = generated(demo), []
    for _ in range(2):
        client = visitor()
        client.post("/login/staff", {"login": "director", "password": demo.password})
        opened.append(client.post("/login/second", {"code": code}).status_code)
    assert opened == [302, 422]


@pytest.mark.parametrize(
    ("login", "password"), [("director", "wrong"), ("nobody", "wrong"), ("", ""), ("陈阿姨", "not-her-password")]
)
def test_one_sentence_for_every_wrong_password(demo: Demo, login: str, password: str) -> None:
    response = visitor().post("/login/staff", {"login": login, "password": password})
    assert response.status_code == 422
    assert "用户名或密码不对" in response.content.decode()
    assert password not in response.content.decode().split("<main")[1] or not password


def test_passwords_cannot_be_guessed_at_speed(demo: Demo) -> None:
    client = visitor()
    said = [client.post("/login/staff", {"login": "director", "password": "x"}).status_code for _ in range(12)]
    assert said[:10] == [422] * 10 and said[10:] == [429] * 2
    assert client.post("/login/staff", {"login": "director", "password": demo.password}).status_code == 429


def test_generated_codes_cannot_be_guessed_at_speed(demo: Demo) -> None:
    client = visitor()
    client.post("/login/staff", {"login": "director", "password": demo.password})
    said = [client.post("/login/second", {"code": "000000"}).status_code for _ in range(7)]
    assert said == [422] * 6 + [429]


def test_who_holds_a_seat_owes_the_second_factor_also_by_the_residents_way(demo: Demo) -> None:
    person = staff("director")
    person.mail = "director@example.org"
    person.save()
    client = visitor()
    response = client.post("/login/code", {"code": ask(client, "director@example.org")})
    assert response.headers["Location"] == "/login/second"
    assert who(client) is None


def test_a_resident_who_takes_a_seat_is_nobody_until_the_second_factor(demo: Demo) -> None:
    neighbour, client = resident(demo, 1), visitor(resident(demo, 1))
    assert client.get("/me").status_code == 200
    term = staff("director").seat_terms.get()
    take_seat(neighbour, term.organ_instance, None, timezone.now() - timedelta(seconds=1))
    assert client.get("/me").headers["Location"].startswith("/login")


def test_a_new_member_of_staff_sets_up_a_generator_and_proves_it(demo: Demo) -> None:
    SecondFactor.objects.filter(person=staff("director")).delete()
    client = visitor()
    client.post("/login/staff", {"login": "director", "password": demo.password})
    page = client.get("/login/second").content.decode()
    secret = client.session["new_secret"]
    assert "绑定动态码" in page and "<svg" in page
    assert client.post("/login/second", {"code": "000000"}).status_code == 422
    assert SecondFactor.objects.get(person=staff("director")).confirmed_at is None
    assert client.session["new_secret"] == secret, "the picture that was scanned stays the same"
    code = generator(secret).generate(int(time.time())).decode()
    assert client.post("/login/second", {"code": code}).status_code == 302
    assert SecondFactor.objects.get(person=staff("director")).confirmed_at
    assert who(client) == staff("director")


def test_the_demo_shows_the_code_of_its_own_accounts_only(demo: Demo) -> None:
    client = visitor()
    client.post("/login/staff", {"login": "director", "password": demo.password})
    assert "演示账户" in client.get("/login/second").content.decode()
    SecondFactor.objects.filter(person=staff("member")).update(secret=_other_secret())
    client.post("/login/staff", {"login": "member", "password": demo.password})
    assert "演示账户" not in client.get("/login/second").content.decode()


def _other_secret() -> str:
    return "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
