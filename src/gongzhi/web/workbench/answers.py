"""常见问答和回复模板: answers that grow from finished matters; staff write, publish and retire them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.personal import covered, found_in
from gongzhi.desk.propose import choosable
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.knowledge import answers as kept
from gongzhi.records.knowledge.answers import NotPossible, Said
from gongzhi.records.knowledge.models import STATES, USES, Answer
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.queries import words_of
from gongzhi.records.matters.sealing import read_text
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.found import Found, find
from gongzhi.web.workbench.map import community_at
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.answers import about, not_possible, states, uses
from gongzhi.words.terms import Terms

__all__ = ["answer", "answer_new", "answers"]

PAGE = 30
ENDED = ("closed", "final")
FORM = ("use", "question", "text", "category")
Errors = list[dict[str, str]]


def place_of(request: HttpRequest) -> Place:
    """Whose answers the reader keeps: the community, or what their organ is at above communities."""
    return community_at(desk_of(request))


@requires("staff")
@never_cache
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """The list, with its filters in the address."""
    asked = {name: request.GET.get(name, "") for name in ("use", "state")}
    asked["use"] = asked["use"] if asked["use"] in USES else ""
    asked["state"] = asked["state"] if asked["state"] in STATES else ""
    q, page = texts.clean_line(request.GET.get("q", ""))[:60], page_of(request)
    found = kept.here(place_of(request), asked["use"], asked["state"], q)
    total = found.count()
    return show(
        request, "answers.html", rows=found[(page - 1) * PAGE : page * PAGE], total=total, page=page,
        pages=pages_of(total, PAGE), query=urlencode({**asked, "q": q}), states=states(), uses=uses(),
        fields=[{"name": "q", "label": _("找一找"), "value": q}, _choice("use", _("用在哪里"), uses(), asked["use"]),
                _choice("state", _("状态"), states(), asked["state"])],
        notice={"title": _("办好了。"), "kind": "success"} if request.GET.get("done") else None,
    )  # fmt: skip


def _choice(name: str, label: str, options: dict[str, str], value: str) -> dict[str, Any]:
    every = [{"value": "", "text": _("全部")}, *({"value": key, "text": text} for key, text in options.items())]
    return {"name": name, "label": label, "value": value, "options": every}


@requires("staff")
@never_cache
def answer_new(request: HttpRequest) -> HttpResponse:
    """GET: the form, filled from a finished matter (`from`). POST: kept as a draft."""
    found = _grown_from(request)
    if request.method != "POST":
        typed = _from_matter(found) if found else {"use": "answer", "state": "draft"}
        return _form(request, None, typed, [], found)
    typed = _typed(request)
    errors = _judge(typed)
    if errors:
        return _form(request, None, typed, errors, found)
    row = kept.write(place_of(request), desk_of(request).person, _said(typed), desk_of(request).at,
                     found.matter if found else None)  # fmt: skip
    return redirect(f"{reverse('work_answer', args=[row.pk])}?done=kept&draft=work-answer")


@requires("staff")
@never_cache
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: one answer. POST `do`: draft, published or retired, with its words as they stand in the form."""
    row = Answer.objects.select_related("source", "place").filter(pk=pk).first()
    if row is None or row not in kept.here(place_of(request)).filter(pk=pk):
        raise Http404
    if request.method != "POST":
        return _form(request, row, _as_typed(row), [])
    typed = _typed(request)
    errors = _judge(typed)
    if errors:
        return _form(request, row, typed, errors)
    desk, state = desk_of(request), request.POST.get("do", "")
    try:
        wanted, version = state if state in STATES else row.state, _number(request.POST.get("version", ""))
        kept.change(row, desk.person, _said(typed), wanted, "looked" in request.POST, version, desk.at)
    except NotPossible as fault:
        place = "#looked" if fault.code == "not_looked" else "#text"
        return _form(request, row, typed, [{"text": not_possible(fault), "href": place, "name": place[1:]}])
    return redirect(f"{reverse('work_answer', args=[pk])}?done={state or 'kept'}&draft=work-answer-{pk}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _form(
    request: HttpRequest, row: Answer | None, typed: dict[str, str], errors: Errors, found: Found | None = None
) -> HttpResponse:
    seen = found_in(f"{typed.get('question', '')}\n{typed.get('text', '')}")
    return show(
        request, "answer.html", 422 if errors else 200, row=row, typed=typed, errors=errors, key=new_key(), found=found,
        wrong={one.get("name", ""): one["text"] for one in errors}, states=states(), limits=kept.LONGEST,
        uses=[{"value": key, "text": text} for key, text in uses().items()], categories=_categories(request),
        seen=[about(code) for code in seen], done=request.GET.get("draft", "")[:60], notice=_thanks(request),
        action=reverse("work_answer", args=[row.pk]) if row else _new_address(found),
    )  # fmt: skip


