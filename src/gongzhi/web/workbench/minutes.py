"""会议纪要 as a Word file: A4, black, 16 pt in the measures of office papers, closing with who came."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.records.matters.access import note_reading
from gongzhi.records.matters.models import Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.web.access import requires
from gongzhi.web.word import WORD, write_sheet
from gongzhi.web.workbench.gathering import Gathering, gathering_of
from gongzhi.web.workbench.minutes_parts import Part, corrections, parts_of, versions_of
from gongzhi.web.workbench.preset import attendance_lines
from gongzhi.words.sheets import Line, Sheet
from gongzhi.words.times import day_text

__all__ = ["minutes_docx"]

CLOSING = ("出席", "请假", "列席")


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
    content = write_sheet(_sheet(here, versions))
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="minutes-{found.matter.number}-{meeting.pk}.docx"'
    return response


def _sheet(here: Gathering, versions: list[Words]) -> Sheet:
    """What was written, the resolutions, the record of the meeting, and at the end who came."""
    lines = [line for line in read_text(versions[-1]).split("\n") if line.strip()]
    if lines and lines[0].strip() == here.meeting.title:
        lines = lines[1:]
    closing = [line for line in lines if _closes(line)] or attendance_lines(here.found, here.meeting)
    body = [Line("text", line) for line in lines if not _closes(line)]
    ending = [Line("text", line) for line in closing]
    title = f"{here.meeting.organ.title}{here.meeting.title}纪要"
    told = (*body, *_resolutions(here), *_parts(here, versions), *ending)
    return Sheet(title, here.found.matter.number, told)


def _resolutions(here: Gathering) -> Iterator[Line]:
    rows = here.meeting.resolutions.select_related("text", "owner").order_by("item")
    for nth, one in enumerate(rows, 1):
        if nth == 1:
            yield Line("head", "决议")
        until = f"，{day_text(one.due)}前办完" if one.due else ""
        yield Line("text", f"{nth}. {read_text(one.text)}（{one.owner.title}{until}）")


def _parts(here: Gathering, versions: list[Words]) -> Iterator[Line]:
    parts: list[Part] = parts_of(here.found.terms, here.meeting)
    if changed := corrections(versions):
        parts.append(("更正", changed))
    if here.meeting.seal:
        parts.append(("封存", (f"会议记录摘要：{here.meeting.seal}",)))
    for heading, lines in parts:
        yield Line("head", heading)
        yield from (Line("text", line) for line in lines)


def _closes(line: str) -> bool:
    return line.strip().startswith(tuple(f"{word}：" for word in CLOSING))
