"""名册: import with row-level errors, search, correct, show, answer objections, freeze; print and take along."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from openpyxl import Workbook

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.roll_table import Fault, Unreadable, read_roll, rows_of_file, typed_entry
from gongzhi.records.ballots.actions import NewEntry
from gongzhi.records.ballots.models import RollEntry
from gongzhi.records.matters.access import note_reading
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.page import new_key, show
from gongzhi.web.workbench.polling import Error, Polling, polling_of, refusal
from gongzhi.words.ballots import fault_text, unreadable_text

__all__ = ["roll", "roll_add", "roll_answer", "roll_correct", "roll_file", "roll_freeze", "roll_import", "roll_print",
           "roll_show"]  # fmt: skip

PAGE = 50
KIND_OF = {"owners": "owner", "residents": "person", "voters": "person", "villagers": "person"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING = ("姓名", "房号", "类别", "面积", "手机或邮箱", "候选人")
KINDS = {"person": "人", "household": "户", "owner": "业主"}
TYPED = ("name", "unit", "kind", "area", "contact", "candidate")


@requires("staff")
@never_cache
@require_GET
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """The roll; `?q=` looks for a number, a name or a unit."""
    return page(request, polling_of(request, pk))


def page(
    request: HttpRequest, here: Polling, errors: list[Error] | None = None, faults: list[Fault] | None = None,
    typed: dict[str, str] | None = None, good: int = 0, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page again, with what was typed or what is wrong with the file."""
    ballot, found = here.ballot, here.found
    rows = ballot.roll.entries.order_by("number")
    query = texts.clean_line(request.GET.get("q", ""))
    wanted, number = _searched(rows, query), page_of(request)
    shown = wanted[(number - 1) * PAGE : number * PAGE]
    if shown:
        note_reading(found.person, found.role, "roll", found.at, found.matter)
    voted = set(ballot.marks.filter(entry__in=[one.pk for one in shown]).values_list("entry_id", flat=True))
    return show(
        request, "ballot_roll.html", status, here=here, ballot=ballot, poll=here.shown, rows=shown, voted=voted,
        total=len(wanted), page=number, pages=pages_of(len(wanted), PAGE), query=query, errors=errors or [],
        faults=[(one.row, fault_text(one)) for one in faults or []], good=good, typed=typed or {}, key=new_key(),
        objections=list(ballot.roll.objections.order_by("state", "-pk")[:PAGE]), kind=kind_of(here),
        notice=_thanks(request),
    )  # fmt: skip


def _searched(rows: QuerySet[RollEntry], query: str) -> list[RollEntry]:
    """Names are sealed, so a search reads them: a roll is a few thousand lines at most."""
    if not query:
        return list(rows)
    return [one for one in rows if query in (str(one.number), "") or query in one.name or query in one.unit]


def kind_of(here: Polling) -> str:
    """What a line is where nobody says: owners where the roll is theirs, else persons."""
    return KIND_OF.get(here.ballot.roll.of, "person")


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    many = request.GET.get("n", "")
    said = {
        "added": _("加好了%(n)s行。") % {"n": many if many.isdecimal() else "1"},
        "corrected": _("改好了。"), "struck": _("删掉了。"), "shown": _("名册公示了：大家可以查自己在不在、提异议。"),
        "frozen": _("名册确定了，从现在起不能改。"), "answered": _("答复记下了。"),
    }.get(request.GET.get("done", ""))  # fmt: skip
    return {"title": said, "kind": "success"} if said else None


def _back(pk: int, done: str, more: str = "") -> HttpResponse:
    return redirect(f"{reverse('ballot_roll', args=[pk])}?done={done}{more}")


@requires("staff")
@require_POST
def roll_import(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook or CSV. With errors nothing is added unless the reader asks for the good lines only."""
    here = polling_of(request, pk, leading=True)
    file = request.FILES.get("file")
    if file is None:
        return page(request, here, [{"text": _("请选一个文件"), "href": "#file"}], status=422)
    taken = here.ballot.roll.entries.exclude(contact_index=None).values_list("contact_index", flat=True)
    try:
        entries, faults = read_roll(rows_of_file(file.read()), kind_of(here), taken)
        if faults and "good_only" not in request.POST:
            said = _("有%(n)d处要改，还没有导入。改好再传，或勾选只导入可用的行。") % {"n": len(faults)}
            wrong = {"text": said, "href": "#faults"}
            return page(request, here, [wrong], faults, good=len(entries), status=422)
        lead.add_to_roll(here.ballot.roll, [entry for _row, entry in entries], here.found.person, here.found.at)
    except Unreadable as fault:
        return page(request, here, [{"text": unreadable_text(fault.code), "href": "#file"}], status=422)
    except Refused as refused:
        return page(request, here, [{"text": refusal(here, refused), "href": "#file"}], status=409)
    return _back(pk, "added", f"&n={len(entries)}")


@requires("staff")
@require_POST
def roll_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One line by hand."""
    here = polling_of(request, pk, leading=True)
    typed = _typed(request)
    entry, faults = typed_entry(typed, kind_of(here), {})
    if entry is None:
        return page(request, here, _errors(faults), typed=typed, status=422)
    try:
        lead.add_to_roll(here.ballot.roll, [entry], here.found.person, here.found.at)
    except Refused as refused:
        return page(request, here, [{"text": refusal(here, refused), "href": "#name"}], typed=typed, status=409)
    return _back(pk, "added", "&n=1")


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: texts.clean_line(request.POST.get(name, "")) for name in TYPED}


