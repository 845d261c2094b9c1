"""Every form of the matter page: filled in well, badly, by the wrong people, twice, and too late."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.records.matters.models import AccessLog, Matter
from tests.support.demo import staff
from tests.web.bench import WHAT, Bench, hidden, text_of
from tests.web.ways import to_build, to_notice, to_submit

SAID = "已登记，由居委会负责答复。"


def take(bench: Bench, login: str, matter: Matter, kind: str, **more: object) -> None:
    take_step(matter.number, Draft(kind, **more), staff(login), bench.at, None)  # type: ignore[arg-type]


# --- reading ---


def test_words_are_shown_to_who_handles_and_their_reading_is_written_down(bench: Bench) -> None:
    matter = bench.file()
    said = text_of(bench.page("director", matter.number))
    assert WHAT in said and "chen@example.org" in said
    row = AccessLog.objects.get(matter=matter)
    assert (row.role, row.reason) == ("residents_committee.director", "work")


def test_who_has_no_part_gets_no_page(bench: Bench) -> None:
    matter = bench.file()
    assert bench.page("environment", matter.number).status_code == 404
    assert bench.page("director", "FUQU20260316-0000000").status_code == 404
    assert not AccessLog.objects.exists()


def test_a_public_matter_of_others_leads_to_its_public_page(bench: Bench) -> None:
    matter = bench.file(public=True)
    answer = bench.page("environment", matter.number)
    assert (answer.status_code, answer["Location"]) == (302, f"/board/matters/{matter.number}")


def test_who_watches_sees_the_course_without_the_words(bench: Bench) -> None:
    matter = bench.file()
    matter = bench.do("director", matter, "done", "registered", doc__receipt=SAID)
    said = text_of(bench.page("joint", matter.number))  # may set aside
    assert "登记诉求" in said and WHAT not in said and "chen@" not in said
    assert not AccessLog.objects.filter(role__startswith="street_joint").exists()


def test_an_opened_paper_is_written_down_and_a_foreign_one_is_not_there(bench: Bench) -> None:
    matter = bench.file()
    what = matter.words.get(name="what")
    address = reverse("work_paper", args=[matter.number, what.pk])
    assert WHAT in bench.client("director").get(address).content.decode()
    assert AccessLog.objects.filter(reason="document").count() == 1
    assert bench.client("environment").get(address).status_code == 404


# --- done, with papers ---


def test_an_empty_form_comes_back_with_a_sentence_and_changes_nothing(bench: Bench) -> None:
    matter = bench.file()
    answer = bench.send("director", matter, "done", "registered", remark="先打过电话")
    assert answer.status_code == 422
    assert "请写“回执”，或传一个文件" in text_of(answer) and "先打过电话" in answer.content.decode()
    assert "<title>有错误：" in answer.content.decode()
    assert Matter.objects.get(pk=matter.pk).step == "intake"


def test_nothing_typed_is_lost_by_leaving(bench: Bench) -> None:
    matter = bench.file()
    bench.send("director", matter, "done", "registered", doc__receipt="写到一半", later="yes")
    assert "写到一半" in bench.form("director", matter, "done", "registered").content.decode()
    assert "写到一半" in text_of(bench.page("director", matter.number))
    assert "写到一半" not in text_of(bench.page("member", matter.number))
    bench.wait(days=4)
    assert "写到一半" not in bench.form("director", matter, "done", "registered").content.decode()


def test_what_cannot_be_undone_is_checked_first(bench: Bench) -> None:
    matter = bench.file()
    answer = bench.send("director", matter, "done", "registered", doc__receipt=SAID)
    assert answer["Location"].endswith("/act/done/registered/check")
    assert Matter.objects.get(pk=matter.pk).step == "intake"
    shown = text_of(bench.client("director").get(answer["Location"]))
    assert SAID in shown and "下一步：党总支紧急会议" in shown and "不能撤回" in shown
    answer = bench.confirm("director", matter, "done", "registered")
    assert Matter.objects.get(pk=matter.pk).step == "emergency"
    assert "办好了，已记入办理经过" in text_of(bench.client("director").get(answer["Location"]))


def test_the_check_page_without_a_draft_leads_back_to_the_form(bench: Bench) -> None:
    matter = bench.file()
    answer = bench.client("director").get(reverse("work_check", args=[matter.number, "done", "registered"]))
    assert answer["Location"].endswith("/act/done/registered")


def test_pressing_twice_is_one_act(bench: Bench) -> None:
    matter = bench.file()
    bench.send("director", matter, "done", "registered", doc__receipt=SAID)
    address = reverse("work_check", args=[matter.number, "done", "registered"])
    client = bench.client("director")
    fields = hidden(client.get(address))
    first, second = client.post(address, fields), client.post(address, fields)
    assert (first.status_code, second.status_code) == (302, 302)
    assert matter.acts.filter(kind="done").count() == 1


def test_back_and_the_form_again_is_one_act(bench: Bench) -> None:
    matter = bench.file()
    address = reverse("work_act", args=[matter.number, "done", "registered"])
    fields = hidden(bench.client("director").get(address)) | {"doc.receipt": SAID}
    bench.client("director").post(address, fields)
    bench.confirm("director", matter, "done", "registered")
    again = bench.client("director").post(address, fields)
    assert again.status_code == 302 and matter.acts.filter(kind="done").count() == 1


def test_a_file_stands_for_the_paper_and_is_kept_through_an_error(bench: Bench) -> None:
    matter = bench.file()
    page = SimpleUploadedFile("回执.pdf", b"%PDF-1.7 receipt", "application/pdf")
    wrong = SimpleUploadedFile("车棚.exe", b"MZ\0\0", "application/octet-stream")
    answer = bench.send(
        "director", matter, "done", "registered", **{"doc.receipt.file": page, "attachments.file": wrong}
    )
    assert answer.status_code == 422 and "“车棚.exe”不是照片" in text_of(answer) and "回执.pdf" in text_of(answer)
    matter = bench.do("director", matter, "done", "registered")
    row = matter.words.get(name="receipt")
    assert (matter.step, row.media_type, row.kind) == ("emergency", "application/pdf", "document")


def test_a_photo_is_attached_without_its_place(bench: Bench, tmp_path: object) -> None:
    matter = bench.file()
    path = tmp_path / "p.jpg"  # type: ignore[operator]
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (60, 40), "green").save(path, exif=exif)
    photo = SimpleUploadedFile("现场.jpg", path.read_bytes(), "image/jpeg")
    matter = bench.do("director", matter, "done", "registered", doc__receipt=SAID, **{"attachments.file": photo})
    row = matter.words.get(name="photo.1")
    answer = bench.client("secretary").get(reverse("work_paper", args=[matter.number, row.pk]))
    assert answer["Content-Type"] == "image/jpeg" and b"Exif" not in answer.content


def test_a_removed_file_is_gone(bench: Bench) -> None:
    matter = bench.file()
    page = SimpleUploadedFile("回执.pdf", b"%PDF-1.7 receipt", "application/pdf")
    bench.send("director", matter, "done", "registered", **{"doc.receipt.file": page, "later": "yes"})
    html = bench.form("director", matter, "done", "registered").content.decode()
    file = html.split('name="remove" value="')[1].split('"')[0]
    bench.send("director", matter, "done", "registered", remove=file)
    assert "回执.pdf" not in bench.form("director", matter, "done", "registered").content.decode()


def test_facts_have_to_be_answered_and_fit(bench: Bench) -> None:
    matter = to_submit(bench, stop="council_done")
    answer = bench.send("director", matter, "done", "proposal", doc__minutes="到齐", doc__proposed_solution="重建",
                        field__needs_planning="yes", field__needs_funds="maybe")  # fmt: skip
    said = text_of(answer)
    assert answer.status_code == 422 and "请从列出的里面选" in said and "请回答“是否超出社区处理范畴”" in said


# --- wrong people, too late ---


@pytest.mark.parametrize("login", ["secretary", "deputy", "station"])
def test_a_step_of_others_is_refused_with_who_does_it(bench: Bench, login: str) -> None:
    matter = to_notice(bench)  # held by the residents' committee; these have had a part or none
    answer = bench.client(login).post(
        reverse("work_act", args=[matter.number, "done", "posted"]), {"visit": "notice#1"}
    )
    assert answer.status_code in (403, 404)
    assert Matter.objects.get(pk=matter.pk).step == "notice"
    if answer.status_code == 403:
        assert "这一步由社区居委会办" in text_of(answer)


def test_who_was_faster_is_said_and_what_was_typed_is_kept(bench: Bench) -> None:
    matter = bench.file()
    address = reverse("work_act", args=[matter.number, "done", "registered"])
    fields = hidden(bench.client("member").get(address)) | {"doc.receipt": "我也写了一份回执"}
    bench.do("director", matter, "done", "registered", doc__receipt=SAID)
    answer = bench.client("member").post(address, fields)
    said = text_of(answer)
    assert answer.status_code == 409
    assert "社区居委会主任2026年3月16日（周一）8:30已经办了这一步" in said and "我也写了一份回执" in said
    assert "我也写了一份回执" in text_of(bench.page("member", matter.number))
    assert matter.acts.filter(kind="done").count() == 1


def test_the_loser_of_a_race_on_the_check_page_is_told_too(bench: Bench) -> None:
    matter = bench.file()
    bench.send("member", matter, "done", "registered", doc__receipt="我也写了一份回执")
    address = reverse("work_check", args=[matter.number, "done", "registered"])
    fields = hidden(bench.client("member").get(address))
    bench.do("director", matter, "done", "registered", doc__receipt=SAID)
    answer = bench.client("member").post(address, fields)
    assert answer.status_code == 409 and "我也写了一份回执" in text_of(answer)


def test_a_clock_that_ran_out_is_named_as_the_winner(bench: Bench) -> None:
    matter = to_build(bench, accepted=False)
    address = reverse("work_act", args=[matter.number, "decline", "-"])
    fields = hidden(bench.client("bureau").get(address)) | {"duty": "self_management:residents_committee"}
    bench.wait(days=3)  # silence accepts
    answer = bench.client("bureau").post(address, {**fields, "to": "street_office"})
    assert answer.status_code in (403, 409, 422)
    assert not matter.acts.filter(kind="decline").exists()


def test_a_blocked_act_says_what_is_missing(bench: Bench) -> None:
    matter = to_submit(bench)
    answer = bench.form("station", matter, "done", "submitted")
    assert answer.status_code == 409 and "未签齐" in text_of(answer)


# --- the other kinds ---
