"""征求意见: agree, disagree or pass, one statement at a time; say more; appeal. Everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import consultations as desk
from gongzhi.desk.standing import lives_in
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import Consultation
from gongzhi.records.people.models import Person
from gongzhi.web import texts
from gongzhi.web.access import reader, requires
from gongzhi.web.accounts.page import address_of
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.page import Errors, community_of, new_key, show, signed_in
from gongzhi.words.consultations import ground_name, state_name, status_name
from gongzhi.words.refusals_consultations import consultation_refusal

__all__ = ["appeal", "consultation", "consultation_or_404", "consultations", "page", "say", "vote"]

PAGE = 20
COMMENTS = 30
ANSWERS = {"agree": 1, "disagree": -1, "pass": 0}


@requires("public")
@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """What is asked now, and what was asked before."""
    rows = queries.public_in(community_of(request))
    wanted = request.GET.get("status", "")
    if wanted in ("open", "closed"):
        rows = rows.filter(status=wanted)
    if said := texts.clean_line(request.GET.get("q", "")):
        rows = rows.filter(title__icontains=said)
    page, total = page_of(request), rows.count()
    return show(
        request, "portal/consultations.html", rows=list(rows[(page - 1) * PAGE : page * PAGE]), page=page,
        pages=pages_of(total, PAGE), wanted=wanted, said=said, status_name=status_name,
    )  # fmt: skip


def consultation_or_404(request: HttpRequest, pk: int) -> Consultation:
    """A consultation that was opened in the community of the page."""
    found = queries.public_in(community_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404("no such consultation here")
    return found


@requires("public")
@require_GET
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """The statement to vote on next, what has been said, and what is not shown with its ground."""
    return page(request, consultation_or_404(request, pk))


def page(
    request: HttpRequest, found: Consultation, errors: Errors | None = None, typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page, also with what was refused and everything typed."""
    at, person = now(), reader(request)
    comments = queries.shown(found, "comment", at)
    here = page_of(request)
    total = comments.count()
    return show(
        request, "portal/consultation.html", status, found=found, running=queries.is_open(found, at),
        comments=list(comments.order_by("-number")[(here - 1) * COMMENTS : here * COMMENTS]), page=here,
        pages=pages_of(total, COMMENTS), total=total, withheld=list(queries.withheld(found, at)),
        statements=queries.shown(found, "statement", at).count(), questions=found.questions.count(), errors=errors,
        typed=typed or {}, key=new_key(), notice=_thanks(request), ground_name=ground_name, state_name=state_name,
        **_mine(found, person),
    )  # fmt: skip


def _mine(found: Consultation, person: Person | None) -> dict[str, Any]:
    """What concerns the reader alone: the next statement, how far, the own contributions."""
    if person is None:
        return {"resident": False, "next": None, "done": 0, "last": None, "own": []}
    resident = lives_in(person, found.matter.place.code)
    own = queries.own_stances(found, person)
    last = found.contributions.filter(pk=next(reversed(own), 0)).first()
    return {
        "resident": resident,
        "next": queries.next_statement(found, person, now()) if resident else None,
        "done": len(own),
        "last": last,
        "last_answer": own.get(last.pk) if last else None,
        "own": list(found.contributions.filter(author=person).order_by("-pk")),
        "filled": queries.filled_in(found, person),
    }


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    said = {
        "vote": _("记下了。"),
        "unvote": _("收回了，可以重新表态。"),
        "say": _("收到了。看过以后公开，通常一两个工作日；不公开会写明理由，您可以申诉。"),
        "appeal": _("申诉交给另一个单位了，五个工作日内答复；到期不答复，就重新公开。"),
    }.get(request.GET.get("done", ""))
    return {"title": said, "kind": "success"} if said else None


def _try(request: HttpRequest, pk: int, done: str, work: Callable[[], object], anchor: str = "") -> HttpResponse:
    """Do it and come back; refused, the page again with the sentence and everything typed."""
    found = consultation_or_404(request, pk)
    try:
        work()
    except Refused as refused:
        sentence = consultation_refusal(refused.code, refused.args_map) or _("请写理由或依据，再提交。")
        typed = {name: texts.clean_text(str(value)) for name, value in request.POST.items()}
        status = 429 if refused.code == "too_many_contributions" else 422
        return page(request, found, [{"text": sentence, "href": anchor}], typed, status)
    return redirect(f"{reverse('consultation', args=[pk])}?done={done}")


@requires("signed_in")
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """同意、不同意、跳过; or take the last one back."""
    person, typed = signed_in(request), request.POST.get("statement", "")
    statement = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0
    if request.POST.get("answer") == "back":
        return _try(request, pk, "unvote", lambda: desk.unvote(pk, statement, person, now()))
    answer = ANSWERS.get(request.POST.get("answer", ""), 9)
    return _try(request, pk, "vote", lambda: desk.vote(pk, statement, person, answer, now()))


@requires("signed_in")
@require_POST
def say(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add a statement or a comment; it is shown when somebody has looked at it."""
    if kind not in ("statement", "comment"):
        raise Http404
    said = texts.clean_text(request.POST.get(kind, ""))
    by = desk.Speaker(signed_in(request), address_of(request))
    return _try(request, pk, "say", lambda: desk.contribute(pk, by, kind, said, now()), f"#{kind}")


@requires("signed_in")
@require_POST
def appeal(request: HttpRequest, pk: int, contribution: int) -> HttpResponse:
    """申诉: another organ looks at what was not shown."""
    found, person = consultation_or_404(request, pk), signed_in(request)
    why = texts.clean_text(request.POST.get("why", ""))[: texts.LONGEST]
    if not found.contributions.filter(pk=contribution, author=person).exists():
        raise Http404
    return _try(request, pk, "appeal", lambda: desk.appeal(contribution, person, why, now()))
