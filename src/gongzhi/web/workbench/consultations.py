"""征求意见 of staff: prepare and open it, answer its main points, write the questions of a survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import consultations as desk
from gongzhi.desk import surveys
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import Consultation, MainPoint
from gongzhi.records.consultations.surveys import QUESTIONS
from gongzhi.records.institutions.queries import charter_of
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.consultations import decision_names, question_kinds, status_name
from gongzhi.words.figures import title_of
from gongzhi.words.refusals_consultations import consultation_refusal

__all__ = ["consultation", "consultations", "find", "open_up", "points", "questions", "seed", "tried"]

PAGE = 20
POINTS = 12
ASKED = 12
Errors = list[dict[str, str]]


@requires("staff")
@never_cache
@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """What the reader's organs hold or hear appeals of, with how much waits; and their lists of signatures."""
    here = desk_of(request)
    rows = queries.of_organs(here.organs)
    wanted = request.GET.get("status", "")
    rows = rows.filter(status=wanted) if wanted in ("planned", "open", "closed") else rows
    page, total = page_of(request), rows.count()
    return show(
        request, "consultations.html", rows=list(rows[(page - 1) * PAGE : page * PAGE]), page=page, wanted=wanted,
        pages=pages_of(total, PAGE), status_name=status_name, lists=list(queries.lists_of_organs(here.organs)[:PAGE]),
    )  # fmt: skip


def find(request: HttpRequest, pk: int) -> Consultation:
    """A consultation that the reader's organs hold or hear appeals of."""
    found = queries.of_organs(desk_of(request).organs).filter(pk=pk).first()
    if found is None:
        raise Http404("not for the reader's organs")
    return found


@requires("staff")
@never_cache
@require_GET
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Settings, statements to begin with, the table of what was adopted, the survey."""
    return page(request, find(request, pk))


def page(
    request: HttpRequest, found: Consultation, errors: Errors | None = None, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    here = desk_of(request)
    until = in_china(found.until).date().isoformat() if found.until else ""
    kept = {"title": found.title, "intro": found.intro, "adds": "1" if found.adds else "", "until": until}
    return show(
        request, "consultation.html", 422 if errors else 200, found=found, errors=errors or [], key=new_key(),
        typed={**kept, **(typed or {})}, holds=found.organ_id in here.organs, notice=_thanks(request),
        statements=list(found.contributions.filter(kind="statement").order_by("number")),
        points=_rows([_as_kept(row) for row in found.replies.order_by("number")], POINTS),
        questions=_rows([_as_typed(row) for row in found.questions.order_by("number")], ASKED),
        decisions=decision_names(), kinds=question_kinds(), begun=found.sheets.exists(), status_name=status_name,
        measured=_measured(found),
        waits=queries.queue(found).count(), results=surveys.results(found), fewest=surveys.FEWEST,
    )  # fmt: skip


def _measured(found: Consultation) -> list[dict[str, str]]:
    """The questions that an indicator of the matter's charter is computed from: their wording is the formula."""
    charter = charter_of(found.matter.charter_version)
    rows = [(one, one.survey) for one in charter.indicators.values() if one.survey]
    return [
        {"asks": asked.asks, "counts": "、".join(asked.counts), "title": title_of(one, charter)} for one, asked in rows
    ]