def _errors(faults: list[Fault]) -> list[Error]:
    hrefs = {"姓名": "name", "房号": "unit", "面积": "area", "手机或邮箱": "contact", "类别": "kind"}
    return [{"text": fault_text(one), "href": f"#{hrefs[one.column]}", "name": hrefs[one.column]} for one in faults]


@requires("staff")
@require_POST
def roll_correct(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change a line, or strike it."""
    here = polling_of(request, pk, leading=True)
    entry = here.ballot.roll.entries.select_related("roll__matter").filter(number=number).first()
    if entry is None:
        raise Http404("no such line")
    typed = _typed(request)
    try:
        if "strike" in request.POST:
            lead.strike(entry, here.found.person, here.found.at)
            return _back(pk, "struck")
        new, faults = typed_entry(typed, entry.kind, {})
        if new is None:
            return page(request, here, _errors(faults), status=422)
        kept = new if typed["contact"] else _with_contact(new, entry)
        lead.correct(entry, kept, here.found.person, here.found.at)
    except Refused as refused:
        return page(request, here, [{"text": refusal(here, refused), "href": ""}], status=409)
    return _back(pk, "corrected")


def _with_contact(new: NewEntry, entry: RollEntry) -> NewEntry:
    """A contact is stored only as its digest, so an empty field leaves it as it is."""
    return replace(new, contact_index=entry.contact_index)


@requires("staff")
@require_POST
def roll_show(request: HttpRequest, pk: int) -> HttpResponse:
    """People may look and object from now on."""
    here = polling_of(request, pk, leading=True)
    try:
        lead.show_roll(here.ballot.roll, here.found.person, here.found.at)
    except Refused as refused:
        return page(request, here, [{"text": refusal(here, refused), "href": ""}], status=409)
    return _back(pk, "shown")


@requires("staff")
@require_POST
def roll_answer(request: HttpRequest, pk: int, objection: int) -> HttpResponse:
    """An objection is upheld or not, with a reason."""
    here = polling_of(request, pk, leading=True)
    said = here.ballot.roll.objections.select_related("roll__matter").filter(pk=objection).first()
    if said is None:
        raise Http404("no such objection")
    state, words = request.POST.get("state", ""), texts.clean_text(request.POST.get("answer", ""))
    if state not in ("upheld", "rejected") or not words:
        wrong = {"text": _("请选成立或不成立，并写答复"), "href": f"#answer-{objection}"}
        return page(request, here, [wrong], status=422)
    try:
        lead.answer_objection(said, state, words, here.found.person, here.found.at)
    except Refused as refused:
        return page(request, here, [{"text": refusal(here, refused), "href": ""}], status=409)
    return _back(pk, "answered")


@requires("staff")
def roll_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what follows. POST: the roll is fixed."""
    here = polling_of(request, pk, leading=True)
    if request.method != "POST":
        return show(request, "ballot_freeze.html", here=here, ballot=here.ballot, key=new_key(), poll=here.shown,
                    size=here.ballot.roll.entries.count(),
                    waiting=here.ballot.roll.objections.filter(state="open").count())  # fmt: skip
    try:
        lead.freeze(here.ballot.roll, here.found.person, here.found.at, request.POST.get("idempotency_key") or None)
    except Refused as refused:
        return page(request, here, [{"text": refusal(here, refused), "href": ""}], status=409)
    return _back(pk, "frozen")


@requires("staff")
@require_GET
def roll_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The roll as a workbook, or an empty one to fill in. Contacts are not in it: only their digests are kept."""
    here = polling_of(request, pk, leading=True)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([_("名册号"), *HEADING] if "entries" in request.GET else list(HEADING))
    if "entries" in request.GET:
        note_reading(here.found.person, here.found.role, "roll_export", here.found.at, here.found.matter)
        for one in here.ballot.roll.entries.order_by("number"):
            sheet.append([one.number, _plain(one.name), _plain(one.unit), KINDS[one.kind],
                          (one.area or 0) / 100 or None, "", "是" if one.candidate else ""])  # fmt: skip
    out = BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="roll-{pk}.xlsx"'
    return response


def _plain(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


@requires("staff")
@require_GET
def roll_print(request: HttpRequest, pk: int) -> HttpResponse:
    """To post on the board or lie at the polling place: numbers, names and units, a line to sign. No contacts."""
    here = polling_of(request, pk, leading=True)
    note_reading(here.found.person, here.found.role, "roll_print", here.found.at, here.found.matter)
    return show(request, "ballot_roll_print.html", here=here, ballot=here.ballot, poll=here.shown,
                rows=here.ballot.roll.entries.order_by("number"))  # fmt: skip
