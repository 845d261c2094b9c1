"""Staff pass on, pause, extend, answer and correct: each act by who may, and once."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import read_text
from tests.support.demo import staff
from tests.web.bench import WHAT, Bench, text_of
from tests.web.ways import to_build, to_notice, to_plan, to_submit

SAID = "已登记，由居委会负责答复。"


def take(bench: Bench, login: str, matter: Matter, kind: str, **more: object) -> None:
    take_step(matter.number, Draft(kind, **more), staff(login), bench.at, None)  # type: ignore[arg-type]


# --- reading ---


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