def _rows(filled: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """What there is, and empty lines to write on."""
    return [*filled, *[{} for _ in range(min(3, most - len(filled)))]]


def _as_kept(row: MainPoint) -> dict[str, Any]:
    return {"text": row.text, "decision": row.decision, "reason": row.reason}


def _as_typed(row: Any) -> dict[str, Any]:
    return {"kind": row.kind, "text": row.text, "options": "、".join(row.options), "low": row.low, "high": row.high}


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    said = {
        "open": _("征求意见已经开放。"),
        "seed": _("观点加进去了。"),
        "points": _("意见采纳表存好了。"),
        "questions": _("题目存好了。"),
    }.get(request.GET.get("done", ""))
    return {"title": said, "kind": "success"} if said else None


def tried(request: HttpRequest, pk: int, done: str, work: Callable[[], object]) -> HttpResponse:
    """Do it and come back; refused, the page again with the sentence and everything typed."""
    found = find(request, pk)
    try:
        work()
    except Refused as refused:
        sentence = consultation_refusal(refused.code, refused.args_map) or _("请写理由或依据，再提交。")
        typed = {name: texts.clean_text(str(value)) for name, value in request.POST.items()}
        return page(request, found, [{"text": sentence, "href": ""}], typed)
    return redirect(f"{reverse('work_consultation', args=[pk])}?done={done}")


def _line(request: HttpRequest, name: str, most: int = texts.LINE) -> str:
    return texts.clean_line(request.POST.get(name, ""))[:most]


@requires("staff")
@require_POST
def open_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it for everybody, or change what it says."""
    here = desk_of(request)
    until = _line(request, "until")
    try:
        last = datetime.combine(datetime.fromisoformat(until), time(23, 59), CHINA) if until else None
    except ValueError:
        typed = {name: texts.clean_text(str(value)) for name, value in request.POST.items()}
        return page(request, find(request, pk), [{"text": _("请填哪一天，如2026-03-19"), "href": "#until"}], typed)
    values = {
        "title": _line(request, "title"),
        "intro": texts.clean_text(request.POST.get("intro", ""))[: texts.LONGEST],
        "adds": request.POST.get("adds") == "1",
        "until": last,
    }
    return tried(request, pk, "open", lambda: desk.open_up(pk, here.person, values, here.at))


@requires("staff")
@require_POST
def seed(request: HttpRequest, pk: int) -> HttpResponse:
    """Statements to begin with, one on each line."""
    here = desk_of(request)
    lines = [texts.clean_line(line) for line in texts.clean_text(request.POST.get("statements", "")).split("\n")]
    said = [line for line in lines if line]
    return tried(request, pk, "seed", lambda: desk.seed(pk, here.person, said, here.at))


@requires("staff")
@require_POST
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """意见采纳表: each main point, what became of it, why."""
    here = desk_of(request)
    rows = [_point(request, n) for n in range(POINTS)]
    written = [row for row in rows if row["text"]]
    return tried(request, pk, "points", lambda: desk.answer_points(pk, here.person, written, here.at))


def _point(request: HttpRequest, n: int) -> dict[str, str]:
    text, reason = _line(request, f"text{n}", 300), _line(request, f"reason{n}", 500)
    return {"text": text, "decision": _known(request, n), "reason": reason}


def _known(request: HttpRequest, n: int) -> str:
    decision = request.POST.get(f"decision{n}", "")
    return decision if decision in decision_names() else ""


@requires("staff")
@require_POST
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of the survey; options are separated by 、."""
    here = desk_of(request)
    rows = [row for n in range(ASKED) if (row := _question(request, n))]
    wrong = next((n for n, row in enumerate(rows, 1) if not _usable(row)), 0)
    if wrong:
        text = _("第%(n)d题：选一项要有两个以上选项，打分和填数要写从几到几") % {"n": wrong}
        return page(request, find(request, pk), [{"text": text, "href": ""}], request.POST.dict())
    return tried(request, pk, "questions", lambda: surveys.set_questions(pk, here.person, rows, here.at))


def _question(request: HttpRequest, n: int) -> dict[str, Any]:
    said, kind = _line(request, f"q_text{n}", 300), request.POST.get(f"q_kind{n}", "")
    if not said or kind not in QUESTIONS:
        return {}
    options = [one.strip() for one in _line(request, f"q_options{n}", 600).split("、") if one.strip()]
    low, high = (_whole(request.POST.get(f"q_{name}{n}", "")) for name in ("low", "high"))
    return {"kind": kind, "text": said, "options": options if kind == "choice" else [], "low": low, "high": high}


def _whole(typed: str) -> int:
    plain = typed.strip()
    return int(plain) if plain.isascii() and plain.removeprefix("-").isdecimal() and len(plain) < 9 else 0


def _usable(row: Mapping[str, Any]) -> bool:
    if row["kind"] == "choice":
        return len(set(row["options"])) > 1
    return bool(
        row["kind"] == "text" or row["low"] < row["high"] <= row["low"] + (20 if row["kind"] == "scale" else 10**8)
    )
