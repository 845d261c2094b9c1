"""事项: what happened, who waits for whom, the papers, the deadlines, who looked, and what may be done now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.desk.reading import at_least
from gongzhi.records.matters.access import note_reading, readings_of
from gongzhi.records.matters.models import Words
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.matters.queries import by_number, words_of
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings.queries import meetings_of
from gongzhi.records.notices.queries import notices_of
from gongzhi.web.access import level_of, requires
from gongzhi.web.beside import beside
from gongzhi.web.matter_money import payments_of
from gongzhi.web.telling import drawn, entries
from gongzhi.web.together import alike, together
from gongzhi.web.workbench import busy, drafts
from gongzhi.web.workbench.act import CHECKED
from gongzhi.web.workbench.boxes import boxes_of
from gongzhi.web.workbench.found import SAYINGS, Found, choice_of, find
from gongzhi.web.workbench.page import new_key, show
from gongzhi.web.workbench.standing import standing_of
from gongzhi.words.actions import Action

__all__ = ["matter_page", "matter_print"]

# The order in which a desk is cleared; what comes first and can be done is the main act.
ORDER = ("accept", "assign", "join", "unfollow", "serve", "answer_objection", "part", "done", "resume")
ASIDE = ("merge", "pause", "resume", "extend", "set_aside", *SAYINGS)
READS = 20


@dataclass(frozen=True, slots=True)
class Button:
    """An act on the page. `direct`: done by this button; otherwise it opens a form."""

    label: str
    leads_to: str
    blocked: str
    href: str
    direct: bool
    kind: str


@requires("staff")
@never_cache
@require_GET
def matter_page(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one matter for staff."""
    if (matter := by_number(tidy(number) or "")) is not None and matter.public and not _has_part(request, number):
        return redirect("public_matter", number=matter.number)
    found = find(request, number)
    rows = list(words_of(found.matter))
    open_rows = [row for row in rows if found.may_open(row)]
    _note(found, open_rows)
    acts = _buttons(found)
    view = found.looked.view
    return show(
        request, "matter.html", found=found, view=view, matter=found.matter, key=new_key(),
        primary=next(iter(acts["main"]), None), others=acts["main"][0 if found.meets else 1 :],
        rare=acts["rare"], blocked=acts["blocked"],
        entries=entries(found.looked, {(row.act.seq, row.name): row for row in open_rows},
                        lambda row: _address(found, row)),
        said=_said(open_rows), contact=_contact(found), papers=_papers(found, rows),
        reads=[(found.terms.holder(row.role), row.at) for row in readings_of(found.matter)[:READS]],
        meetings=list(meetings_of(found.matter)), notices=list(notices_of(found.matter)),
        drafts=drafts.of_matter(found.person, found.matter.number, found.at), done=_done(request),
        notice=_thanks(request), busy=busy.seen([number], found.person.digest).get(number, ""),
        payments=payments_of(found.matter, found.terms, found.at, found.person),
        beside=beside(found.matter, staff=True),
        together=together(found.matter), standing=standing_of(found.matter, found.terms),
        alike=alike(found.matter, found.person, found.at),
        can_merge=next((one.href for one in acts["rare"] if one.kind == "merge"), ""),
        raised=[(part, state) for part, _title, state in view.parts if state == "raised"], **drawn(view.flow),
    )  # fmt: skip


@requires("staff")
@never_cache
@require_GET
def matter_print(request: HttpRequest, number: str) -> HttpResponse:
    """The course of the matter on A4, for the file. Public-safe: no words of the resident."""
    found = find(request, number)
    return show(request, "matter_print.html", found=found, view=found.looked.view, matter=found.matter)


def _has_part(request: HttpRequest, number: str) -> bool:
    return at_least(level_of(request, number), "course")


def _note(found: Found, rows: list[Words]) -> None:
    """Reading what a resident wrote is written down, once for each opening of the page."""
    if any(row.act.seq == 1 and not row.public for row in rows):
        note_reading(found.person, found.role, "work", found.at, found.matter)


def _buttons(found: Found) -> dict[str, list[Button]]:
    """Acts that can be done by their order, what is less usual, and what is blocked with its reason."""
    rank = {kind: nth for nth, kind in enumerate(ORDER)}
    actions = sorted(found.actions, key=lambda one: rank.get(one.kind, len(ORDER)))
    named = [(one, _button(found, one)) for one in actions]
    return {
        "main": [button for one, button in named if not one.blocked and one.kind not in ASIDE],
        "rare": [button for one, button in named if not one.blocked and one.kind in ASIDE],
        "blocked": [button for one, button in named if one.blocked],
    }


def _button(found: Found, action: Action) -> Button:
    direct = action.kind not in CHECKED and not boxes_of(found, action)
    href = reverse("work_act", args=[found.matter.number, action.kind, choice_of(action)])
    return Button(action.label, action.leads_to, action.blocked, href, direct and action.kind != "related", action.kind)


def _address(found: Found, row: Words) -> str:
    return reverse("work_paper", args=[found.matter.number, row.pk])


def _said(rows: list[Words]) -> dict[str, str]:
    """What the resident wrote, for those who may read it."""
    first = {row.name: row for row in rows if row.act.seq == 1}
    return {name: read_text(first[name]) for name in ("what", "spot", "where", "linked") if name in first}


def _contact(found: Found) -> list[str]:
    """How to reach the resident; empty for who need not."""
    if not found.may_reach:
        return []
    filer = found.matter.filer
    kept = [filer.display_name, filer.phone, filer.mail] if filer else []
    rows = found.matter.words.filter(name="contact", erased_at=None)
    return [text for text in (*kept, *(read_text(row) for row in rows)) if text]


def _papers(found: Found, rows: list[Words]) -> list[dict[str, Any]]:
    """Everything handed in, newest first; what the reader may not open is named without a link."""
    hidden = {"what", "spot", "where", "linked", "contact", "remark", "title", "objection", "answer"}
    names = [row for row in rows if row.name not in hidden and not row.name.startswith(("field.", "resolution."))]
    return [
        {
            "title": _title(found, row),
            "at": row.act.at,
            "who": found.terms.holder(f"{row.act.organ}.{row.act.seat}".rstrip(".")),
            "href": _address(found, row) if found.may_open(row) else "",
            "erased": row.erased_at is not None,
            "photo": row.kind == "photo",
            "name": row.name if row.media_type.startswith("text/") and row.name in found.charter.documents else "",
            "form": row.name in found.charter.templates,
        }
        for row in reversed(names)
    ]


def _title(found: Found, row: Words) -> str:
    base = row.name.removesuffix(".file")
    if base in found.charter.documents:
        return found.terms.document(base)
    return _("照片") if row.kind == "photo" else _("附件")


DONE: dict[str, Callable[[], str]] = {
    "accept": lambda: _("已签收。期限照旧，由我们负责。"),
    "kept": lambda: _("草稿存好了，三天内都在。"),
    "note": lambda: _("说明记下了，期限不变。"),
    "merge": lambda: _("合并好了，反映人会收到通知。要撤销，点“单独办”。"),
    "unfollow": lambda: _("改为单独办了，期限接着原来剩下的走。"),
    "title": lambda: _("公开标题改好了。"),
}


def _done(request: HttpRequest) -> str:
    """The name of the browser's draft that arrived safely."""
    return request.GET.get("draft", "")[:200]


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    kind = request.GET.get("done", "")
    if not kind:
        return None
    said = DONE.get(kind, lambda: _("办好了，已记入办理经过。"))
    return {"title": said(), "kind": "success"}
