"""会议纪要 as a Word file: A4, black, 16 pt in the measures of office papers, closing with who came."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from gongzhi.records.matters.access import note_reading
from gongzhi.records.matters.models import Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.web.access import requires
from gongzhi.web.workbench.gathering import Gathering, gathering_of
from gongzhi.web.workbench.minutes_parts import Part, corrections, parts_of, versions_of
from gongzhi.web.workbench.preset import attendance_lines
from gongzhi.words.times import day_text

__all__ = ["Minutes", "minutes_docx", "write_minutes"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋", "黑体"
CLOSING = ("出席", "请假", "列席")


@dataclass(frozen=True, slots=True)
class Minutes:
    """`body`: paragraphs; `resolutions`: (what, by whom, until when); `closing`: 出席, 请假, 列席.

    `parts`: who came, items with votes and verdicts, questions, corrections; each a heading with its lines.
    """

    title: str
    body: tuple[str, ...]
    resolutions: tuple[tuple[str, str, str], ...]
    closing: tuple[str, ...]
    parts: tuple[Part, ...] = ()


@requires("staff")
@require_GET
def minutes_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of a meeting to file and print. 404 while there are none as text."""
    here = gathering_of(request, pk)
    found, meeting = here.found, here.meeting
    versions = versions_of(meeting)
    if not versions or not found.may_open(versions[-1]):
        raise Http404("no minutes for this reader")
    note_reading(found.person, found.role, "document", found.at, found.matter)
    content = write_minutes(_minutes(here, versions))
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="minutes-{found.matter.number}-{meeting.pk}.docx"'
    return response


def _minutes(here: Gathering, versions: list[Words]) -> Minutes:
    lines = [line for line in read_text(versions[-1]).split("\n") if line.strip()]
    if lines and lines[0].strip() == here.meeting.title:
        lines = lines[1:]
    closing = [line for line in lines if _closes(line)]
    rows = here.meeting.resolutions.select_related("text", "owner").order_by("item")
    resolutions = [(read_text(one.text), one.owner.title, day_text(one.due) if one.due else "") for one in rows]
    title = f"{here.meeting.organ.title}{here.meeting.title}纪要"
    body = tuple(line for line in lines if not _closes(line))
    parts = parts_of(here.found.terms, here.meeting)
    if changed := corrections(versions):
        parts.append(("更正", changed))
    if here.meeting.seal:
        parts.append(("封存", (f"会议记录摘要：{here.meeting.seal}",)))
    ending = closing or attendance_lines(here.found, here.meeting)
    return Minutes(title, body, tuple(resolutions), tuple(ending), tuple(parts))


def _closes(line: str) -> bool:
    return line.strip().startswith(tuple(f"{word}：" for word in CLOSING))


def write_minutes(minutes: Minutes) -> bytes:
    """The file. Fonts are named, not embedded; where they are missing the reader's program takes its own."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    _style(document)
    _paragraph(document, minutes.title, TITLE_FONT, 22, centred=True)
    for line in minutes.body:
        _paragraph(document, line)
    for nth, (text, owner, due) in enumerate(minutes.resolutions, 1):
        if nth == 1:
            _paragraph(document, "决议", HEAD_FONT)
        until = f"，{due}前办完" if due else ""
        _paragraph(document, f"{nth}. {text}（{owner}{until}）")
    for heading, lines in minutes.parts:
        _paragraph(document, heading, HEAD_FONT)
        for line in lines:
            _paragraph(document, line)
    for line in minutes.closing:
        _paragraph(document, line)
    _number_pages(page.footer.paragraphs[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _style(document) -> None:  # type: ignore[no-untyped-def]
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name, normal.font.color.rgb = Pt(16), BODY_FONT, RGBColor(0, 0, 0)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    shape = normal.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(29)
    shape.space_before = shape.space_after = Pt(0)


def _paragraph(document, text: str, font: str = "", size: int = 16, centred: bool = False) -> None:  # type: ignore[no-untyped-def]
    made: Paragraph = document.add_paragraph()
    run: Run = made.add_run(text)
    run.font.size, run.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    if font:
        run.font.name = font
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if centred:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.space_after = Pt(29)
        made.paragraph_format.line_spacing = Pt(32)
    else:
        made.paragraph_format.first_line_indent = Pt(2 * size)


def _number_pages(paragraph: Paragraph) -> None:
    """— 1 —"""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ").font.size = Pt(14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —").font.size = Pt(14)