def _new_address(found: Found | None) -> str:
    return reverse("work_answer_new") + (f"?from={found.matter.number}" if found else "")


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    said = {
        "kept": _("存好了。还没有公布，居民看不到。"),
        "draft": _("存好了。还没有公布，居民看不到。"),
        "published": _("公布了，居民和接电话的人都查得到。"),
        "retired": _("停用了，居民查不到了。要再用，重新公布。"),
    }.get(request.GET.get("done", ""))
    return {"title": said, "kind": "success"} if said else None


def _typed(request: HttpRequest) -> dict[str, str]:
    typed = {name: texts.clean_line(request.POST.get(name, "")) for name in FORM}
    return typed | {"text": texts.clean_text(request.POST.get("text", ""))}


def _judge(typed: dict[str, str]) -> Errors:
    needed = {"question": _("请写大家会怎么问"), "text": _("请写怎么回答")}
    errors = [{"text": said, "href": f"#{name}", "name": name} for name, said in needed.items() if not typed[name]]
    for name, most in kept.LONGEST.items():
        if len(typed[name]) > most:
            errors.append({"text": _("最多%(n)d个字") % {"n": most}, "href": f"#{name}", "name": name})
    return errors


def _said(typed: dict[str, str]) -> Said:
    use = typed["use"] if typed["use"] in USES else "answer"
    return Said(use, typed["question"], typed["text"], typed["category"])


def _as_typed(row: Answer) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in (*FORM, "state", "version")}


def _categories(request: HttpRequest) -> list[dict[str, str]]:
    version = charter_for(place_of(request), desk_of(request).at)
    charter = charter_of(version) if version else None
    named = [(one.name, Terms(charter).category(one.name)) for one in choosable(charter)] if charter else []
    return [{"value": "", "text": _("不分类")}, *({"value": name, "text": title} for name, title in named)]


def _grown_from(request: HttpRequest) -> Found | None:
    """The finished matter an answer is made of; only for who may read its papers."""
    number = request.GET.get("from", "")
    found = find(request, number) if number else None
    if found is not None and (found.matter.status not in ENDED or found.level != "full"):
        raise Http404
    return found


def _from_matter(found: Found) -> dict[str, str]:
    """Its public title and what was answered last, with what gives somebody away covered."""
    return {"use": "answer", "question": covered(found.matter.subject)[: kept.LONGEST["question"]],
            "text": covered(_replied(found))[: kept.LONGEST["text"]], "category": found.matter.category,
            "state": "draft"}  # fmt: skip


def _replied(found: Found) -> str:
    """What the offices wrote at the end: the last paper that can be read as text."""
    matter: Matter = found.matter
    papers = [row for row in words_of(matter) if row.name in found.charter.documents and found.may_open(row)]
    written = [row for row in papers if row.media_type == "text/plain"]
    return read_text(max(written, key=lambda row: (row.act.seq, row.pk))) if written else ""
