"""征求意见 at its pages: voting one at a time, saying more, moderation, appeal, map, survey, report, signatures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongzhi.records.consultations.models import Consultation, Stance
from gongzhi.web import clock
from tests.support.consulting import SAID, Consulting, found_consulting
from tests.support.visitors import visitor
from tests.web.bench import text_of


@pytest.fixture
def here(db: None, settings: object, tmp_path: Path) -> Consulting:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    settings.GONGZHI_STORY_CLOCK = True  # type: ignore[attr-defined]
    return found_consulting()


def as_(here: Consulting, who: str = "") -> Client:
    """Somebody's browser; the clock of the pages is that of the test."""
    clock.set_story_time(here.later())
    person = here.resident(int(who[1:])) if re.fullmatch(r"r\d+", who) else here.who.get(who)
    return visitor(person)


def get(here: Consulting, name: str, *args: object, who: str = "", query: str = "") -> Any:
    answer = as_(here, who).get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer


def post(here: Consulting, name: str, *args: object, who: str, **typed: object) -> Any:
    return as_(here, who).post(reverse(name, args=args), typed)


def vote(here: Consulting, found: Consultation, who: str, answer: str) -> Any:
    page = get(here, "consultation", found.pk, who=who).content.decode()
    statement = re.search(r'name="statement" value="(\d+)"', page)
    assert statement is not None
    return post(here, "consultation_vote", found.pk, who=who, statement=statement[1], answer=answer)


def test_a_resident_votes_one_statement_after_the_other(here: Consulting) -> None:
    found = here.opened()
    assert found.title in text_of(get(here, "consultations"))
    assert "登录后表态" in text_of(get(here, "consultation", found.pk))
    seen = text_of(get(here, "consultation", found.pk, who="r1"))
    assert "已表态0条，共8条" in seen and SAID[0] in seen
    assert vote(here, found, "r1", "agree").status_code == 302
    seen = text_of(get(here, "consultation", found.pk, who="r1"))
    assert "已表态1条" in seen and "收回，重新选" in seen and f"{SAID[1]} 同意 不同意 跳过" in seen
    for _ in range(7):
        vote(here, found, "r1", "pass")
    assert "每一条都表过态了" in text_of(get(here, "consultation", found.pk, who="r1"))
    assert Stance.objects.count() == 8


def test_a_vote_taken_back_can_be_cast_anew(here: Consulting) -> None:
    found = here.opened()
    vote(here, found, "r1", "agree")
    row = Stance.objects.get().statement_id
    assert post(here, "consultation_vote", found.pk, who="r1", statement=row, answer="agree").status_code == 422
    assert post(here, "consultation_vote", found.pk, who="r1", statement=row, answer="back").status_code == 302
    assert not Stance.objects.exists()


@pytest.mark.parametrize("statement", ["", "x", "-1", "9" * 30, "²"])
def test_a_vote_on_nothing_is_refused(here: Consulting, statement: str) -> None:
    found = here.opened()
    answer = post(here, "consultation_vote", found.pk, who="r1", statement=statement, answer="agree")
    assert answer.status_code == 422 and "没有这一条" in text_of(answer)


def test_what_is_refused_keeps_what_was_typed(here: Consulting) -> None:
    found = here.opened()
    answer = post(here, "consultation_say", found.pk, "statement", who="r1", statement="长" * 150)
    assert answer.status_code == 422 and "最多140个字" in text_of(answer) and "长" * 150 in answer.content.decode()


def test_spam_from_one_address_gets_a_clear_answer(here: Consulting) -> None:
    found = here.opened()
    client = as_(here, "r1")
    answers: list[Any] = [
        client.post(reverse("consultation_say", args=[found.pk, "comment"]), {"comment": f"第{n}条"}) for n in range(12)
    ]
    assert answers[9].status_code == 302 and answers[-1].status_code == 429
    assert "防刷屏" in text_of(answers[-1]) and "第11条" in answers[-1].content.decode()


