"""The gate before an outcome that asks for clean documents: their latest text may hold no forbidden clause (H17)."""

from __future__ import annotations

import io
import zipfile

from docx import Document

from gongzhi.core.charter.spec import Charter
from gongzhi.core.clauses import find_clauses
from gongzhi.core.procedure.effects import Left, Refused
from gongzhi.core.procedure.engine import Outcome
from gongzhi.desk.draft import Draft
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import NewWords, read

__all__ = ["check_wording", "plain_text"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def check_wording(matter: Matter, charter: Charter, outcome: Outcome, draft: Draft) -> None:
    """Raises Refused `clauses_forbidden`, or `clauses_unread` where there is no text that could be looked at."""
    steps = charter.procedures[outcome.case.procedure].steps
    for effect in outcome.effects:
        if isinstance(effect, Left) and (result := steps[effect.step].then.get(effect.outcome)):
            for document in result.clean:
                _check(document, _latest(matter, document, draft))


def _check(document: str, text: str | None) -> None:
    if text is None:
        raise Refused("clauses_unread", documents=[document])
    if found := find_clauses(text):
        clauses = [{"kind": one.kind, "sentence": one.sentence} for one in found]
        raise Refused("clauses_forbidden", document=document, clauses=clauses)


def _latest(matter: Matter, document: str, draft: Draft) -> str | None:
    """The text of the document as it stands: of this act, else the one handed in last; None where there is none."""
    now = draft.words.get(document)
    if now is not None:
        new = NewWords(now.encode()) if isinstance(now, str) else now
        return plain_text(new.content, new.media_type)
    row = matter.words.filter(name=document, erased_at=None).order_by("pk").last()
    content = read(row) if row else None
    return None if row is None or content is None else plain_text(content, row.media_type)


def plain_text(content: bytes, media_type: str) -> str | None:
    """What a document says; None for a photo or another file that holds no text that can be read."""
    if media_type.startswith("text/"):
        return content.decode("utf-8", "replace")
    if media_type != WORD:
        return None
    try:
        return "\n".join(_paragraphs(content))
    except (KeyError, ValueError, zipfile.BadZipFile):
        return None


def _paragraphs(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells
