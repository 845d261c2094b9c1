"""接听登记: one page for the phone and the counter, without a mouse. Type what is said; answers, the same thing filed
before and a category appear beside it; one button files it, another says that the answer was enough."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.learning import proposal
from gongzhi.desk.propose import choosable
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import find_place
from gongzhi.records.institutions.served import inside
from gongzhi.records.knowledge.answers import fitting, helped
from gongzhi.records.people.contacts import BadContact, parse_contact
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.accounts.codes import contact_error
from gongzhi.web.looking import rows_of
from gongzhi.web.together import alike_said
from gongzhi.web.workbench import drafts
from gongzhi.web.workbench.filing import charter_of_desk, file_as_said, number_of
from gongzhi.web.workbench.map import community_at
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["hotline", "hotline_look"]

LINES = ("channel", "place", "spot", "category", "secrecy", "name", "contact", "recording", "linked")
MEANS = {"phone": "phone", "counter": "spoken"}
SECRECY = ("course", "office", "anonymous")
ENOUGH = 4  # characters from which on it is worth looking
ANSWERS, SAME = 3, 5
Errors = list[dict[str, str]]


@requires("staff")
@never_cache
def hotline(request: HttpRequest) -> HttpResponse:
    """GET: the empty form, with what became of the last call. POST: filed at once, or `helped`: answered at once."""
    desk = desk_of(request)
    if request.method != "POST":
        return _form(request, desk, {"channel": "phone", "secrecy": "course"}, [])
    if answered := request.POST.get("helped", ""):
        return _answered(request, desk, answered)
    typed = _typed(request)
    key = request.POST.get("idempotency_key", "")[:64]
    if number := number_of(desk, key):
        return _done(number)
    errors = _judge(typed)
    if errors:
        return _form(request, desk, typed, errors)
    try:
        return _done(file_as_said(desk, _as_draft(desk, typed, key)))
    except Refused as refused:
        if number := number_of(desk, key):
            return _done(number)
        return _form(request, desk, typed, [{"text": _sentence(desk, typed, refused), "href": ""}])


def _done(number: str) -> HttpResponse:
    return redirect(f"{reverse('hotline')}?filed={number}&draft=work-hotline")


def _answered(request: HttpRequest, desk: Desk, pk: str) -> HttpResponse:
    """The answer was enough: counted, of nobody; nothing of the call is kept."""
    said = texts.clean_text(request.POST.get("what", ""))
    row = next((one for one in fitting(community_at(desk), said) if str(one.pk) == pk), None)
    if row is not None:
        helped(row)
    return redirect(f"{reverse('hotline')}?filed=-&draft=work-hotline")


@requires("staff")
@never_cache
@require_POST
def hotline_look(request: HttpRequest) -> HttpResponse:
    """Beside the form while somebody types: answers, what was filed before, the category that is proposed."""
    desk, typed = desk_of(request), _typed(request)
    if len(typed["what"]) < ENOUGH:
        return render(request, "workbench/hotline_look.html", {"looked": False})
    place = find_place(typed["place"]) or community_at(desk)
    same = alike_said(place, typed["what"], desk.person, desk.at)[:SAME]
    charter = charter_of_desk(desk)
    found = proposal(charter, typed["what"])
    return render(request, "workbench/hotline_look.html", {
        "looked": True, "answers": fitting(community_at(desk), typed["what"], most=ANSWERS), "typed": typed,
        "same": rows_of(same, desk.at), "category": Terms(charter).category(found.category), "proposed": found,
        "percent": round(found.confidence * 100),
    })  # fmt: skip


def _typed(request: HttpRequest) -> dict[str, str]:
    typed = {name: texts.clean_line(request.POST.get(name, "")) for name in LINES}
    return typed | {"what": texts.clean_text(request.POST.get("what", ""))}


def _judge(typed: dict[str, str]) -> Errors:
    errors: Errors = []
    if sentence := texts.what_sentence(typed["what"]):
        errors.append(_error("what", sentence))
    if find_place(typed["place"]) is None:
        errors.append(_error("place", _("请选一个地方；说不准就选社区")))
    if typed["channel"] not in MEANS:
        errors.append(_error("channel", _("请选怎么来的")))
    if typed["secrecy"] not in SECRECY:
        errors.append(_error("secrecy", _("请问对方：要不要保密")))
    if typed["secrecy"] != "anonymous" and typed["contact"]:
        try:
            parse_contact(typed["contact"])
        except BadContact as fault:
            errors.append(_error("contact", contact_error(fault)))
    return errors


def _error(name: str, sentence: str) -> dict[str, str]:
    return {"text": sentence, "href": f"#{name}", "name": name}


def _as_draft(desk: Desk, typed: dict[str, str], key: str) -> drafts.Draft:
    """What was typed, as the form for others files it. Who stays anonymous leaves neither name nor number."""
    named = typed["secrecy"] != "anonymous"
    more = {
        "name": typed["name"] if named else "", "contact": typed["contact"] if named else "", "headcount": "1",
        "means": MEANS[typed["channel"]], "witness": typed["recording"], "consent": _agreed(),
        "seen_by": "office" if typed["secrecy"] == "office" else "course",
    }  # fmt: skip
    return drafts.Draft("hotline", "file", "", key, desk.at.isoformat(), "", {**typed, **more})


def _agreed() -> str:
    """Read out on the phone; a paper of the community, in its language."""
    return "我同意把这件事登记下来，交给负责的单位办。编号已经念给我听。"


def _form(request: HttpRequest, desk: Desk, typed: dict[str, str], errors: Errors) -> HttpResponse:
    charter = charter_of_desk(desk)
    here = community_at(desk)
    kinds = [(one.name, Terms(charter).category(one.name)) for one in choosable(charter)]
    return show(
        request, "hotline.html", 422 if errors else 200, typed={"place": here.code, **typed}, errors=errors,
        wrong={one.get("name", ""): one["text"] for one in errors}, key=new_key(), places=_places(here),
        categories=[{"value": "", "text": _("由系统按写的话归类")}, *({"value": k, "text": t} for k, t in kinds)],
        filed=request.GET.get("filed", "")[:40], done=request.GET.get("draft", "")[:40], agreed=_agreed(),
    )  # fmt: skip


def _places(here: Place) -> list[dict[str, Any]]:
    return [{"value": one.code, "text": one.name, "lang": "zh-Hans"} for one in inside(here)]


def _sentence(desk: Desk, typed: dict[str, str], refused: Refused) -> str:
    charter = charter_of_desk(desk)
    category = charter.categories.get(typed["category"])
    procedure = (category.procedure if category else None) or next(iter(charter.procedures))
    return Speaker(Terms(charter), charter.procedures[procedure]).refusal(refused.code, refused.args_map)
