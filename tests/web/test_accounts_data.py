"""我的资料: see, correct, take along, erase, and who read it; and how pages are shown on every device."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.forget import forget_person
from gongzhi.desk.held import HELD
from gongzhi.desk.setup import Demo
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.matters.access import note_reading
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.sealing import is_intact
from gongzhi.records.people.models import Person
from gongzhi.web.accounts.held import SHOWN
from tests.support.demo import demo_community, resident, staff
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo() -> Demo:
    return demo_community(Path(settings.GONGZHI_HOME))


@pytest.fixture
def matter(demo: Demo) -> Matter:
    new = NewMatter(demo.places[0], "shared_facility", words={"what": "没有车棚"})
    return file_matter(new, resident(demo), timezone.now(), None).matter


def test_a_person_sees_what_is_stored_and_what_for(demo: Demo) -> None:
    page = visitor(resident(demo)).get("/me/data").content.decode()
    assert all(text in page for text in ("陈阿姨", "4号小区", demo.accounts[0].contact, "个人信息保护法第13条"))
    assert resident(demo, 1).mail not in page


def test_the_file_to_take_along_holds_words_and_readings_and_nobody_elses(demo: Demo, matter: Matter) -> None:
    note_reading(staff("director"), "社区居委会主任", "open", timezone.now(), matter)
    told = visitor(resident(demo)).get("/me/data.json").json()
    assert told["account"]["mail"] == resident(demo).mail
    assert [one["number"] for one in told["matters"]] == [matter.number]
    assert "没有车棚" in [one["text"] for one in told["words"]]
    assert [one["role"] for one in told["read_by"]] == ["社区居委会主任"]
    other = visitor(resident(demo, 1)).get("/me/data.json").json()
    assert other["matters"] == other["words"] == other["read_by"] == []


def test_a_person_sees_who_read(demo: Demo, matter: Matter) -> None:
    client = visitor(resident(demo))
    assert "还没有人看过" in client.get("/me/readers").content.decode()
    note_reading(staff("director"), "社区居委会主任", "open", timezone.now(), matter)
    page = client.get("/me/readers").content.decode()
    assert "社区居委会主任" in page and matter.number in page
    assert matter.number not in visitor(resident(demo, 1)).get("/me/readers").content.decode()


def test_name_and_home_can_be_corrected(demo: Demo) -> None:
    client = visitor(resident(demo))
    assert 'value="陈阿姨"' in client.get("/me/correct").content.decode()
    for name, said in [("长" * 61, "您写了61个"), ("\u0007陈", "看不见的字符")]:
        response = client.post("/me/correct", {"name": name, "home": ""})
        assert response.status_code == 422 and said in response.content.decode()
    client.post("/me/correct", {"name": "买买提·阿不都拉 𬭎", "home": "320106005001-5"})
    assert (resident(demo).display_name, resident(demo).home.name) == ("买买提·阿不都拉 𬭎", "5号小区")
    client.post("/me/correct", {"name": "陈", "home": "990000000000"})
    assert resident(demo).home is None, "a place that is not served here is none"


def test_an_open_matter_keeps_the_account_and_says_why(demo: Demo, matter: Matter) -> None:
    client = visitor(resident(demo))
    for response in (client.get("/me/erase"), client.post("/me/erase")):
        assert "现在还不能删除" in response.content.decode() and matter.number in response.content.decode()
    assert resident(demo).is_active
    with pytest.raises(ValueError):
        forget_person(resident(demo), timezone.now())


def test_erasing_wipes_account_and_words_and_the_log_still_holds(demo: Demo, matter: Matter) -> None:
    person, client = resident(demo), visitor(resident(demo))
    take_step(matter.number, Draft("withdraw", ground="已解决"), person, timezone.now(), None)
    assert client.get("/me/erase").status_code == 200
    assert "账户已删除" in client.post("/me/erase").content.decode()
    left = Person.objects.get(pk=person.pk)
    assert (left.display_name, left.mail, left.is_active) == ("", "", False)
    words = list(Words.objects.filter(matter=matter))
    assert words and all(one.erased_at and not one.ciphertext and is_intact(one) for one in words)
    assert {one.erased_by for one in words} == {person.digest}
    assert client.get("/me").headers["Location"].startswith("/login")
    assert Matter.objects.get(pk=matter.pk).acts.count() == 2


def test_staff_leave_their_seat_before_the_account_goes(demo: Demo) -> None:
    client = visitor(staff("director"))
    assert "您还在任职" in client.post("/me/erase").content.decode()
    assert staff("director").is_active


def test_how_pages_are_shown_follows_the_account_to_the_next_device(demo: Demo) -> None:
    client = visitor(resident(demo))
    client.post("/settings", {"text_size": "xl", "contrast": "on", "language": "en"})
    assert client.cookies["text_size"].value == "xl"
    page = client.get("/settings").content.decode()
    assert 'lang="en"' in page and "text-xl" in page
    client.post("/settings", {"text_size": "huge", "contrast": "off", "language": "zh-hans"})
    person = resident(demo)
    assert (person.text_size, person.contrast, person.language) == ("xl", "off", "zh-hans")


def test_the_page_names_every_kind_that_is_held(demo: Demo, matter: Matter) -> None:
    assert set(SHOWN) == set(HELD), "a kind that is held has its title on the page"
    for key, (_title, names) in SHOWN.items():
        assert set(names) <= {one.split(".")[0] for one in HELD[key].columns}, key
    page = visitor(resident(demo)).get("/me/data").content.decode()
    assert "我反映的事（1）" in page and matter.number in page and "没有车棚" in page
    assert "我的预约" not in page, "what is not held is not named"
