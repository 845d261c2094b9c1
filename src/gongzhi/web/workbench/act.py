"""One act: its form, the check page where it cannot be undone, and handing it in. Post, redirect, get."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.keys import scoped_key
from gongzhi.desk.step import take_step
from gongzhi.records.matters.queries import act_of_key
from gongzhi.web.access import requires
from gongzhi.web.workbench import busy, drafts
from gongzhi.web.workbench.boxes import Box, boxes_of
from gongzhi.web.workbench.found import Found, choice_of, find
from gongzhi.web.workbench.notices import objection_said
from gongzhi.web.workbench.page import new_key, show
from gongzhi.web.workbench.preset import preset
from gongzhi.web.workbench.reading import judge, names_of, take_files, to_desk, typed_of
from gongzhi.web.workbench.refusals import lost_race, sentence
from gongzhi.web.workbench.reply_drafts import offered, with_reply
from gongzhi.words.actions import Action

__all__ = ["act", "check", "drop_draft"]

# What cannot be taken back gets a check page when it had anything to fill in.
CHECKED = ("done", "merge", "decline", "assign", "set_aside", "serve", "answer_objection")


@dataclass(frozen=True)
class Filling:
    """Somebody fills in the form of an action."""

    found: Found
    action: Action
    boxes: list[Box]
    draft: drafts.Draft
    kept: bool

    @property
    def address(self) -> str:
        return reverse("work_act", args=[self.found.matter.number, self.action.kind, choice_of(self.action)])

    @property
    def is_checked(self) -> bool:
        signs = self.action.part.startswith("sign.")
        return bool(self.boxes) and (self.action.kind in CHECKED or signs)


@requires("staff")
@never_cache
def act(request: HttpRequest, number: str, kind: str, choice: str) -> HttpResponse:
    """GET: the form. POST: kept as a draft, judged, then handed in or led to the check page."""
    found = find(request, number)
    if request.method == "POST" and _was_done(request, found):
        return redirect(_after(found, kind, ""))
    action = found.action(kind, choice)
    if action is None or action.blocked:
        return _gone(request, found, action, kind, choice)
    filling = _filling(found, action)
    if request.method != "POST":
        busy.mark(number, found.person.digest, found.terms.holder(found.role))
        filling = replace(filling, draft=with_reply(request, found, filling.boxes, filling.draft))
        return _form(request, filling, [])
    return _received(request, filling)


def _filling(found: Found, action: Action) -> Filling:
    form = f"{action.kind}/{choice_of(action)}"
    draft = drafts.load(found.person, found.matter.number, form, found.at)
    boxes = boxes_of(found, action)
    blank = drafts.Draft(found.matter.number, form, found.case.visit, new_key(), found.at.isoformat(), action.label)
    return Filling(found, action, boxes, draft or preset(found, action, boxes, blank), draft is not None)


def _received(request: HttpRequest, filling: Filling) -> HttpResponse:
    found, person = filling.found, filling.found.person
    # What was written for another visit is shown, not sent: the form says for which visit it was opened.
    visit = request.POST.get("visit", "")
    key = request.POST.get("idempotency_key", "")[:64] or filling.draft.key
    draft = replace(
        filling.draft, typed=typed_of(request, filling.boxes), visit=visit, key=key, at=found.at.isoformat()
    )
    for file in request.POST.getlist("remove"):
        draft = draft.without(file)
    draft, faults = take_files(request, person, draft, filling.boxes)
    drafts.save(person, draft)
    filling = replace(filling, draft=draft, kept=True)
    if "remove" in request.POST:
        return redirect(filling.address)
    if "reply" in request.POST:
        return redirect(f"{filling.address}?reply={quote(request.POST['reply'])}")
    if "later" in request.POST:
        return redirect(f"{_after(found, 'kept', '')}")
    errors = [*faults, *judge(filling.boxes, draft)]
    if errors:
        return _form(request, filling, errors, 422)
    if filling.is_checked:
        return redirect(
            "work_check", number=found.matter.number, kind=filling.action.kind, choice=choice_of(filling.action)
        )
    return _hand_in(request, filling)


@requires("staff")
@never_cache
def check(request: HttpRequest, number: str, kind: str, choice: str) -> HttpResponse:
    """What will be sent and what follows from it, before it cannot be undone."""
    found = find(request, number)
    if request.method == "POST" and _was_done(request, found):
        return redirect(_after(found, kind, ""))
    action = found.action(kind, choice)
    if action is None or action.blocked:
        return _gone(request, found, action, kind, choice)
    filling = _filling(found, action)
    if not filling.kept or judge(filling.boxes, filling.draft):
        return redirect(filling.address)
    if request.method == "POST":
        return _hand_in(request, filling)
    return show(
        request, "check.html", found=found, view=found.looked.view, filling=filling, rows=_rows(filling),
        consequence=consequence(filling), previews=found.step is not None and found.step.do == "notice",
    )  # fmt: skip


def _hand_in(request: HttpRequest, filling: Filling) -> HttpResponse:
    found, draft = filling.found, filling.draft
    try:
        taken = take_step(found.matter.number, to_desk(found, filling.action, filling.boxes, draft), found.person,
                          found.at, draft.key)  # fmt: skip
    except Refused as refused:
        if refused.code == "moved_on":
            return _lost(request, found, filling.action.label, draft, lost_race(found, refused))
        fresh = find(request, found.matter.number)
        return _form(request, filling, [{"text": sentence(fresh, refused), "href": ""}],
                     409 if refused.code in ("already_done", "key_reused") else 422)  # fmt: skip
    drafts.drop(found.person, found.matter.number, draft.form)
    busy.leave(found.matter.number)
    return redirect(_after(found, filling.action.kind, local_draft(filling), taken.act.seq))


def local_draft(filling: Filling) -> str:
    """The name under which the browser keeps the typed words."""
    return f"work-{filling.found.matter.number}-{filling.draft.form}"


def _after(found: Found, done: str, local: str, seq: int = 0) -> str:
    address = f"{reverse('work_matter', args=[found.matter.number])}?done={done}"
    return address + (f"&draft={local}" if local else "") + (f"#act-{seq}" if seq else "")


def _was_done(request: HttpRequest, found: Found) -> bool:
    """The same form came in a second time: its act is in the log under this key."""
    key = request.POST.get("idempotency_key", "")[:64]
    own = scoped_key(found.person, key)
    return bool(own and act_of_key(found.matter, own))


def _form(request: HttpRequest, filling: Filling, errors: list[dict[str, str]], status: int = 200) -> HttpResponse:
    return show(
        request, "act.html", status, found=filling.found, view=filling.found.looked.view, filling=filling,
        errors=errors, wrong={error.get("name", ""): error["text"] for error in errors}, names=names_of,
        local=local_draft(filling), consequence=consequence(filling), organs=_organs(filling.found),
        offers=offered(filling.found, filling.boxes),
        stale=filling.kept and filling.draft.visit != filling.found.case.visit, button=button(filling),
        objection_said=objection_said(filling.found, filling.action.part)
        if filling.action.kind == "answer_objection" else "",
        previews=filling.found.step is not None and filling.found.step.do == "notice" and filling.kept,
    )  # fmt: skip


def _organs(found: Found) -> list[dict[str, str]]:
    options = [{"value": name, "text": found.terms.organ(name)} for name in found.charter.organs]
    return [{"value": "", "text": _("选一个单位")}, *options]


def button(filling: Filling) -> str:
    """The button says what happens."""
    if filling.is_checked:
        return _("核对")
    return filling.action.label


def consequence(filling: Filling) -> str:
    """What follows, as a sentence."""
    action = filling.action
    if action.kind == "serve" and action.leads_to == "":
        return _("提交后开始计算期限。")
    if action.part.startswith("sign."):
        return _("签字后不能撤回。要改，只能由会签各方重新商议。")
    return action.leads_to


def _rows(filling: Filling) -> list[dict[str, Any]]:
    """The check page's rows: every answer, with a way back to change it."""
    rows = []
    for box in filling.boxes:
        said = _said(filling, box)
        if said:
            rows.append({"label": box.label, "text": said, "href": f"{filling.address}#{box.name}"})
    return rows


