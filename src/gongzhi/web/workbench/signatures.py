"""联名 of the organ that counts: say of how many people, see who signed, hand the count in as an act."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import signatures as desk
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import SignatureList
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.workbench.found import find as find_matter
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.web.workbench.refusals import sentence as act_sentence
from gongzhi.words.refusals_consultations import consultation_refusal

__all__ = ["hand_in", "on_paper", "open_list", "signatures"]

Errors = list[dict[str, str]]


@requires("staff")
@never_cache
@require_GET
def signatures(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, for the organ that counts and nobody else."""
    return _page(request, _find(request, pk), [])


def _find(request: HttpRequest, pk: int) -> SignatureList:
    found = queries.lists_of_organs(desk_of(request).organs).filter(pk=pk).first()
    if found is None:
        raise Http404("not for the reader's organs")
    return found


def _page(request: HttpRequest, found: SignatureList, errors: Errors) -> HttpResponse:
    here = desk_of(request)
    matter = find_matter(request, found.matter.number)
    step = matter.procedure.steps.get(found.visit.partition("#")[0])
    done = {"title": _("办好了。"), "kind": "success"} if request.GET.get("done") else None
    return show(
        request, "signatures.html", 422 if errors else 200, found=found, errors=errors, key=new_key(), notice=done,
        names=desk.names(found.pk, here.person, here.at), typed=request.POST.dict(), documents=[
            (name, matter.terms.document(name)) for name in (step.makes if step else ())
        ], begun=found.signatures.exists(), running=found.closed_at is None and matter.case.visit == found.visit,
    )  # fmt: skip


@requires("staff")
@require_POST
def open_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Of how many people; the rule says how many have to sign."""
    here, typed = desk_of(request), request.POST.get("eligible", "").strip()
    found = _find(request, pk)
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 9 and int(typed)):
        return _page(request, found, [{"text": _("请填有权联名的人数，如1200"), "href": "#eligible"}])
    try:
        desk.open_list(pk, here.person, int(typed), here.at)
    except Refused as refused:
        return _page(request, found, [{"text": consultation_refusal(refused.code, refused.args_map), "href": ""}])
    return redirect(f"{reverse('work_signatures', args=[pk])}?done=1")


@requires("staff")
@require_POST
def on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A name from a paper list, entered or struck out."""
    here, found = desk_of(request), _find(request, pk)
    typed = request.POST.get("strike", "")
    try:
        if typed.isascii() and typed.isdecimal() and len(typed) < 19:
            desk.strike(pk, here.person, int(typed), here.at)
        else:
            desk.sign_on_paper(pk, here.person, texts.clean_line(request.POST.get("written", ""))[:80], here.at)
    except Refused as refused:
        return _page(
            request, found, [{"text": consultation_refusal(refused.code, refused.args_map), "href": "#written"}]
        )
    return redirect(f"{reverse('work_signatures', args=[pk])}?done=1#written")


@requires("staff")
@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """清点联名: an act with the numbers of the list."""
    here, found = desk_of(request), _find(request, pk)
    words = {name[4:]: texts.clean_text(str(said)) for name, said in request.POST.items() if name.startswith("doc.")}
    try:
        desk.hand_in(pk, here.person, here.at, request.POST.get("idempotency_key") or None,
                     {name: said for name, said in words.items() if said})  # fmt: skip
    except Refused as refused:
        matter = find_matter(request, found.matter.number)
        return _page(request, found, [{"text": act_sentence(matter, refused), "href": ""}])
    return redirect(reverse("work_matter", args=[found.matter.number]))
