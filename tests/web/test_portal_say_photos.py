"""Photos of what a resident says: taken by their content, without their place, and only their owner's."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from gongzhi.records.matters.models import Words
from gongzhi.records.matters.sealing import read
from tests.support.residents import (
    GPS,
    estate,
    key_in,
    named,
    photo,
    set_up,
    signed_in,
)
from tests.web.saying import CONTACT, SHED, sent, text_of, to_check


@pytest.fixture(autouse=True)
def community(db: None, tmp_path: Path) -> None:
    set_up(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + b"\0" * 40, "HEIC格式"),
        ("a.jpg", b"MZ\x90\x00 not a picture", "不是照片"),
        ("a.jpg", photo()[:2000], "打不开"),
        ("a.jpg", b"%PDF-1.7", "不是照片"),
        ("a.png", b"", "文字都还在"),
    ],
)
def test_a_bad_photo_is_named_and_the_words_stay(name: str, content: bytes, sentence: str) -> None:
    client = Client()
    files = [named(name, content), named("b.jpg", photo())] if content else [named("b.jpg", photo())]
    answer = client.post("/say", {"what": SHED, "photos": files}, follow=True)
    if not content:  # browsers send an empty file as no file
        assert answer.redirect_chain[-1][0] == "/say/where"
        return
    assert answer.status_code == 422
    assert sentence in text_of(answer) and name in text_of(answer) and SHED in text_of(answer)
    assert text_of(answer).count("去掉照片") == 1  # the good one is in


def test_a_renamed_photo_is_taken_for_what_it_is() -> None:
    client = signed_in()
    client.post("/say", {"what": SHED, "photos": [named("x.jpg", photo(kind="PNG"))]})
    to_check(client)
    sent(client, "/say/check", idempotency_key=key_in(client.get("/say/check")))
    assert Words.objects.get(name="photo.1").media_type == "image/png"


def test_the_seventh_photo_stays_out() -> None:
    files = [named(f"{n}.jpg", photo((100 + n, 80))) for n in range(7)]
    answer = Client().post("/say", {"what": SHED, "photos": files}, follow=True)
    assert answer.status_code == 422
    assert "最多6张照片" in text_of(answer) and text_of(answer).count("去掉照片") == 6


@pytest.mark.parametrize("wanted", [True, False])
def test_a_photo_tells_where_it_was_taken_only_when_asked(wanted: bool) -> None:
    client = signed_in()
    more = {"keep_location": "1"} if wanted else {}
    client.post("/say", {"what": SHED, "photos": [named("a.jpg", photo(located=True))], **more})
    to_check_without_what(client)
    content = read(Words.objects.get(name="photo.1")) or b""
    exif = Image.open(io.BytesIO(content)).getexif()
    assert bool(exif.get_ifd(GPS)) is wanted
    assert 0x010F not in exif  # the maker of the device is nobody's business


def to_check_without_what(client: Client) -> None:
    sent(client, "/say/where", place=estate().code)
    check = sent(client, "/say/contact", **CONTACT)
    sent(client, "/say/check", idempotency_key=key_in(check))


def test_a_photo_can_be_taken_out_again() -> None:
    client = Client()
    client.post("/say", {"what": SHED, "photos": [named("a.jpg", photo())]})
    page = text_of(client.get("/say"))
    name = page.split('name="remove" value="')[1].split('"')[0]
    assert client.get(f"/say/photos/{name}")["Content-Type"] == "image/jpeg"
    assert "去掉照片" not in text_of(sent(client, "/say", what=SHED, remove=name))
    assert client.get(f"/say/photos/{name}").status_code == 404


def test_photos_of_a_draft_are_its_owner_s_alone() -> None:
    client = Client()
    client.post("/say", {"what": SHED, "photos": [named("a.jpg", photo())]})
    name = text_of(client.get("/say")).split('name="remove" value="')[1].split('"')[0]
    assert Client().get(f"/say/photos/{name}").status_code == 404
