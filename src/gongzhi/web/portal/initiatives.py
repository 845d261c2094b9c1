"""居民联名: what neighbours want to bring about, how many have signed, how many it takes. No names here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import signatures as desk
from gongzhi.desk.standing import lives_in
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import SignatureList
from gongzhi.web.access import reader, requires
from gongzhi.web.clock import now
from gongzhi.web.page import Errors, community_of, new_key, show, signed_in
from gongzhi.words.refusals_consultations import consultation_refusal

__all__ = ["initiative", "initiatives", "sign"]

MOST = 100


@requires("public")
@require_GET
def initiatives(request: HttpRequest) -> HttpResponse:
    """Lists that are open, then those that are over."""
    rows = list(queries.lists_in(community_of(request))[:MOST])
    running = [row for row in rows if row.closed_at is None]
    return show(request, "portal/initiatives.html", running=running, over=[row for row in rows if row.closed_at])


@requires("public")
@require_GET
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative: how many of how many, until when, by which rule."""
    return _page(request, _find(request, pk), [])


def _find(request: HttpRequest, pk: int) -> SignatureList:
    found = queries.lists_in(community_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404("no such list here")
    return found


def _page(request: HttpRequest, found: SignatureList, errors: Errors) -> HttpResponse:
    at, person = now(), reader(request)
    running = found.closed_at is None and (found.until is None or at <= found.until)
    said = {"sign": _("您已经联名。到期以前可以收回。"), "unsign": _("您的联名收回了，不留记录。")}
    done = said.get(request.GET.get("done", ""))
    return show(
        request, "portal/initiative.html", 422 if errors else 200, found=found, running=running, errors=errors,
        resident=person is not None and lives_in(person, found.matter.place.code), key=new_key(),
        signed=person is not None and found.signatures.filter(person=person).exists(),
        count=found.signatures.count(), notice={"title": done, "kind": "success"} if done else None,
    )  # fmt: skip


@requires("signed_in")
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """联名, or take it back."""
    found, person = _find(request, pk), signed_in(request)
    back = request.POST.get("back") == "1"
    try:
        (desk.unsign if back else desk.sign)(pk, person, now())
    except Refused as refused:
        return _page(request, found, [{"text": consultation_refusal(refused.code, refused.args_map), "href": ""}])
    return redirect(f"{reverse('initiative', args=[pk])}?done={'unsign' if back else 'sign'}")
