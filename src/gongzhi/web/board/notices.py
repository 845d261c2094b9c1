"""公示: what hangs, the page of one notice, its print, and how to object."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.records.matters.sealing import read_text, text
from gongzhi.records.notices.models import Notice, Objection
from gongzhi.records.notices.queries import hanging, taken_down
from gongzhi.web import texts
from gongzhi.web.access import reader, requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.looking import look
from gongzhi.web.page import community_of, new_key, show
from gongzhi.web.portal.home import boards
from gongzhi.web.reach import reach_of
from gongzhi.web.receipts import qr
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["days_left", "notice", "notice_print", "notices", "object_to", "soonest"]

PAGE = 20
MOST = 100


@requires("public")
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What hangs now, the soonest to close first; then what was taken down."""
    community, at = community_of(request), now()
    places = boards(community)
    down, page = taken_down(places, at), page_of(request)
    total = down.count()
    return show(
        request, "board/notices.html", hanging=soonest(hanging(places, at)), total=total,
        down=list(down[(page - 1) * PAGE : page * PAGE]), page=page, pages=pages_of(total, PAGE),
    )  # fmt: skip


def soonest(hanging_now: QuerySet[Notice]) -> list[Notice]:
    """Those that close soonest first, then those that hang for good, the newest first."""
    rows = list(hanging_now[:MOST])
    closing = sorted((row for row in rows if row.until), key=lambda row: row.until or row.start)
    return closing + [row for row in rows if row.until is None]


def _notice(request: HttpRequest, pk: int) -> Notice:
    rows = Notice.objects.select_related("place", "organ", "matter", "matter__charter_version")
    found = rows.filter(pk=pk, place__in=boards(community_of(request)), start__lte=now()).first()
    if found is None:
        raise Http404("no such notice here")
    return found


def days_left(notice: Notice, at: datetime) -> int:
    """Local calendar days until the notice comes down; 0 on its last day, -1 afterwards."""
    if notice.until is None or notice.until < at:
        return -1
    return (in_china(notice.until).date() - in_china(at).date()).days


def may_object(notice: Notice, at: datetime) -> bool:
    """Is the time to object running?"""
    return notice.objections and notice.matter_id is not None and (notice.until is None or notice.until >= at)


@requires("public")
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice with its objections and their answers."""
    return _show(request, _notice(request, pk), [], "")


def _show(
    request: HttpRequest, found: Notice, errors: list[dict[str, str]], typed: str, status: int = 200
) -> HttpResponse:
    at, person = now(), reader(request)
    rows = list(found.objected.select_related("answer", "words").order_by("made_at"))
    return show(
        request, "board/notice.html", status, posted=found, left=days_left(found, at), errors=errors, typed=typed,
        notice=_thanks(request), may_object=may_object(found, at), reach=reach_of(community_of(request)), key=new_key(),
        objections=[_told(row, bool(person and row.person_id == person.pk)) for row in rows],
    )  # fmt: skip


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    if request.GET.get("done") != "object":
        return None
    return {"title": _("收到您的异议"), "text": _("会书面答复您，答复也写在这一页。"), "kind": "success"}


def _told(row: Objection, own: bool) -> dict[str, object]:
    """An objection for everybody: when, how it was answered. Its words only for who wrote them."""
    return {
        "at": row.made_at,
        "state": row.state,
        "own": read_text(row.words) if own and row.words else "",
        "answer": texts.hide_numbers(read_text(row.answer)) if row.answer and (own or row.answer.public) else "",
        "answered_at": row.answered_at,
    }


@requires("public")
@require_GET
def notice_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice on A4, to be posted: body, from and to, how to object, QR code, digest."""
    found = _notice(request, pk)
    address = request.build_absolute_uri(reverse("notice", args=[found.pk]))
    span = (in_china(found.until).date() - in_china(found.start).date()).days if found.until else 0
    return show(
        request, "board/notice_print.html", posted=found, address=address, qr=qr(address), days_long=span,
        reach=reach_of(community_of(request)), digest=_digest(found),
    )  # fmt: skip


def _digest(found: Notice) -> str:
    """What the log says of the act that hung the notice: the first twenty digits of its hash; empty without one."""
    if found.matter is None:
        return ""
    acts = found.matter.acts.filter(outcome__contains='"effect":"Published"').order_by("seq")
    act = acts.filter(outcome__contains=f'"visit":"{found.visit}"').first()
    return act.hash[:20] if act else ""


@requires("signed_in")
@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """提异议: kept with its words, answered within the charter's time."""
    found, said = _notice(request, pk), texts.clean_text(request.POST.get("objection", ""))
    if found.matter is None or len(said) < 2:
        return _show(request, found, [{"text": _("请写一句不同意什么、为什么"), "href": "#objection"}], said, 422)
    if len(said) > texts.LONGEST:
        return _show(request, found, [{"text": texts.what_sentence(said), "href": "#objection"}], said, 422)
    key = request.POST.get("idempotency_key") or None
    name = (key or secrets.token_hex(8))[:12]
    draft = Draft("object", visit=found.visit, part=name, words={"objection": text(said)})
    try:
        take_step(found.matter.number, draft, reader(request), now(), key)
    except Refused as refused:
        looked = look(found.matter, now())
        speaker = Speaker(Terms(looked.charter), looked.charter.procedures[looked.case.procedure])
        sentence = speaker.refusal(refused.code, refused.args_map, looked.case.control.step)
        return _show(request, found, [{"text": sentence, "href": ""}], said, 422)
    return redirect(f"{reverse('notice', args=[pk])}?done=object")
