"""The paper of a document for a page or a file: blank with what the matter knows, or as it was handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from urllib.parse import quote

from django.http import HttpResponse

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.desk.wording import plain_text
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.sealing import read
from gongzhi.web.sheet_data import kept_of
from gongzhi.web.word import WORD, write_sheet
from gongzhi.words.sheet_facts import Facts, sheet_of
from gongzhi.words.sheets import Sheet, read_back

__all__ = ["May", "blank_sheet", "handed_sheet", "latest", "text_of", "word_file"]

May = Callable[[Words], bool]


class Looked(Protocol):
    """A matter as a page or an operation has looked it up."""

    @property
    def matter(self) -> Matter: ...

    @property
    def charter(self) -> Charter: ...

    @property
    def case(self) -> Case: ...


def blank_sheet(looked: Looked, document: str, at: datetime, may: May) -> Sheet | None:
    """The paper to fill in; None where the charter has no template for the document."""
    matter = looked.matter
    facts = Facts(
        looked.charter, looked.case, matter.number, matter.subject, matter.place.name, at,
        lambda name: text_of(latest(looked, name), may), kept_of(matter),
    )  # fmt: skip
    return sheet_of(facts, document)


def handed_sheet(looked: Looked, document: str, row: Words, may: May) -> Sheet | None:
    """The paper as it was handed in; None where it is no text, or not for this reader."""
    template, said = looked.charter.templates.get(document), text_of(row, may)
    if template is None or not said:
        return None
    return read_back(template, looked.charter.documents[document], looked.matter.number, said)


def latest(looked: Looked, document: str) -> Words | None:
    """What was handed in last under this name."""
    rows = looked.matter.words.filter(name=document, erased_at=None).select_related("act")
    return rows.order_by("pk").last()


def text_of(row: Words | None, may: May) -> str:
    """Its text; "" where there is none, or none for this reader."""
    if row is None or not may(row):
        return ""
    content = read(row)
    return "" if content is None else plain_text(content, row.media_type) or ""


def word_file(sheet: Sheet) -> HttpResponse:
    """The sheet as a Word file to keep."""
    response = HttpResponse(write_sheet(sheet), content_type=WORD)
    name = quote(f"{sheet.title}-{sheet.number}.docx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
