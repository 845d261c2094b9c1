"""公示 as staff see it: what hangs, what was said against it and how it was answered; and the sheet before it hangs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.calendar import in_china
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.notices.models import Notice, Objection
from gongzhi.web.access import requires
from gongzhi.web.page import community_of
from gongzhi.web.reach import reach_of
from gongzhi.web.receipts import qr
from gongzhi.web.workbench import drafts
from gongzhi.web.workbench.found import Found, find
from gongzhi.web.workbench.page import show

__all__ = ["notice_preview", "objection_said", "work_notice"]


@requires("staff")
@never_cache
@require_GET
def work_notice(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One notice with its objections; those that wait for an answer lead to its form."""
    found = find(request, number)
    rows = Notice.objects.select_related("place", "organ")
    notice = rows.filter(pk=pk, matter=found.matter).first()
    if notice is None:
        raise Http404("no such notice of this matter")
    objected = notice.objected.select_related("words", "answer").order_by("made_at")
    return show(
        request, "notice.html", found=found, sheet=notice, objections=[_told(found, row) for row in objected],
        open_now=notice.until is None or notice.until >= found.at,
    )  # fmt: skip


def _told(found: Found, row: Objection) -> dict[str, Any]:
    action = found.action("answer_objection", row.key)
    return {
        "at": row.made_at,
        "state": row.state,
        "said": read_text(row.words) if row.words and found.may_open(row.words) else "",
        "answer": read_text(row.answer) if row.answer and found.may_open(row.answer) else "",
        "href": reverse("work_act", args=[found.matter.number, "answer_objection", row.key]) if action else "",
    }


def objection_said(found: Found, key: str) -> str:
    """The words of an objection, for who has to answer it."""
    row = Objection.objects.select_related("words").filter(notice__matter=found.matter, key=key).first()
    return read_text(row.words) if row and row.words and found.may_open(row.words) else ""


@requires("staff")
@never_cache
@require_GET
def notice_preview(request: HttpRequest, number: str, kind: str, choice: str) -> HttpResponse:
    """The draft of a notice as it will hang: A4, with the QR code of the matter's public page."""
    found = find(request, number)
    draft = drafts.load(found.person, found.matter.number, f"{kind}/{choice}", found.at)
    if draft is None:
        raise Http404("nothing written yet")
    texts = [text for name, text in draft.typed.items() if name.startswith("doc.") and text]
    address = request.build_absolute_uri(reverse("public_matter", args=[found.matter.number]))
    return show(
        request, "notice_preview.html", found=found, view=found.looked.view, body="\n\n".join(texts), qr=qr(address),
        address=address, back=reverse("work_act", args=[found.matter.number, kind, choice]),
        days=_days(found), reach=reach_of(community_of(request)), objects=found.step is not None and found.step.object,
        day=in_china(found.at).date(),
    )  # fmt: skip


def _days(found: Found) -> int:
    """How many days the notice will hang; 0: as long as it is true."""
    span = found.step.for_ if found.step else None
    return span.n if span and span.unit == "d" else 0
