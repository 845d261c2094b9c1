"""Signing in through the pages: codes, passwords, generators, limits, and what was typed before."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from gongzhi.desk.setup import Demo
from gongzhi.desk.sign_in_codes import CODES_FILE, outbox
from gongzhi.records.people import limits
from gongzhi.records.people.actions import take_seat
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person, SecondFactor, SignInCode
from gongzhi.records.people.signin import generator
from tests.support.demo import demo_community, resident, staff
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db
UNKNOWN = "newcomer@example.org"


@pytest.fixture
def demo() -> Demo:
    return demo_community(Path(settings.GONGZHI_HOME))


@pytest.fixture(autouse=True)
def no_earlier_codes() -> None:
    (outbox() / CODES_FILE).unlink(missing_ok=True)


def last_code() -> str:
    lines = (outbox() / CODES_FILE).read_text().splitlines()
    return str(json.loads(lines[-1])["code"])


def ask(client: Client, contact: str, after: str = "") -> str:
    response = client.post("/login", {"contact": contact, "next": after})
    assert response.status_code == 302, response.content.decode()
    return last_code()


def who(client: Client) -> Person | None:
    return Person.objects.filter(pk=client.session.get("_auth_user_id")).first()


def test_a_resident_signs_in_with_a_code_that_came_by_mail(demo: Demo) -> None:
    client, contact = visitor(), demo.accounts[0].contact
    code = ask(client, contact, "/my")
    assert code in mail.outbox[-1].body and mail.outbox[-1].to == [contact]
    response = client.post("/login/code", {"code": f"{code[:3]} {code[3:]}", "next": "/my"})
    assert response.headers["Location"] == "/my"
    assert who(client) == resident(demo)
    assert client.session["second_factor"] is False


def test_the_answer_is_the_same_for_known_and_unknown_contacts(demo: Demo) -> None:
    pages = []
    for contact in (demo.accounts[0].contact, UNKNOWN):
        client = visitor()
        ask(client, contact)
        page = client.get("/login/code").content.decode()
        assert "如果登记过，验证码已发出" in page
        masked = parse_contact(contact).masked
        assert masked in page and contact not in page
        pages.append(page.replace(masked, "").replace(client.cookies["csrftoken"].value, ""))
    known, unknown = (page.split("<main")[1].split("</main>")[0] for page in pages)
    assert _without_keys(known) == _without_keys(unknown)


def _without_keys(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "_key" not in line)


def test_a_newcomer_registers_by_the_first_right_code_and_says_where_they_live(demo: Demo) -> None:
    client = visitor()
    code = ask(client, UNKNOWN, "/board")
    response = client.post("/login/code", {"code": code, "next": "/board"})
    assert response.headers["Location"] == "/login/community?next=%2Fboard"
    person = who(client)
    assert person and person.mail == UNKNOWN and person.home is None
    assert client.post("/login/community", {"home": "320000000000"}).status_code == 422, "not a place served here"
    response = client.post("/login/community", {"home": demo.places[0].code, "next": "/board"})
    assert response.headers["Location"] == "/board"
    person.refresh_from_db()
    assert person.home == demo.places[0]


def test_nobody_registers_by_asking_alone(demo: Demo) -> None:
    ask(visitor(), UNKNOWN)
    assert Person.objects.by_contact_index(parse_contact(UNKNOWN).index) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请填手机号或邮箱"),
        ("1381234567", "手机号是11位，以1开头；您填了10位"),
        ("李阿姨", "看不出是手机号还是邮箱"),
        ("li@", "邮箱写得不全"),
        ("<script>", "看不出是手机号还是邮箱"),
    ],
)
def test_what_cannot_be_reached_gets_a_sentence_and_keeps_what_was_typed(demo: Demo, typed: str, said: str) -> None:
    response = visitor().post("/login", {"contact": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page and "有错误" in page
    assert "<script>" not in page.split("<main")[1].split("</main>")[0]


def test_wrong_codes_say_what_is_wrong_and_end_after_five(demo: Demo) -> None:
    client = visitor()
    code = ask(client, demo.accounts[0].contact)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    said = [client.post("/login/code", {"code": typed}).content.decode() for typed in ("", "123", wrong, wrong, wrong)]
    assert "请填收到的6位数字" in said[0]
    assert "验证码是6位，您填了3位" in said[1]
    assert "验证码不对" in said[2]
    client.post("/login/code", {"code": wrong})
    assert "试错5次" in client.post("/login/code", {"code": code}).content.decode()
    assert who(client) is None


def test_a_code_of_another_browser_is_of_no_use(demo: Demo) -> None:
    code = ask(visitor(), demo.accounts[0].contact)
    thief = visitor()
    response = thief.post("/login/code", {"code": code})
    assert response.headers["Location"].startswith("/login")
    assert who(thief) is None


def test_a_second_code_waits_a_minute_and_a_double_tap_is_no_error(demo: Demo) -> None:
    client, contact = visitor(), demo.accounts[0].contact
    first = ask(client, contact)
    assert client.post("/login", {"contact": contact}).status_code == 302
    assert last_code() == first
    response = client.post("/login/again")
    assert response.status_code == 422 and "秒后可以再发" in response.content.decode()
    SignInCode.objects.update(sent_at=timezone.now() - timedelta(seconds=61))
    assert client.post("/login/again").status_code == 302
    assert last_code() != first or SignInCode.objects.count() == 2


def test_codes_to_one_contact_are_limited(demo: Demo) -> None:
    client, contact = visitor(), parse_contact(UNKNOWN)
    for _ in range(limits.CODE_TO_CONTACT.most):
        limits.spend(limits.CODE_TO_CONTACT, contact.index, timezone.now())
    response = client.post("/login", {"contact": contact.value})
    assert response.status_code == 422 and "试得太多了" in response.content.decode()
    assert not (outbox() / CODES_FILE).exists()


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


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_nobody_is_led_elsewhere_after_signing_in(demo: Demo, target: str) -> None:
    client = visitor()
    code = ask(client, demo.accounts[0].contact, target)
    response = client.post("/login/code", {"code": code, "next": target})
    assert response.headers["Location"] == "/me"


def test_what_was_typed_when_the_session_ended_is_sent_on(demo: Demo) -> None:
    client = visitor()
    typed = {"name": "陈阿姨和邻居", "home": demo.places[0].code, "idempotency_key": "k1"}
    response = client.post("/me/correct", typed)
    assert response.headers["Location"] == "/login?next=%2Flogin%2Fresume"
    stored = json.dumps(dict(client.session.items()), ensure_ascii=False)
    assert "陈阿姨" not in stored, "what waits is sealed"
    code = ask(client, demo.accounts[0].contact, "/login/resume")
    response = client.post("/login/code", {"code": code, "next": "/login/resume"})
    assert response.headers["Location"] == "/login/resume"
    page = client.get("/login/resume").content.decode()
    assert "您写的内容还在" in page and "陈阿姨和邻居" in page and 'action="/me/correct"' in page
    assert client.post("/me/correct", typed).status_code == 302
    assert resident(demo).display_name == "陈阿姨和邻居"


def test_a_script_is_told_to_sign_in_instead_of_getting_a_page(demo: Demo) -> None:
    assert visitor().get("/me", headers={"HX-Request": "true"}).status_code == 401


def test_signing_out_ends_the_session(demo: Demo) -> None:
    client = visitor(resident(demo))
    assert client.get("/logout").status_code == 405, "a link must not sign anybody out"
    page = client.post("/logout").content.decode()
    assert "已退出" in page
    assert client.get("/me").headers["Location"].startswith("/login")


def test_the_session_says_when_it_ends_and_may_be_kept(demo: Demo) -> None:
    client = visitor()
    client.post("/login/code", {"code": ask(client, demo.accounts[0].contact)})
    before = client.session["session_ends"]
    assert before > time.time() + 11 * 3600
    said = client.post("/session/stay", headers={"Accept": "application/json"}).json()
    assert said["ends"]


def test_pages_of_accounts_are_never_kept_on_a_shared_device(demo: Demo) -> None:
    client = visitor(resident(demo))
    for page in ("/login", "/me", "/me/data", "/me/data.json", "/settings", "/me/readers"):
        assert client.get(page).headers["Cache-Control"] == "no-store", page
