"""看过再公开: what residents wrote, shown or rejected with a ground all can read; appeals of another organ's doing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import consultations as desk
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import Consultation, Contribution
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.consultations import find
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.consultations import ground_name, ground_names
from gongzhi.words.refusals_consultations import consultation_refusal

__all__ = ["answer_appeal", "moderate", "queue"]

PAGE = 20
Errors = list[dict[str, str]]


@requires("staff")
@never_cache
@require_GET
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits, the oldest first; appeals above for the organ that hears them."""
    return _page(request, find(request, pk), [])


def _page(request: HttpRequest, found: Consultation, errors: Errors) -> HttpResponse:
    here = desk_of(request)
    waiting, page = queries.queue(found), page_of(request)
    appeals = found.contributions.filter(state="appealed").order_by("appeal_due")
    done = {"title": _("办好了。"), "kind": "success"} if request.GET.get("done") else None
    return show(
        request, "moderation.html", 422 if errors else 200, found=found, errors=errors, key=new_key(), notice=done,
        rows=list(waiting[(page - 1) * PAGE : page * PAGE]), page=page, pages=pages_of(waiting.count(), PAGE),
        holds=found.organ_id in here.organs, hears=found.appeals_id in here.organs, grounds=ground_names(),
        appeals=list(appeals) if found.appeals_id in here.organs else [], ground_name=ground_name,
        latest=list(found.contributions.filter(state="shown", seeded=False).order_by("-moderated_at")[:PAGE]),
        typed=request.POST.dict(),
    )  # fmt: skip


def _tried(request: HttpRequest, pk: int, work: Callable[[], object]) -> HttpResponse:
    row = Contribution.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    found = find(request, row.consultation_id)
    try:
        work()
    except Refused as refused:
        sentence = consultation_refusal(refused.code, refused.args_map) or _(
            "选了理由，还要写一句，大家和写的人都看得到"
        )
        return _page(request, found, [{"text": sentence, "href": f"#c{pk}"}])
    return redirect(f"{reverse('work_moderation', args=[found.pk])}?done=1")


@requires("staff")
@require_POST
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """公开 or 不公开."""
    here = desk_of(request)
    hide = request.POST.get("show") != "1"
    ground = request.POST.get("ground", "") if hide else ""
    reason = texts.clean_line(request.POST.get("reason", "")) if hide else ""
    if hide and not ground:
        row = Contribution.objects.filter(pk=pk).first()
        if row is None:
            raise Http404
        return _page(request, find(request, row.consultation_id), [{"text": _("不公开要选理由"), "href": f"#c{pk}"}])
    return _tried(request, pk, lambda: desk.moderate(pk, here.person, here.at, ground, reason))


@requires("staff")
@require_POST
def answer_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The other organ's answer."""
    here = desk_of(request)
    upheld, answer = request.POST.get("upheld") == "1", texts.clean_line(request.POST.get("answer", ""))
    return _tried(request, pk, lambda: desk.answer_appeal(pk, here.person, upheld, answer, here.at))
