"""Every form of the matter page: filled in well, badly, by the wrong people, twice, and too late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.records.matters.models import AccessLog, Matter
from gongzhi.records.matters.sealing import read_text
from tests.support.demo import staff
from tests.web.bench import WHAT, Bench, hidden, text_of
from tests.web.ways import to_build, to_notice, to_plan, to_submit

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


def test_signing_needs_a_choice_and_refusing_a_reason(bench: Bench) -> None:
    matter = to_submit(bench)
    choice = "sign.residents_committee"
    assert bench.send("director", matter, "part", choice).status_code == 422
    answer = bench.send("director", matter, "part", choice, state="refused")
    assert answer.status_code == 422 and "请写理由" in text_of(answer)
    matter = bench.do("director", matter, "part", choice, state="refused", remark="方案没有写清谁出钱")
    said = text_of(bench.page("station", matter.number))
    assert "社区居委会签字：不同意" in said and "方案没有写清谁出钱" in said
    matter = bench.do("station", matter, "done", "unsigned")
    assert matter.step == "council"


def test_nobody_signs_for_another(bench: Bench) -> None:
    matter = to_submit(bench)
    answer = bench.client("station").post(
        reverse("work_act", args=[matter.number, "part", "sign.party_branch"]), {"state": "done", "visit": "submit#1"}
    )
    assert answer.status_code == 403


def test_accepting_is_one_tap_and_once(bench: Bench) -> None:
    matter = to_build(bench, accepted=False)
    page = bench.page("bureau", matter.number).content.decode()
    assert "签收后由我们负责，不能再退" in page
    matter = bench.do("bureau", matter, "accept")
    assert matter.answers and matter.answers.organ == "construction_bureau"
    assert bench.form("bureau", matter, "accept").status_code == 403


def test_passing_back_needs_a_line_of_the_duty_list(bench: Bench) -> None:
    matter = to_build(bench, accepted=False)
    answer = bench.send("bureau", matter, "decline", to="street_office")
    assert answer.status_code == 422 and "请从职责清单里选依据" in text_of(answer)
    bench.do("bureau", matter, "decline", to="street_joint_meeting", duty="planning_guidance:street_office")
    said = text_of(bench.page("deputy", matter.number))
    assert "区建设局退回" in said and "规划与指导归街道办事处（FQ-18）" in said


def test_the_adjudicator_rules_after_the_second_refusal(bench: Bench) -> None:
    matter = to_build(bench, accepted=False)
    bench.do("bureau", matter, "decline", to="environment_bureau", duty="environment:environment_bureau")
    matter = bench.do("environment", matter, "decline", to="transport_bureau", duty="transport:transport_bureau")
    assert matter.status == "ruling"
    assert "裁定由谁承办" in text_of(bench.client("joint").get("/work"))
    assert bench.send("joint", matter, "assign").status_code == 422
    matter = bench.do("joint", matter, "assign", to="construction_bureau")
    assert (matter.status, matter.answers and matter.answers.organ) == ("open", "construction_bureau")


def test_a_pause_takes_only_the_charters_grounds_and_ends_by_a_tap(bench: Bench) -> None:
    matter = to_build(bench)
    assert bench.send("bureau", matter, "pause", ground="想歇歇").status_code == 422
    bench.do("bureau", matter, "pause", ground="weather")
    assert "恶劣天气" in text_of(bench.page("bureau", matter.number))
    bench.wait(days=2)
    bench.do("bureau", matter, "resume")
    assert "期限继续" in text_of(bench.page("bureau", matter.number))


def test_an_extension_is_given_by_who_may_and_says_why(bench: Bench) -> None:
    matter = to_build(bench)
    assert bench.form("bureau", matter, "extend").status_code == 403
    assert bench.send("deputy", matter, "extend").status_code == 422
    before = matter.due
    matter = bench.do("deputy", matter, "extend", ground="等水泥到货")
    assert matter.due and before and matter.due - before == timedelta(days=60)
    assert "等水泥到货" in text_of(bench.page("deputy", matter.number))


def test_an_objection_is_answered_with_a_ground(bench: Bench) -> None:
    matter = to_plan(bench)
    objector = bench.resident(1)
    draft = Draft("object", part="one", words={"objection": "有一张正对一楼窗户"}, visit=matter.visit)
    take_step(matter.number, draft, objector, bench.at, None)
    form = bench.form("director", matter, "answer_objection", "one")
    assert "有一张正对一楼窗户" in text_of(form)
    assert bench.send("director", matter, "answer_objection", "one", state="rejected").status_code == 422
    matter = bench.do("director", matter, "answer_objection", "one", state="rejected", ground="已经挪开",
                      answer="已挪到花坛另一侧")  # fmt: skip
    notice = matter.notices.last()
    row = notice.objected.get()
    assert row.state == "rejected" and read_text(row.answer) == "已挪到花坛另一侧"
    page = bench.client("director").get(reverse("work_notice", args=[matter.number, notice.pk]))
    assert "异议不成立" in text_of(page) and "有一张正对一楼窗户" in text_of(page)


def test_a_notice_is_seen_on_its_sheet_before_it_hangs(bench: Bench) -> None:
    matter = to_notice(bench)
    answer = bench.send("director", matter, "done", "posted", doc__notice_text="3月19日下午开会")
    sheet = bench.client("director").get(reverse("notice_preview", args=[matter.number, "done", "posted"]))
    assert "还没有张贴" in text_of(sheet) and "3月19日下午开会" in text_of(sheet) and "<svg" in sheet.content.decode()
    assert "（盖章）" in text_of(sheet)
    assert answer["Location"].endswith("/check") and not matter.notices.exists()


def test_setting_aside_goes_back_with_a_reason(bench: Bench) -> None:
    matter = to_notice(bench)
    assert bench.send("joint", matter, "set_aside", to="intake").status_code == 422
    matter = bench.do("joint", matter, "set_aside", to="intake", ground="会议没有按章程召集")
    assert matter.step == "intake"


def test_a_remark_moves_no_clock(bench: Bench) -> None:
    matter = bench.file()
    assert bench.send("director", matter, "note").status_code == 422
    after = bench.do("director", matter, "note", remark="明天上门看")
    assert after.due == matter.due and "明天上门看" in text_of(bench.page("director", matter.number))


def test_the_public_title_is_changed_and_logged(bench: Bench) -> None:
    matter = bench.file()
    assert bench.send("director", matter, "title", title=" ").status_code == 422
    matter = bench.do("director", matter, "title", title="重建4号院自行车棚")
    assert matter.subject == "重建4号院自行车棚"
    assert "改公开标题" in text_of(bench.page("director", matter.number))


def test_a_correction_keeps_both_papers(bench: Bench) -> None:
    matter = to_submit(bench)
    take(bench, "station", matter, "note", state="remark")
    for login, organ in (
        ("secretary", "party_branch"),
        ("director", "residents_committee"),
        ("station", "service_station"),
    ):
        bench.do(login, matter, "part", f"sign.{organ}", state="done")
    matter = bench.do("station", matter, "done", "submitted", doc__submission="三方会签的方案")
    assert bench.form("station", matter, "correct").status_code == 403  # it is no longer theirs to correct


def test_who_declares_a_relation_may_act_no_more(bench: Bench) -> None:
    matter = bench.file()
    bench.do("director", matter, "related")
    answer = bench.send("director", matter, "done", "registered", doc__receipt=SAID)
    assert answer.status_code == 403
    matter = bench.do("member", matter, "done", "registered", doc__receipt=SAID)
    assert matter.step == "emergency"


def test_the_print_view_holds_no_words_of_the_resident(bench: Bench) -> None:
    matter = bench.file()
    said = text_of(bench.client("director").get(reverse("work_print", args=[matter.number])))
    assert "收到，已编号" in said and WHAT not in said


def test_who_has_the_form_open_is_shown_to_others(bench: Bench) -> None:
    matter = bench.file()
    bench.form("director", matter, "done", "registered")
    assert "社区居委会主任正在办" in text_of(bench.page("member", matter.number))
    assert "社区居委会主任正在办" in text_of(bench.client("member").get("/work"))
    assert "正在办" not in text_of(bench.page("director", matter.number))
