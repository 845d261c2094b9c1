"""开放数据: public matters as CSV and JSON, line by line, in constant memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongzhi.core.calendar import in_china
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.web.access import requires
from gongzhi.web.board.matters import listed
from gongzhi.web.page import community_of, show

__all__ = ["COLUMNS", "data", "matters_csv", "matters_json"]

CHUNK = 1000
COLUMNS = (
    "number", "place_code", "place", "kind", "category", "subject", "status", "step", "end", "answers", "late",
    "filed_at", "due", "closed_at", "head",
)  # fmt: skip


def _line(matter: Matter) -> dict[str, str]:
    """One matter: nothing in it is about a person. Times are local, with their zone."""
    times = {"filed_at": matter.filed_at, "due": matter.due, "closed_at": matter.closed_at}
    return {
        "number": matter.number,
        "place_code": matter.place.code,
        "place": matter.place.name,
        "kind": matter.kind,
        "category": matter.category,
        "subject": matter.subject,
        "status": matter.status,
        "step": matter.step,
        "end": matter.end,
        "answers": matter.answers.title if matter.answers else "",
        "late": "true" if matter.late else "false",
        **{name: in_china(at).isoformat() if at else "" for name, at in times.items()},
        "head": matter.head,
    }


def _lines(community: Place) -> Iterator[dict[str, str]]:
    yield from (_line(matter) for matter in listed(community).iterator(CHUNK))


@requires("public")
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """What there is to take along, and what each column means."""
    return show(request, "board/data.html", columns=COLUMNS, api=reverse("board"))


@requires("public")
@require_GET
def matters_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All public matters; UTF-8 with a mark, so that spreadsheets read Chinese."""

    def rows() -> Iterator[str]:
        out = io.StringIO("\ufeff")
        out.seek(0, io.SEEK_END)
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        for line in lines:
            writer.writerow({name: _harmless(value) for name, value in line.items()})
            yield out.getvalue()
            out.seek(0)
            out.truncate()
        yield out.getvalue()

    lines = _lines(community_of(request))
    return _download(rows(), "text/csv; charset=utf-8", "matters.csv")


def _harmless(value: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@") else value


@requires("public")
@require_GET
def matters_json(request: HttpRequest) -> StreamingHttpResponse:
    """All public matters as a JSON list."""

    def rows() -> Iterator[str]:
        yield "["
        for nth, line in enumerate(lines):
            yield ("," if nth else "") + "\n" + json.dumps(line, ensure_ascii=False)
        yield "\n]\n"

    lines = _lines(community_of(request))
    return _download(rows(), "application/json", "matters.json")


def _download(content: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
