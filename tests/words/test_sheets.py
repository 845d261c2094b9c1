"""A paper has one content in three forms: text to write into, a Word file, a page to print."""

import io
from datetime import datetime

import pytest
from docx import Document

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.templates import Section, Template, placeholders
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.engine import advance
from gongzhi.web.word import write_sheet
from gongzhi.words.sheet_facts import Facts, sheet_of
from gongzhi.words.sheets import BLANK, Line, as_text, fill, read_back, unfilled
from gongzhi.words.versions import changes
from tests.charters.shipped import shipped

AT = datetime(2026, 3, 2, 9, tzinfo=CHINA)
TEMPLATE = Template(
    (
        Section("一、当事人", asks={"who": "姓名"}),
        Section("二、协议", ("在{place}订立。", "{paper.record}"), {"what": "内容"}, ("甲方", "乙方")),
    ),
    "协议书",
    "某法第1条",
)
KNOWN = {"place": "试验社区", "paper.record": "第一行\n第二行"}


def blank(**known: str) -> str:
    return as_text(fill(TEMPLATE, "协议", "N-1", {**KNOWN, **known}.get))  # type: ignore[arg-type]


def test_a_blank_paper_says_what_is_known_and_asks_the_rest() -> None:
    text = blank()
    assert text.split("\n") == [
        "一、当事人", f"姓名：{BLANK}", "二、协议", "在试验社区订立。", "第一行", "第二行", f"内容：{BLANK}",
        "甲方：    年  月  日", "乙方：    年  月  日",
    ]  # fmt: skip
    assert unfilled(text) == ["姓名", "内容"]
    assert list(placeholders(TEMPLATE)) == ["place", "paper.record"]


def test_an_unknown_fact_is_left_to_be_filled_in() -> None:
    assert f"在{BLANK}订立。" in as_text(fill(TEMPLATE, "协议", "N-1", lambda _: ""))


def test_what_was_handed_in_has_the_shape_of_the_paper_again() -> None:
    text = blank().replace(f"姓名：{BLANK}", "姓名：甲、乙").replace(f"内容：{BLANK}", "内容：修好")
    sheet = read_back(TEMPLATE, "协议", "N-1", text)
    assert unfilled(text) == [] and sheet.title == "协议书"
    assert sheet.lines[0] == Line("head", "一、当事人") and sheet.lines[1] == Line("text", "姓名：甲、乙")
    assert [line.text for line in sheet.lines if line.kind == "sign"] == ["甲方", "乙方"]


def test_a_text_without_the_frame_keeps_its_words_and_gets_lines_to_sign_on() -> None:
    sheet = read_back(TEMPLATE, "协议", "N-1", "我们说好了。")
    assert [(line.kind, line.text) for line in sheet.lines] == [
        ("text", "我们说好了。"),
        ("sign", "甲方"),
        ("sign", "乙方"),
    ]


def test_the_word_file_holds_every_line_on_a4() -> None:
    sheet = fill(TEMPLATE, "协议", "N-1", KNOWN.get)  # type: ignore[arg-type]
    document = Document(io.BytesIO(write_sheet(sheet)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for line in (*sheet.lines, Line("text", "协议书"), Line("text", "编号：N-1"), Line("text", "依据：某法第1条")):
        assert line.text in said
    assert round(document.sections[0].page_width.mm) == 210


def test_changes_are_told_sentence_by_sentence() -> None:
    found = changes("不堆物。遛狗拴绳。", "不堆物。遛狗拴绳，晚上不叫。互相提醒。")
    assert [(one.kind, one.text) for one in found] == [
        ("same", "不堆物。"), ("del", "遛狗拴绳。"), ("ins", "遛狗拴绳，晚上不叫。"), ("ins", "互相提醒。"),
    ]  # fmt: skip


def case_of(name: str, procedure: str, fields: dict[str, object]) -> Case:
    loaded = shipped(name)
    assert loaded.charter
    act = Act("file", AT, Actor("p", "filer"), fields=fields, filing=Filing(procedure, "place", procedure, {}))
    return advance(loaded.charter, None, act, loaded.law.calendar).case


def test_a_mandate_names_agent_and_office_and_a_stranger_reads_no_other_paper() -> None:
    charter = shipped("huangpu").charter
    assert charter
    case = case_of("huangpu", "petition_agency", {"agent": "residents_committee", "accused": "market_station"})
    sheet = sheet_of(Facts(charter, case, "N-2", "油烟", "社区", AT, lambda _: ""), "mandate")
    assert sheet and sheet.title == "信访代理委托书"
    text = as_text(sheet)
    assert "我委托社区居委会" in text and "反映的机关是市场监管所" in text and "编号N-2" in text
    assert sheet_of(Facts(charter, case, "N-2", "", "", AT, lambda _: ""), "receipt") is None


@pytest.mark.parametrize("document", ["mediation_agreement", "application_pack"])
def test_the_law_s_contents_are_on_the_papers_of_mediation(document: str) -> None:
    charter = shipped("huangpu").charter
    assert charter
    case = case_of("huangpu", "coordination", {})
    text = as_text(sheet_of(Facts(charter, case, "N", "", "", AT, lambda name: f"《{name}》"), document))  # type: ignore[arg-type]
    wanted = {
        "mediation_agreement": [
            "当事人",
            "主要事实",
            "争议事项",
            "责任",
            "履行方式",
            "履行期限",
            "调解员",
            "30日内",
        ],  # 29, 33
        "application_pack": ["共同申请人", "《mediation_agreement》", "自愿", "最晚提交日期"],  # 民事诉讼法 205
    }
    assert [word for word in wanted[document] if word not in text] == []


def test_every_template_of_every_shipped_charter_can_be_written() -> None:
    seen = 0
    for name in ("huangpu", "chaoyang", "binhe", "village", "city_decisions"):
        charter = shipped(name).charter
        assert charter
        for document, template in charter.templates.items():
            sheet = fill(template, charter.documents[document], "N", lambda fact: fact)
            assert Document(io.BytesIO(write_sheet(sheet))).paragraphs
            seen += 1
    assert seen >= 15
