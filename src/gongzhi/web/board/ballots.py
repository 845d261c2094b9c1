"""表决和结果: what is voted on, how many have voted, what came out, and the ballots without names for a recount."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.core.decision import BadCount
from gongzhi.core.recount import recount
from gongzhi.desk.ballots_cast import check_receipt
from gongzhi.desk.projects_vote import election_in, is_sharing, outcome_in, write_pabulib
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.ballots.queries import by_id
from gongzhi.web.access import requires
from gongzhi.web.ballots import Shown
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.words.ballots import answer_text

__all__ = ["board_ballot", "board_ballots", "count_csv", "count_json", "count_pb", "csv_of"]

PAGE = 30


def public(request: HttpRequest) -> QuerySet[Ballot]:
    """Ballots of public matters of the community, the latest first; those being prepared are not shown."""
    path = community_of(request).path
    rows = Ballot.objects.filter(matter__public=True, matter__place__path__startswith=path)
    return rows.exclude(status__in=("planned", "dropped")).select_related("matter", "organ", "roll").order_by("-pk")


@requires("public")
@require_GET
def board_ballots(request: HttpRequest) -> HttpResponse:
    """All of them."""
    rows, at = public(request), now()
    page, pages = page_of(request), pages_of(rows.count(), PAGE)
    shown = [Shown(one, at) for one in rows[(page - 1) * PAGE : page * PAGE]]
    return show(request, "board/ballots.html", rows=shown, page=page, pages=pages)


def _public_ballot(pk: int, counted: bool = False) -> Ballot:
    ballot = by_id(pk)
    if ballot is None or not ballot.matter.public or ballot.status in ("planned", "dropped"):
        raise Http404("no such ballot")
    if counted and ballot.status != "counted":
        raise Http404("not counted yet")
    return ballot


@requires("public")
@require_GET
def board_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """One: turnout while it is open, the result after the count, and a check of one's receipt."""
    ballot = _public_ballot(pk)
    code = request.GET.get("receipt", "").strip()[:40]
    found = check_receipt(ballot, code) if code else None
    return show(request, "board/ballot.html", poll=Shown(ballot, now()), ballot=ballot, code=code, receipt=found,
                again=_again(ballot) if "recount" in request.GET else None)  # fmt: skip


def _again(ballot: Ballot) -> list[tuple[str, bool]]:
    """自己算一遍: the published file through the rule once more, item by item; does it give the same?"""
    try:
        found = recount(ballot.file)
    except (ValueError, BadCount):
        return []
    said = {one["key"]: one.get("outcome") for one in ballot.file["verdict"]}
    titles = {item["key"]: item["title"] for item in ballot.items}
    return [(titles.get(key, ballot.title), verdict.outcome == said.get(key)) for key, _counts, verdict in found]


@requires("public")
@require_GET
def count_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything one needs to count again: `gongzhi recount FILE`, or the script in docs/recount.md."""
    text = json.dumps(_public_ballot(pk, counted=True).file, ensure_ascii=False, indent=1)
    return _download(text + "\n", "application/json", f"count-{pk}.json")


@requires("public")
@require_GET
def count_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The ballots as a table for spreadsheets; UTF-8 with a mark."""
    return _download("\ufeff" + csv_of(_public_ballot(pk, counted=True)), "text/csv; charset=utf-8", f"count-{pk}.csv")


@requires("public")
@require_GET
def count_pb(request: HttpRequest, pk: int) -> HttpResponse:
    """A vote over projects and money in the form of pabulib.org: `gongzhi budget FILE` counts it again."""
    ballot = _public_ballot(pk, counted=True)
    if not is_sharing(ballot.file):
        raise Http404("not about projects and money")
    text = write_pabulib(election_in(ballot.file), outcome_in(ballot.file).selected)
    return _download(text, "text/plain; charset=utf-8", f"count-{pk}.pb")


def csv_of(ballot: Ballot) -> str:
    """One line for each way of marking: how many such ballots, their area, and the answer to each item."""
    out = io.StringIO()
    writer = csv.writer(out)
    weighed = bool(ballot.file["roll"]["area"])
    writer.writerow(["n", *(["area"] if weighed else []), *(item["title"] for item in ballot.items)])
    for row in ballot.file["ballots"]:
        marks = [_cell(item, row["marks"].get(item["key"])) for item in ballot.items]
        writer.writerow([row["n"], *([f"{row['area'] // 100}.{row['area'] % 100:02}"] if weighed else []), *marks])
    return out.getvalue()


def _cell(item: dict[str, Any], mark: str | None) -> str:
    return "" if mark is None else answer_text(item, mark)


def _download(content: str, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
