"""评审日: seal the weights, list projects, run presentations, make the paper, decide; and the screen in the hall."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk import reviewing as review
from gongzhi.desk.review_ready import ranking, unexplained
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.ballots.queries import ballot_of
from gongzhi.records.institutions.queries import find_place, lies_in
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.queries import by_number
from gongzhi.records.projects.models import ReviewDay, ReviewEntry
from gongzhi.records.projects.queries import day_of, entries_of
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.ballots import Shown
from gongzhi.web.board.projects import Result, result_of
from gongzhi.web.workbench.found import Found, find
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.ballots import ballot_refusal
from gongzhi.words.refusals_projects import project_refusal

__all__ = ["ranking_file", "review_day", "review_days", "review_hall"]

TITLE, TEXT = 120, 500
Typed = dict[str, str]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("staff")
@never_cache
@require_GET
def review_days(request: HttpRequest) -> HttpResponse:
    """Review matters of the reader's place, the latest first."""
    desk = desk_of(request)
    rows = Matter.objects.filter(kind="review", place__path__startswith=desk.place.path).order_by("-pk")
    shown = [matter for matter in rows.select_related("place")[:100] if review.rule_at(matter, desk.at)]
    return show(request, "review_days.html", rows=shown)


@dataclass(frozen=True)
class Here:
    """A review matter on somebody's desk. `leads`: the reader holds its step."""

    found: Found
    day: ReviewDay | None
    leads: bool

    @property
    def matter(self) -> Matter:
        return self.found.matter

    @property
    def ballot(self) -> Ballot | None:
        return ballot_of(self.matter, self.found.case.visit)

    def entry(self, typed: Typed) -> ReviewEntry:
        number = typed.get("number", "")
        rows = ReviewEntry.objects.select_related("day__matter").filter(day=self.day)
        good = number.isascii() and number.isdecimal() and len(number) < 4
        found = rows.filter(number=int(number)).first() if good else None
        if found is None:
            raise Http404("no such project on this day")
        return found


def _here(request: HttpRequest, number: str) -> Here:
    found = find(request, number)
    if review.rule_at(found.matter, found.at) is None:
        raise Http404("no review day")
    return Here(found, day_of(found.matter), lead.leads(found.matter, found.person, found.at) is not None)


@requires("staff")
@never_cache
def review_day(request: HttpRequest, number: str) -> HttpResponse:
    """One day: everything on it, and what its holder may do now."""
    here = _here(request, number)
    typed = {name: texts.clean_line(str(value))[:TEXT] for name, value in request.POST.items()}
    error = ""
    if request.method == "POST":
        try:
            _DO.get(typed.get("do", ""), _unknown)(here, typed)
            return redirect("work_review_day", number=number)
        except Refused as refused:
            error = _told(here, refused)
    day, ballot = here.day, here.ballot
    rows = ranking(day) if day else []
    return show(
        request, "review_day.html", 422 if error else 200, here=here, day=day, ballot=ballot,
        poll=Shown(ballot, here.found.at) if ballot else None, entries=entries_of(day) if day else [], ranked=rows,
        open_reasons={one.pk for one in unexplained(rows)}, error=error, typed=typed if error else {}, key=new_key(),
        rule=review.rule_at(here.matter, here.found.at), result=result_of(day) if day else None,
    )  # fmt: skip


def _told(here: Here, refused: Refused) -> str:
    args = refused.args_map
    own = project_refusal(refused.code, args) or ballot_refusal(refused.code, args)
    if own and args.get("of"):
        return _("“{title}”：{said}").format(title=args["of"], said=own)
    return own or here.found.speaker.refusal(refused.code, args, here.found.case.control.step)


def _add(here: Here, typed: Typed) -> None:
    """A project by the number of its matter, or by place and title."""
    if here.day is None:
        raise Refused("no_review_day")
    project = by_number(typed["project"]) if typed.get("project") else None
    if project is not None and not lies_in(project.place, here.matter.place):
        raise Http404("not a project of this place")
    place = project.place if project else find_place(typed.get("place", "")) or here.matter.place
    title = typed.get("title", "")[:TITLE] or (project.subject[:TITLE] if project else "")
    if not title or not lies_in(place, here.matter.place):
        raise Refused("entry_wrong")
    new = review.NewEntry(place, title, _yuan(typed.get("asked", "")), bool(typed.get("vulnerable")), project)
    review.add(here.day, new, here.found.person, here.found.at)


