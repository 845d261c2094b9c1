"""A sheet as a Word file: A4, black, in the measures of office papers. Fonts are named, not embedded."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongzhi.words.sheets import DATED, Line, Sheet

__all__ = ["WORD", "write_sheet"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋", "黑体"
BLACK = RGBColor(0, 0, 0)
WIDTH = 156  # millimetres between the margins


def write_sheet(sheet: Sheet) -> bytes:
    """The file: title, number, lines, and in small print where the contents come from."""
    document = Document()
    _page(document)
    title = _paragraph(document, sheet.title, TITLE_FONT, 22)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing, title.paragraph_format.space_after = Pt(32), Pt(16)
    if sheet.number:
        _paragraph(document, f"编号：{sheet.number}", size=12)
    for line in sheet.lines:
        WRITE[line.kind](document, line)
    if sheet.law:
        _paragraph(document, f"依据：{sheet.law}", size=10.5)
    _number_pages(document.sections[0].footer.paragraphs[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name, normal.font.color.rgb = Pt(16), BODY_FONT, BLACK
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    shape = normal.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(29)
    shape.space_before = shape.space_after = Pt(0)


def _paragraph(document: Any, text: str, font: str = "", size: float = 16) -> Any:
    made = document.add_paragraph()
    run = made.add_run(text)
    run.font.size, run.font.color.rgb = Pt(size), BLACK
    if font:
        run.font.name = font
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return made


def _head(document: Any, line: Line) -> None:
    _paragraph(document, line.text, HEAD_FONT).paragraph_format.keep_with_next = True


def _text(document: Any, line: Line) -> None:
    _paragraph(document, line.text).paragraph_format.first_line_indent = Pt(32)


def _blank(document: Any, line: Line) -> None:
    """A label and a line to write on, to the margin, and one more below."""
    for text in (f"{line.text}：\t", "\t"):
        made = _paragraph(document, text)
        made.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


def _sign(document: Any, line: Line) -> None:
    made = _paragraph(document, f"{line.text}：\t{DATED}")
    made.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    made.paragraph_format.space_before = Pt(14)


WRITE = {"head": _head, "text": _text, "blank": _blank, "sign": _sign}


def _number_pages(paragraph: Any) -> None:
    """— 1 —"""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ").font.size = Pt(14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —").font.size = Pt(14)
