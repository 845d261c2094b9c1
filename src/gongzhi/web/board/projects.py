"""公开栏上的评审日和项目: the ranking with its weights, projects with stage, money and milestones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Charter
from gongzhi.core.decision import scoring_papers as scoring
from gongzhi.core.decision.scoring import Criterion, Scoring
from gongzhi.core.recount import rule_of
from gongzhi.desk.calendars import current
from gongzhi.desk.review_ready import Ranked, ranking
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.queries import by_number
from gongzhi.records.projects.models import ReviewDay, ReviewEntry
from gongzhi.records.projects.queries import day_of, entries_of, granted_to, members_of, milestones_of
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.looking import look, row_of, rows_of
from gongzhi.web.matter_money import payments_of
from gongzhi.web.page import community_of, show
from gongzhi.web.projects import bars_of, cards_of, in_numbers
from gongzhi.web.tenders import has_tender
from gongzhi.words.terms import Terms

__all__ = ["Result", "project", "projects", "result_of", "review_day"]

PAGE = 20


@dataclass(frozen=True)
class Result:
    """A counted review day: what was weighed, and the projects from first to last."""

    ballot: Ballot
    criteria: tuple[Criterion, ...]
    rows: list[Ranked]

    @staticmethod
    def decided(entry: ReviewEntry) -> str:
        return {"funded": _("资助"), "not_funded": _("不资助")}.get(entry.outcome, _("还没有定"))

    @property
    def share_for_vulnerable(self) -> tuple[int, int]:
        """Yuan granted to projects for people in difficulty, of all yuan granted (QY-34)."""
        granted = [row.entry for row in self.rows if row.entry.outcome == "funded"]
        return sum(one.granted for one in granted if one.vulnerable), sum(one.granted for one in granted)


def result_of(day: ReviewDay) -> Result | None:
    """None before the count."""
    rows = ranking(day)
    ballot = day.matter.ballots.filter(status="counted", form=scoring.FORM).order_by("-pk").first()
    if not rows or ballot is None:
        return None
    terms: Scoring = rule_of(ballot.file["rule"]).terms
    return Result(ballot, terms.criteria, rows)


@requires("public")
@require_GET
def review_day(request: HttpRequest, number: str) -> HttpResponse:
    """One review day: sealed weights, projects in turn, and after the count the ranking with every reason."""
    matter = by_number(number)
    day = day_of(matter) if matter and matter.public else None
    if day is None:
        raise Http404("no such review day")
    return show(request, "board/review_day.html", day=day, entries=entries_of(day), result=result_of(day))


@requires("public")
@require_GET
def projects(request: HttpRequest) -> HttpResponse:
    """Projects of the community: stage, money, milestones; `?state=open` or `done`."""
    path = community_of(request).path
    rows = Matter.objects.filter(kind="project", public=True, place__path__startswith=path).order_by("-pk")
    state = request.GET.get("state", "")
    if state in ("open", "done"):
        rows = rows.filter(closed_at__isnull=state == "open")
    page, total = page_of(request), rows.count()
    shown = list(rows.select_related("place", "answers")[(page - 1) * PAGE : page * PAGE])
    stones, money = milestones_of(shown), granted_to(shown)
    told = [{"row": row, "stones": stones[row.matter.pk], "granted": money.get(row.matter.pk)}
            for row in rows_of(shown, now())]  # fmt: skip
    return show(request, "board/projects.html", rows=told, page=page, pages=pages_of(total, PAGE), state=state)


@requires("public")
@require_GET
def project(request: HttpRequest, number: str) -> HttpResponse:
    """One project: where it stands, its money, its plan as bars, its record cards; the group as numbers only."""
    matter = by_number(number)
    if matter is None or not matter.public or matter.kind != "project":
        raise Http404("no such project")
    looked = look(matter, now())
    return show(
        request, "board/project.html", matter=matter, row=row_of(matter, now(), current()[0]),
        granted=granted_to([matter]).get(matter.pk), group=in_numbers(members_of(matter)),
        bars=bars_of(milestones_of([matter])[matter.pk], in_china(now()).date()), cards=cards_of(matter),
        entry=matter.review_entries.select_related("day__matter").order_by("-pk").first(),
        payments=payments_of(matter, Terms(looked.charter), now()), papers=_papers(matter, looked.charter),
        tender=has_tender(matter),
    )  # fmt: skip


def _papers(matter: Matter, charter: Charter) -> list[dict[str, Any]]:
    """Public papers that the charter names, the newest of each, in the order in which they came."""
    terms = Terms(charter)
    rows = {row.name: row for row in matter.words.filter(public=True, erased_at=None).order_by("pk")}
    return [{"title": terms.document(name), "row": row} for name, row in rows.items() if name in charter.documents]
