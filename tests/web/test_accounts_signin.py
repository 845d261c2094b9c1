"""Signing in through the pages: codes, passwords, generators, limits, and what was typed before."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from gongzhi.desk.setup import Demo
from gongzhi.desk.sign_in_codes import CODES_FILE, outbox
from gongzhi.records.people import limits
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person, SignInCode
from tests.support.demo import demo_community, resident
from tests.support.visitors import visitor
from tests.web.signing import ask, last_code, who

pytestmark = pytest.mark.django_db
UNKNOWN = "newcomer@example.org"


@pytest.fixture
def demo() -> Demo:
    return demo_community(Path(settings.GONGZHI_HOME))


@pytest.fixture(autouse=True)
def no_earlier_codes() -> None:
    (outbox() / CODES_FILE).unlink(missing_ok=True)


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