def test_moderation_is_visible_and_can_be_appealed(here: Consulting) -> None:
    found = here.opened()
    post(here, "consultation_say", found.pk, "comment", who="r1", comment="电费谁出要说清")
    assert "电费谁出" not in text_of(get(here, "consultation", found.pk))
    row = found.contributions.get(kind="comment")
    assert "1条等着看" in text_of(get(here, "work_consultations", who="chair"))
    assert "电费谁出" in text_of(get(here, "work_moderation", found.pk, who="chair"))
    answer = post(here, "work_moderate", row.pk, who="chair", show="0", ground="", reason="")
    assert answer.status_code == 422 and "不公开要选理由" in text_of(answer)
    post(here, "work_moderate", row.pk, who="chair", show="0", ground="not_about_this", reason="另有事项在办")
    seen = text_of(get(here, "consultation", found.pk))
    assert "另有事项在办" in seen and "电费谁出" not in seen
    assert "不同意，申诉" in text_of(get(here, "consultation", found.pk, who="r1"))
    assert post(here, "consultation_appeal", found.pk, row.pk, who="r2", why="我也要").status_code == 404
    assert post(here, "consultation_appeal", found.pk, row.pk, who="r1", why="就是这件事").status_code == 302
    assert "申诉中" in text_of(get(here, "consultation", found.pk))
    assert "申诉说" not in text_of(get(here, "work_moderation", found.pk, who="chair"))
    assert "就是这件事" in text_of(get(here, "work_moderation", found.pk, who="street"))
    post(here, "work_appeal", row.pk, who="street", upheld="1", answer="确实有关")
    assert "电费谁出要说清" in text_of(get(here, "consultation", found.pk))


def test_staff_of_other_organs_do_not_find_it(here: Consulting) -> None:
    found = here.opened()
    for name in ("work_consultation", "work_moderation", "work_survey_enter"):
        assert as_(here, "secretary").get(reverse(name, args=[found.pk])).status_code == 404


def test_staff_prepare_open_and_answer(here: Consulting) -> None:
    found = here.consult()
    said = text_of(get(here, "work_consultation", found.pk, who="chair"))
    assert "还没有观点" in said and "还没有开放" in said
    typed = {"title": "活动室", "intro": "要定开放时间", "adds": "1", "until": ""}
    answer = post(here, "work_consultation_open", found.pk, who="chair", **typed)
    assert answer.status_code == 422 and "先写几条" in text_of(answer) and "要定开放时间" in answer.content.decode()
    post(here, "work_consultation_seed", found.pk, who="chair", statements="早点开\n\n晚点关\n早点开")
    assert found.contributions.count() == 2
    bad = post(here, "work_consultation_open", found.pk, who="chair", **{**typed, "until": "明天"})
    assert bad.status_code == 422
    assert post(here, "work_consultation_open", found.pk, who="chair", **typed).status_code == 302
    assert "要定开放时间" in text_of(get(here, "consultation", found.pk))
    points = {
        "text0": "早点开",
        "decision0": "adopted",
        "reason0": "多数人要",
        "text1": "免费",
        "decision1": "not_adopted",
        "reason1": "",
    }
    answer = post(here, "work_consultation_points", found.pk, who="chair", **points)
    assert answer.status_code == 422 and "免费" in answer.content.decode()
    post(here, "work_consultation_points", found.pk, who="chair", **{**points, "reason1": "电费要人出"})
    said = text_of(get(here, "consultation_report", found.pk))
    assert "早点开 采纳 多数人要" in said and "免费 不采纳 电费要人出" in said


def test_the_map_in_words_picture_and_table(here: Consulting) -> None:
    found = here.opened()
    assert "一组至少10人才显示" in text_of(get(here, "opinion_map", found.pk))
    here.camps(found)
    page = get(here, "opinion_map", found.pk)
    said = text_of(page)
    assert "A组（14人）" in said and "B组（12人）" in said and "周末早上也开" in said
    assert page.content.decode().count("<circle") == 2
    assert not any(stance.voter in page.content.decode() for stance in Stance.objects.all()[:50])
    assert as_(here).get(reverse("consultation_votes", args=[found.pk])).status_code == 404


