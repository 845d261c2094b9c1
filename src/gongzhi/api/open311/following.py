"""What became of requests: the public course of matters, in the standard's words. Nothing else leaves this door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.api.open311.answers import Fault, answered
from gongzhi.api.open311.services import jurisdiction_of
from gongzhi.core.calendar import CHINA
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Act, Matter, Words
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.patrols.ground_queries import coarse_of
from gongzhi.web import clock
from gongzhi.words.terms import Terms

__all__ = ["listed", "one", "shown", "token"]

SPAN = timedelta(days=90)
MOST = 1000
IDS = 200  # numbers that one address can reasonably hold


def listed(request: HttpRequest) -> tuple[str, Any]:
    """Requests of a community, newest first: those named, else those filed in a span of at most 90 days."""
    asked = request.GET
    here = jurisdiction_of(asked.get("jurisdiction_id", ""))
    rows = _public().filter(place__path__startswith=here.place.path)
    if numbers := _commas(asked.get("service_request_id", "")):
        rows = rows.filter(number__in=[tidy(number) or number for number in numbers[:IDS]])
    else:
        start, end = _span(asked.get("start_date", ""), asked.get("end_date", ""))
        rows = rows.filter(filed_at__gte=start, filed_at__lte=end)
        if codes := _commas(asked.get("service_code", "")):
            rows = rows.filter(category__in=codes)
        rows = rows.filter(_with_status(_commas(asked.get("status", ""))))
    size = _whole(asked.get("page_size", ""), "page_size", MOST)
    first = (_whole(asked.get("page", ""), "page", 10**6, 1) - 1) * size
    return "service_requests", shown(rows[first : first + size])


@answered("GET")
def one(request: HttpRequest, number: str) -> tuple[str, Any]:
    """One request: a list of one, as the standard has it."""
    return "service_requests", shown([_find(request, number)])


@answered("GET")
def token(request: HttpRequest, token: str) -> tuple[str, Any]:
    """The number of a request by its token. Requests get their number at once, so it is its own token."""
    found = _find(request, token)
    return "service_requests", [{"token": token, "service_request_id": found.number}]


def _find(request: HttpRequest, number: str) -> Matter:
    here = jurisdiction_of(request.GET.get("jurisdiction_id", ""))
    found = _public().filter(number=tidy(number) or number).first()
    if found is None or ("jurisdiction_id" in request.GET and not found.place.path.startswith(here.place.path)):
        raise Fault(404, _("没有这个 service_request_id：%(id)s。") % {"id": number})
    return found


def _public() -> QuerySet[Matter]:
    latest = Act.objects.filter(matter=OuterRef("pk")).order_by("-seq").values("at")[:1]
    rows = Matter.objects.filter(public=True).select_related("answers", "place", "charter_version")
    return rows.annotate(touched=Subquery(latest)).order_by("-filed_at", "-pk")


def _span(start: str, end: str) -> tuple[datetime, datetime]:
    now = clock.now()
    until = _moment(end, "end_date") if end else None
    since = _moment(start, "start_date") if start else (until or now) - SPAN
    until = until or min(now, since + SPAN)
    if until - since > SPAN:
        raise Fault(400, _("start_date 到 end_date 不能超过90天。"))
    return since, until


def _moment(text: str, name: str) -> datetime:
    """A time of the W3C note. A `+` that arrived as a blank is put back."""
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text.strip())
    except ValueError:
        raise Fault(400, _("%(name)s 要写成 2026-01-31T08:00:00+08:00 这样。") % {"name": name}) from None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def _with_status(wanted: list[str]) -> Q:
    if unknown := set(wanted) - {"open", "closed"}:
        raise Fault(400, _("status 只有 open 和 closed，没有 %(status)s。") % {"status": "，".join(sorted(unknown))})
    if len(set(wanted)) != 1:
        return Q()
    return Q(status__in=OPEN) if wanted[0] == "open" else ~Q(status__in=OPEN)


def _commas(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _whole(text: str, name: str, most: int, default: int | None = None) -> int:
    if not text:
        return most if default is None else default
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise Fault(400, _("%(name)s 要是1到%(most)d的整数。") % {"name": name, "most": most})
    return int(text)


def shown(matters: Iterable[Matter]) -> list[dict[str, Any]]:
    """Public matters as requests, in a fixed number of queries."""
    rows = list(matters)
    said = _said(rows)
    charters = {row.charter_version_id: row.charter_version for row in rows}
    terms = {pk: Terms(charter_of(version)) for pk, version in charters.items()}
    points = coarse_of(row.pk for row in rows)
    return [
        _shown(row, terms[row.charter_version_id], said.get(row.pk, {})) | _on_map(points.get(row.pk)) for row in rows
    ]


def _on_map(point: tuple[float, float] | None) -> dict[str, float | None]:
    """Where the thing is, to a cell of some 100 m, as on the public map."""
    return {"lat": point[1] if point else None, "long": point[0] if point else None}


def _said(rows: list[Matter]) -> dict[int, dict[str, str]]:
    """What their writers made public when they filed."""
    found: dict[int, dict[str, str]] = {}
    words = Words.objects.filter(
        matter__in=[row.pk for row in rows], act__seq=1, name__in=("what", "spot"), public=True, erased_at=None
    )
    for row in words:
        found.setdefault(row.matter_id, {})[row.name] = read_text(row)
    return found


def _shown(row: Matter, terms: Terms, said: dict[str, str]) -> dict[str, Any]:
    is_open = row.status in OPEN
    procedure = terms.charter.procedures[row.procedure]
    return {
        "service_request_id": row.number,
        "status": "open" if is_open else "closed",
        "status_notes": terms.step(procedure, row.step) if is_open else terms.end(procedure, row.end),
        "service_name": terms.category(row.category),
        "service_code": row.category,
        "description": said.get("what") or row.subject,
        "agency_responsible": terms.text(row.answers.title) if row.answers else None,
        "service_notice": None,
        "requested_datetime": _written(row.filed_at),
        "updated_datetime": _written(row.touched or row.filed_at),  # type: ignore[attr-defined]
        "expected_datetime": _written(row.due) if is_open and row.due else None,
        "address": said.get("spot") or row.place.name,
        "address_id": row.place.code,
        "zipcode": None,
        "media_url": None,
    }


def _written(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat(timespec="seconds")
