"""Matters made public: what about, where, the course; never names, and words only where their writer said so."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Charter
from gongzhi.desk.propose import choosable
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.matters.queries import by_number, words_of
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.notices.queries import notices_of
from gongzhi.web.access import reader, requires
from gongzhi.web.beside import beside
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.looking import look, rows_of
from gongzhi.web.matter_money import payments_of
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.gatherings import meetings
from gongzhi.web.portal.numbers import DONE, LATE, RECEIVED, shown_by
from gongzhi.web.portal.papers import answer
from gongzhi.web.portal.say import charter_here
from gongzhi.web.telling import drawn, entries
from gongzhi.web.texts import clean_line, hide_numbers
from gongzhi.words.terms import Terms

__all__ = ["listed", "matter", "matters", "paper", "public_matter"]

PAGE = 20


def listed(community: Place) -> QuerySet[Matter]:
    """Public matters of a community and everything in it, newest first."""
    rows = Matter.objects.filter(place__path__startswith=community.path, public=True)
    return rows.select_related("answers", "place").order_by("-filed_at", "-pk")


@requires("public")
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """The list with its filters in the address; a whole number leads straight to its matter."""
    community, at = community_of(request), now()
    wanted = {name: clean_line(request.GET.get(name, "")) for name in ("show", "category", "q")}
    if (number := tidy(wanted["q"])) and listed(community).filter(number=number).exists():
        return redirect("public_matter", number=number)
    charter = charter_here(community)
    found = _narrowed(listed(community), charter, wanted)
    all_of_show = Matter.objects.filter(shown_by(wanted["show"], at), place__path__startswith=community.path)
    total, page = found.count(), page_of(request)
    return show(
        request, "board/matters.html", rows=rows_of(list(found[(page - 1) * PAGE : page * PAGE]), at), total=total,
        page=page, pages=pages_of(total, PAGE), fields=_fields(charter, wanted), wanted=wanted,
        hidden=all_of_show.filter(public=False).count() if not (wanted["category"] or wanted["q"]) else 0,
        query=urlencode({name: value for name, value in wanted.items() if value}),
    )  # fmt: skip


def _narrowed(rows: QuerySet[Matter], charter: Charter, wanted: dict[str, str]) -> QuerySet[Matter]:
    rows = rows.filter(shown_by(wanted["show"], now()))
    if wanted["category"] in charter.categories:
        rows = rows.filter(category=wanted["category"])
    if wanted["q"]:
        rows = rows.filter(Q(number__icontains=wanted["q"]) | Q(subject__icontains=wanted["q"]))
    return rows


def _fields(charter: Charter, wanted: dict[str, str]) -> list[dict[str, Any]]:
    terms = Terms(charter)
    states = [
        ("", _("全部")),
        (RECEIVED, _("本月收到")),
        (DONE, _("本月办结")),
        ("open", _("正在办")),
        (LATE, _("已超时")),
    ]
    kinds = [("", _("全部")), *((one.name, terms.category(one.name)) for one in choosable(charter))]
    return [
        {"name": "show", "label": _("看哪些"), "value": wanted["show"], "options": _options(states)},
        {"name": "category", "label": _("哪一类"), "value": wanted["category"], "options": _options(kinds)},
        {"name": "q", "label": _("编号或题目"), "value": wanted["q"]},
    ]


def _options(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": value, "text": text} for value, text in pairs]


def public_matter(number: str) -> Matter:
    """A matter that was made public. 404 for others too, so that numbers tell nothing."""
    found = by_number(tidy(number) or "")
    if found is None or not found.public:
        raise Http404("no such public matter")
    return found


@requires("public")
@require_GET
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """One public matter: the four answers and the course, without names."""
    found = public_matter(number)
    person = reader(request)
    if person is not None and found.filer_id == person.pk and "public" not in request.GET:
        return redirect("my_matter", number=found.number)
    looked = look(found, now())
    words = {(row.act.seq, row.name): row for row in words_of(found).filter(public=True)}
    said = {name: hide_numbers(read_text(words[(1, name)])) for name in ("what", "spot") if (1, name) in words}
    shown = {key: row for key, row in words.items() if key[1] not in ("what", "spot")}
    return show(
        request, "board/matter.html", looked=looked, view=looked.view, matter=found, said=said,
        entries=entries(looked, shown, lambda row: reverse("public_paper", args=[found.number, row.pk])),
        beside=beside(found), notices=list(notices_of(found)), meetings=meetings(looked), is_open=found.status in OPEN,
        payments=payments_of(found, Terms(looked.charter), now()),
        **drawn(looked.view.flow),
    )  # fmt: skip


@requires("public")
@require_GET
def paper(request: HttpRequest, number: str, words: int) -> HttpResponse:
    """A public paper of a public matter, or of one with a notice."""
    row = _public_words(number).filter(pk=words).first()
    if row is None:
        raise Http404("no such public paper")
    return answer(request, row, number, reverse("public_matter", args=[number]))


def _public_words(number: str) -> QuerySet[Words]:
    found = by_number(tidy(number) or "")
    if found is None or not (found.public or found.notices.exists()):
        raise Http404("no such public matter")
    return found.words.filter(public=True, erased_at=None).select_related("act")