def test_open_data_come_when_it_is_over(here: Consulting) -> None:
    found = here.opened()
    here.camps(found)
    Consultation.objects.filter(pk=found.pk).update(status="closed", closed_at=here.at)
    lines = get(here, "consultation_votes", found.pk).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "participant,statement,vote" and len(lines) == 1 + 26 * 8
    assert "活动室" not in "".join(lines)
    assert SAID[0] in get(here, "consultation_statements", found.pk).content.decode()


QUESTIONS = {
    "q_text0": "什么时候来", "q_kind0": "choice", "q_options0": "早上、晚上", "q_text1": "满意几分", "q_kind1": "scale",
    "q_low1": "1", "q_high1": "5", "q_text2": "还想说", "q_kind2": "text",
}  # fmt: skip


def surveyed(here: Consulting) -> Consultation:
    found = here.opened()
    assert post(here, "work_consultation_questions", found.pk, who="chair", **QUESTIONS).status_code == 302
    return found


def filled(found: Consultation, first: str, second: str, third: str = "") -> dict[str, str]:
    return {
        f"q{row.pk}": said for row, said in zip(found.questions.order_by("number"), (first, second, third), strict=True)
    }


def test_a_survey_on_screen_and_paper_counts_each_once(here: Consulting) -> None:
    found = surveyed(here)
    answer = post(here, "survey", found.pk, who="r1", **filled(found, "1", "9", "挺好"))
    assert (
        answer.status_code == 422 and "第2题要填1到5之间的整数" in text_of(answer) and "挺好" in answer.content.decode()
    )
    assert post(here, "survey", found.pk, who="r1", **filled(found, "1", "5", "挺好")).status_code == 302
    again = post(here, "survey", found.pk, who="r1", **filled(found, "0", "1"))
    assert again.status_code == 422 and found.sheets.count() == 1
    printed = get(here, "work_survey_print", found.pk, who="chair", query="?first=3&many=2")
    number = re.findall(r"\b3-\d{4}\b", text_of(printed))[0]
    assert printed.content.decode().count("<svg") >= 2
    assert (
        post(here, "work_survey_enter", found.pk, who="chair", number="3-99x", **filled(found, "1", "4")).status_code
        == 422
    )
    assert (
        post(here, "work_survey_enter", found.pk, who="chair", number=number, **filled(found, "1", "4")).status_code
        == 302
    )
    twice = post(here, "work_survey_enter", found.pk, who="chair", number=number, **filled(found, "1", "4"))
    assert "已经录过了" in text_of(twice) and found.sheets.count() == 2


def test_small_cells_of_a_survey_are_hidden(here: Consulting) -> None:
    found = surveyed(here)
    assert "答的人不到10个，不显示" in text_of(get(here, "consultation_report", found.pk))
    for number in range(33):
        post(here, "survey", found.pk, who=f"r{number}", **filled(found, "0" if number < 28 else "1", "4"))
    said = text_of(get(here, "consultation_report", found.pk))
    assert "33人回答" in said and said.count("能推算出来，不显示") >= 2
    assert "28" not in re.findall(r"\d+", said.partition("什么时候来")[2].partition("满意几分")[0])
    assert "100% （90–100%）" in said or "100%（90–100%）" in said


def test_pages_ask_the_database_as_often_for_many_as_for_few(here: Consulting, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    found = here.opened()
    here.camps(found, (3, 2))
    client = as_(here)
    client.get(reverse("consultations"))
    with django_assert_max_num_queries(14):
        client.get(reverse("consultation", args=[found.pk]))
    here.camps(here.opened())
    for number in range(20):
        found.contributions.create(kind="comment", number=number + 1, text=f"意见{number}", state="shown", added_at=here.at,
                                   purpose="x", legal_basis="x", collected_from="self")  # fmt: skip
    with django_assert_max_num_queries(14):
        client.get(reverse("consultation", args=[found.pk]))
    with django_assert_max_num_queries(12):
        client.get(reverse("consultations"))