def _yuan(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _ask(here: Here, typed: Typed) -> None:
    by, text, answer = (typed.get(name, "") for name in ("by", "text", "answer"))
    review.ask(here.entry(typed), by, text, answer, here.found.person, here.found.at)


def _paper(here: Here, typed: Typed) -> None:
    ballot = here.ballot
    if ballot is None:
        raise Refused("no_review_day")
    try:
        closes = datetime.fromisoformat(f"{typed['day']}T{typed['time']}").replace(tzinfo=CHINA)
    except (KeyError, ValueError):
        raise Refused("closes_wrong") from None
    review.set_paper(ballot, closes, here.found.person, here.found.at)


def _decide(here: Here, typed: Typed) -> None:
    outcome = typed.get("outcome", "")
    granted = _yuan(typed.get("granted", "")) if outcome == "funded" else 0
    reason = typed.get("reason", "")
    review.decide(here.entry(typed), outcome, granted, reason, here.found.person, here.found.at)


def _decide_all(here: Here, typed: Typed) -> None:
    """What the table says of every project; those left open stay open. Stops at the first that is refused."""
    for entry in ReviewEntry.objects.select_related("day__matter").filter(day=here.day).order_by("number"):
        own = {name: typed.get(f"{name}-{entry.number}", "") for name in ("outcome", "granted", "reason")}
        if not own["outcome"]:
            continue
        try:
            _decide(here, {**own, "number": str(entry.number)})
        except Refused as refused:
            raise Refused(refused.code, **refused.args_map, of=entry.title) from refused


def _unknown(here: Here, typed: Typed) -> None:
    raise Http404("no such thing to do")


_DO: dict[str, Callable[[Here, Typed], object]] = {
    "begin": lambda here, typed: review.begin(here.matter, here.found.person, here.found.at),
    "add": _add,
    "start": lambda here, typed: review.start(here.entry(typed), here.found.person, here.found.at),
    "presented": lambda here, typed: review.presented(here.entry(typed), here.found.person, here.found.at),
    "ask": _ask,
    "answered": lambda here, typed: review.answered(here.entry(typed), here.found.person, here.found.at),
    "paper": _paper,
    "decide": _decide,
    "decide_all": _decide_all,
}


@requires("staff")
@never_cache
@require_GET
def review_hall(request: HttpRequest, number: str) -> HttpResponse:
    """The screen in the hall: who presents and how long still, how many have scored, the ranking only after closing."""
    here = _here(request, number)
    if here.day is None:
        raise Http404("not begun")
    entries, ballot = entries_of(here.day), here.ballot
    now_on = next((one for one in entries if one.answered_at is None), None)
    return show(
        request, "review_day_hall.html", section_nav=None, here=here, day=here.day, entries=entries, on=now_on,
        left=_left(here.day, now_on, here.found.at), result=result_of(here.day), ballot=ballot,
        poll=Shown(ballot, here.found.at) if ballot else None,
    )  # fmt: skip


def _left(day: ReviewDay, entry: ReviewEntry | None, at: datetime) -> int:
    """Whole seconds left of the presentation that is on; 0: over, or none."""
    if entry is None or entry.started_at is None or entry.presented_at is not None:
        return 0
    return max(0, int(day.minutes * 60 - (at - entry.started_at).total_seconds()))


@requires("staff")
@require_GET
def ranking_file(request: HttpRequest, number: str) -> HttpResponse:
    """评选结果汇总表 as a workbook."""
    here = _here(request, number)
    result = result_of(here.day) if here.day else None
    if result is None:
        raise Http404("not ranked yet")
    out = io.BytesIO()
    _workbook(result).save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="ranking-{here.matter.number}.xlsx"'
    return response


def _workbook(result: Result) -> Workbook:
    book = Workbook()
    sheet: Any = book.active
    criteria = [one.title for one in result.criteria]
    sheet.append([_("名次"), _("社区"), _("项目"), *criteria, _("总分"), _("决定"), _("资助（元）"), _("理由")])
    for row in result.rows:
        entry, points = row.entry, [row.points[one.name] for one in result.criteria]
        cells = [entry.place.name, entry.title, *points, row.sum / 100, result.decided(entry)]
        sheet.append([row.place, *cells, entry.granted, entry.reason])
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":  # a title that begins with "=" is a title, not a formula
                cell.data_type = "s"
    return book
