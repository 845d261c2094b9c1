"""代为登记: by phone, paper, at the counter, with a helper; consent and witness first; a receipt to hand over."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import HelperConsent, Person
from tests.support.visitors import visitor
from tests.web.bench import Bench, text_of

FORM, CHECK = "/work/file", "/work/file/check"


def filled(bench: Bench, **more: str) -> dict[str, str]:
    return {
        "channel": "phone", "name": "住3号楼的张奶奶", "contact": "13912345678", "means": "phone", "witness": "楼组长",
        "consent": "我同意", "what": "3号楼楼道灯不亮", "place": "320106005001-4", "spot": "3号楼二层", "category": "",
        "headcount": "3", "seen_by": "course", **more,
    }  # fmt: skip


def key_of(client: Client, address: str = FORM) -> str:
    found = re.search(r'name="idempotency_key" value="([^"]+)"', client.get(address).content.decode())
    return found.group(1) if found else ""


def send(bench: Bench, login: str = "station", **more: object) -> HttpResponse:
    client = bench.client(login)
    return client.post(FORM, {**filled(bench), "idempotency_key": key_of(client), **more})


def file(bench: Bench, login: str = "station", **more: object) -> Matter:
    client = bench.client(login)
    assert send(bench, login, **more)["Location"] == CHECK
    answer = client.post(CHECK, {"idempotency_key": key_of(client, CHECK)})
    assert answer.status_code == 302, text_of(answer)
    return Matter.objects.latest("pk")


def test_a_call_becomes_a_matter_of_the_caller(bench: Bench) -> None:
    matter = file(bench)
    assert (matter.channel, matter.headcount, matter.public) == ("phone", 3, True)
    assert matter.filer == Person.objects.latest("pk") and matter.filer.phone == "13912345678"
    assert matter.category == "other"  # none of the charter's words stands in the call
    consent = HelperConsent.objects.get()
    assert (consent.witness, consent.means, consent.resident_name) == ("楼组长", "phone", "住3号楼的张奶奶")
    assert f'"text":"{consent.text_digest}"' in matter.acts.get(seq=1).payload


def test_the_receipt_can_be_printed_and_checked(bench: Bench) -> None:
    matter = file(bench)
    answer = bench.client("station").get(f"/work/file/{matter.number}")
    said = text_of(answer)
    assert matter.number in said and "社区公共服务站" in said and "<svg" in answer.content.decode()
    assert "张奶奶" not in said and "13912345678" not in said


def test_who_has_no_phone_is_filed_for_as_well(bench: Bench) -> None:
    matter = file(bench, contact="", channel="paper", means="paper")
    assert matter.filer is None and matter.channel == "paper"
    assert "住3号楼的张奶奶" in text_of(bench.page("station", matter.number))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": ""}, "请写一句是什么事"),
        ({"what": "灯"}, "请写一句是什么事"),
        ({"what": "灯" * 20_000}, "最多2000个"),
        ({"witness": ""}, "请写作证的人"),
        ({"consent": ""}, "请写同意的话"),
        ({"means": ""}, "请选怎么同意的"),
        ({"contact": "1391234567"}, "手机号是11位"),
        ({"headcount": "三"}, "请填整数"),
        ({"headcount": "0"}, "人数至少是1"),
        ({"place": "110000000000"}, "请从列出的里面选"),
        ({"channel": "fax"}, "请从列出的里面选"),
    ],
)
def test_bad_input_comes_back_with_everything_typed(bench: Bench, typed: dict[str, str], said: str) -> None:
    answer = send(bench, **typed)
    assert answer.status_code == 422 and said in text_of(answer)
    assert "楼组长" in answer.content.decode() or "witness" in typed
    assert not Matter.objects.exists()


def test_control_characters_are_dropped(bench: Bench) -> None:
    matter = file(bench, what="楼道灯\x00\u202e不亮")
    assert "楼道灯不亮" in text_of(bench.page("station", matter.number))


def test_pressing_twice_files_once(bench: Bench) -> None:
    client = bench.client("station")
    send(bench)
    fields = {"idempotency_key": key_of(client, CHECK)}
    first, second = client.post(CHECK, fields), client.post(CHECK, fields)
    assert first["Location"] == second["Location"] and Matter.objects.count() == 1


def test_the_check_page_reads_it_back(bench: Bench) -> None:
    send(bench)
    said = text_of(bench.client("station").get(CHECK))
    assert "念给对方听一遍" in said and "3号楼楼道灯不亮" in said and "楼组长" in said and "4号小区" in said


def test_the_check_page_without_a_draft_leads_to_the_form(bench: Bench) -> None:
    assert bench.client("station").get(CHECK)["Location"] == FORM


def test_a_paper_is_photographed(bench: Bench, tmp_path: object) -> None:
    path = tmp_path / "note.png"  # type: ignore[operator]
    Image.new("RGB", (40, 30), "white").save(path)
    matter = file(bench, **{"photos.file": SimpleUploadedFile("纸条.png", path.read_bytes(), "image/png")})
    assert matter.words.get(name="photo.1").media_type == "image/png"


def test_a_renamed_file_is_named_and_the_words_stay(bench: Bench) -> None:
    answer = send(bench, **{"photos.file": SimpleUploadedFile("纸条.png", b"GIF89a not a photo", "image/png")})
    assert answer.status_code == 422 and "“纸条.png”" in text_of(answer) and "楼道灯不亮" in answer.content.decode()


def test_nobody_but_staff_files_for_others(bench: Bench) -> None:
    assert visitor(bench.resident()).get(FORM).status_code == 403
    assert visitor().get(FORM).status_code == 302


def test_the_helped_resident_confirms_by_themselves(bench: Bench) -> None:
    matter = file(bench)
    assert matter.filer is not None
    page = visitor(matter.filer, strong=False).get(f"/my/{matter.number}")
    assert page.status_code == 200 and "3号楼楼道灯不亮" in page.content.decode()