def _said(filling: Filling, box: Box) -> str:
    typed = filling.draft.typed
    if box.kind == "resolution":
        said, owner, due = (typed.get(name, "") for name in names_of(box))
        return "；".join(part for part in (said, filling.found.terms.organ(owner) if owner else "", due) if part)
    value = dict(box.options).get(typed.get(box.name, ""), typed.get(box.name, ""))
    files = [file.name for file in filling.draft.files_of(box.name)]
    return "\n".join(part for part in (value, *files) if part)


# --- what is not there any more ---


def _gone(request: HttpRequest, found: Found, action: Action | None, kind: str, choice: str) -> HttpResponse:
    """The act is not open to the reader: somebody was faster, something is missing first, or it is not theirs."""
    form = f"{kind}/{choice}"
    draft = drafts.load(found.person, found.matter.number, form, found.at)
    if request.method == "POST" and action is None and request.POST.get("visit", found.case.visit) != found.case.visit:
        draft = _rescued(request, found, form, draft)
        return _lost(request, found, form, draft, lost_race(found, None, draft.visit))
    said = action.blocked if action else sentence(found, Refused("not_holder", holder=_holder(found)))
    return show(request, "gone.html", 403 if action is None else 409, found=found, said=said, draft=draft)


def _holder(found: Found) -> str:
    return found.case.control.holder or found.answers_organ


def _rescued(request: HttpRequest, found: Found, form: str, draft: drafts.Draft | None) -> drafts.Draft:
    """What was typed for an act that is gone, kept under its old form."""
    skipped = {"csrfmiddlewaretoken", "idempotency_key", "visit", "later", "remove"}
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str) and name not in skipped}
    blank = drafts.Draft(found.matter.number, form, request.POST.get("visit", ""), new_key(), found.at.isoformat(), "")
    return drafts.save(found.person, replace(draft or blank, typed={**(draft.typed if draft else {}), **typed}))


def _lost(request: HttpRequest, found: Found, label: str, draft: drafts.Draft, said: str) -> HttpResponse:
    return show(
        request, "lost.html", 409, found=find(request, found.matter.number), said=said, draft=draft, label=label
    )


@requires("staff")
@require_POST
def drop_draft(request: HttpRequest, number: str) -> HttpResponse:
    """清除草稿."""
    found = find(request, number)
    drafts.drop(found.person, found.matter.number, request.POST.get("form", ""))
    return redirect("work_matter", number=number)
