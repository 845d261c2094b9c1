"""愿意教、愿意帮: what residents offer freely; offering and withdrawing. No names in public, no points, no ranks."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.records.organisations import skills as room
from gongzhi.records.organisations.actions import NotPossible
from gongzhi.web import texts
from gongzhi.web.access import reader, requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.page import Errors, community_of, new_key, show, signed_in
from gongzhi.web.portal.services import kinds
from gongzhi.words.organisations import offer_states
from gongzhi.words.refusals_organisations import organisation_refusal

__all__ = ["skill_offer", "skill_withdraw", "skills"]

PAGE = 20
LONGEST = {"what": 60, "times": 60}


@requires("public")
@never_cache
@require_GET
def skills(request: HttpRequest) -> HttpResponse:
    """What is offered here; who is signed in sees their own above it, with what staff said."""
    titles, person, place = kinds(request, "services"), reader(request), community_of(request)
    kind, page = request.GET.get("kind", ""), page_of(request)
    kind = kind if kind in titles else ""
    found = room.shown_in(place, kind)
    total = found.count()
    said = {"offered": _("写好了。社区看过以后公开，不写您的姓名。"), "withdrawn": _("撤回了，什么也没有留下。")}
    options = [{"value": "", "text": _("全部")}, *({"value": k, "text": t} for k, t in titles.items())]
    return show(
        request, "portal/skills.html", rows=found[(page - 1) * PAGE : page * PAGE], total=total, titles=titles,
        fields=[{"name": "kind", "label": _("按类别"), "value": kind, "options": options}], page=page,
        pages=pages_of(total, PAGE), query=urlencode({"kind": kind}), key=new_key(), states=offer_states(),
        mine=room.offered_by(person) if person else [], done=said.get(request.GET.get("done", "")),
    )  # fmt: skip


@requires("signed_in")
@never_cache
@require_http_methods(["GET", "POST"])
def skill_offer(request: HttpRequest) -> HttpResponse:
    """What one can do, when; nothing about who one is."""
    titles, errors = kinds(request, "services"), []
    if request.method == "POST":
        typed = {name: texts.clean_line(request.POST.get(name, "")) for name in ("what", "times", "kind")}
        errors = _faults(typed, titles)
        try:
            if not errors:
                room.offer(community_of(request), signed_in(request), now(), **typed)
                return redirect(f"{reverse('skills')}?done=offered")
        except NotPossible as fault:
            errors = [{"text": organisation_refusal(fault.code), "href": "#what"}]
    wrong = {one["href"][1:]: one["text"] for one in errors}
    return show(request, "portal/skill_offer.html", 422 if errors else 200, titles=titles, typed=request.POST,
                errors=errors, wrong=wrong, key=new_key())  # fmt: skip


def _faults(typed: dict[str, str], titles: dict[str, str]) -> Errors:
    longest = _("最多%(n)d个字") % {"n": LONGEST["what"]}
    faults = {
        "what": longest if len(typed["what"]) > LONGEST["what"] else "" if typed["what"] else _("请写教什么、帮什么"),
        "kind": "" if typed["kind"] in titles else _("请选一类"),
        "times": longest if len(typed["times"]) > LONGEST["times"] else "",
    }
    return [{"text": text, "href": f"#{name}"} for name, text in faults.items() if text]


@requires("signed_in")
@require_POST
def skill_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own, gone at once; again is no fault."""
    room.withdraw(pk, signed_in(request))
    return redirect(f"{reverse('skills')}?done=withdrawn")
