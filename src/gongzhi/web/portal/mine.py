"""我的事: the list, and the page of one matter as its filer sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.desk.permissions import actors
from gongzhi.desk.standing import PARTY
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.queries import by_number, filed_by, words_of
from gongzhi.records.notices.queries import notices_of
from gongzhi.records.people.models import Person
from gongzhi.web import telling
from gongzhi.web.access import reader, requires
from gongzhi.web.clock import now
from gongzhi.web.looking import Looked, look, rows_of, short
from gongzhi.web.page import keep_private, new_key, show, signed_in
from gongzhi.web.portal.follows import follows
from gongzhi.web.portal.gatherings import meetings
from gongzhi.web.portal.written import wanted_papers
from gongzhi.web.together import together
from gongzhi.words.actions import Action, actions_of

__all__ = ["answers_of", "matter_page", "matters", "own_matter", "page_of"]

PAGE = 20
ANSWERS = ("done",)  # acts that answer a question put to the filer


def own_matter(request: HttpRequest, number: str) -> Matter:
    """The reader's own matter. 404 also for those that exist but are somebody else's, so that numbers tell nothing."""
    person, matter = reader(request), by_number(number)
    if person is None or matter is None or matter.filer_id != person.pk:
        raise Http404("no such matter of yours")
    return matter


@requires("signed_in")
@keep_private
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """All matters of the reader; those that wait for an answer first."""
    person = signed_in(request)
    page = max(1, int(number) if (number := request.GET.get("page", "1")).isdecimal() else 1)
    found = filed_by(person)
    total = found.count()
    shown = list(found[(page - 1) * PAGE : page * PAGE])
    waiting = list(found.filter(status__in=OPEN, holder="filer").order_by("due")[:PAGE]) if page == 1 else []
    rows = rows_of([*waiting, *[one for one in shown if one not in waiting]], now(), own_words=True)
    return show(
        request, "portal/matters.html", turns=rows[: len(waiting)], rows=rows[len(waiting) :], total=total,
        page=page, pages=-(-total // PAGE),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mine:
    """What the filer may do now: answers to a question, a remark, and what comes after the end."""

    answers: tuple[Action, ...]
    rate: Action | None
    reopen: Action | None
    withdraw: Action | None
    alone: Action | None


@requires("signed_in")
@keep_private
@require_GET
def matter_page(request: HttpRequest, number: str) -> HttpResponse:
    """One matter: my turn, the four answers, what happened."""
    return page_of(request, own_matter(request, number))


def page_of(
    request: HttpRequest,
    matter: Matter,
    errors: list[dict[str, str]] | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one's own matter; with errors and what was typed when a form has to be shown again."""
    person, at = signed_in(request), now()
    looked = look(matter, at)
    words = list(words_of(matter))
    said = {(row.act.seq, row.name): row for row in words}
    first, own = telling.filed_words(said), _mine(looked, person, at)
    told = {
        "first": first,
        "title": short(first.get("what", "")) or matter.subject,
        "mine": own,
        "leads": {one.outcome: follows(looked, one, at) for one in own.answers},
        "entries": telling.entries(looked, said, telling.own_paper(matter)),
        "photos": telling.photos(looked, words, person.digest),
        "meetings": meetings(looked),
        "notices": list(notices_of(matter)),
        "others": together(matter, listed=False).count,
        "rated": telling.rated(looked),
        "reads": telling.readings(looked),
        "papers": wanted_papers(looked, own.answers, typed or {}, at),
        **telling.asked(own.answers),
        **telling.drawn(looked.view.flow),
    }
    shared = {"looked": looked, "view": looked.view, "matter": matter, "key": new_key(), "notice": _thanks(request)}
    context = {**told, **shared, "errors": errors or [], "typed": typed or {}}
    return show(request, "portal/matter.html", status, **context)


DONE: dict[str, Callable[[], tuple[str, str]]] = {
    "answer": lambda: (_("收到您的回复"), _("下面“下一步”写着接着由谁办。")),
    "add": lambda: (_("补充收到了"), _("承办的人看得到，期限不变。")),
    "withdraw": lambda: (_("已撤回"), _("可重开期内还能要求重新办理。")),
    "reopen": lambda: (_("已重新办理"), _("下面写着由谁负责、到什么时候。")),
    "alone": lambda: (_("已改为单独办"), _("下面写着由谁负责、到什么时候。")),
    "rate": lambda: (_("收到您的评价"), ""),
}


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    said = DONE.get(request.GET.get("done", ""))
    if said is None:
        return None
    title, text = said()
    return {"title": title, "text": text, "kind": "success"}


def _mine(looked: Looked, person: Person, at: datetime) -> Mine:
    own = [
        one for one in actors(person, looked.charter, looked.case, at, looked.matter.filer_id) if one.organ == "filer"
    ]
    found = actions_of(looked.charter, looked.case, own)
    answers = answers_of(looked, person, at)
    by_kind = {action.kind: action for action in found if not action.blocked}
    return Mine(answers, *(by_kind.get(kind) for kind in ("rate", "reopen", "withdraw", "unfollow")))


def answers_of(looked: Looked, person: Person, at: datetime) -> tuple[Action, ...]:
    """The answers open to the filer, or to the filer as one of the parties; the good one first."""
    mine = actors(person, looked.charter, looked.case, at, looked.matter.filer_id)
    own = [one for one in mine if one.organ == "filer" or (one.organ, one.seat) == (PARTY, "filer")]
    found = actions_of(looked.charter, looked.case, own)
    return tuple(action for action in found if action.kind in ANSWERS and not action.blocked)
