"""评议结果: grades and sums of each side, never below five raters; advice of years in a row beside the law's grades."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Field
from gongzhi.desk import reviews as desk
from gongzhi.records.matters.models import Act
from gongzhi.records.reviews import queries
from gongzhi.records.reviews.models import ReviewRound
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import community_of, show
from gongzhi.words.reviews import advice_text, appeal_text
from gongzhi.words.terms import Terms

__all__ = ["board_reviews", "result_view", "views_of"]

PAGE = 10
USE = "how_used"  # the document that tells what a result was used for


@requires("public")
@require_GET
def board_reviews(request: HttpRequest) -> HttpResponse:
    """Rounds that have ended, the latest first."""
    rows, page = queries.closed_in(community_of(request)), page_of(request)
    shown = views_of(list(rows[(page - 1) * PAGE : page * PAGE]))
    return show(request, "board/reviews.html", rows=shown, page=page, pages=pages_of(rows.count(), PAGE))


def views_of(rounds: Sequence[ReviewRound]) -> list[dict[str, Any]]:
    """Rounds in the reader's language, each with what its result was used for and who said so."""
    acts = queries.decided(rounds)
    return [result_view(one, [act for act in acts if act.matter_id == one.matter_id]) for one in rounds]


def _use(on: desk.Setting, terms: Terms, acts: Sequence[Act]) -> dict[str, Any]:
    """What the last step that tells the use said: its answers, the organ that signed, the day. Empty before."""
    procedure = on.charter.procedures[on.case.procedure]
    steps = {name: step for name, step in procedure.steps.items() if USE in step.makes}
    last = next((act for act in reversed(acts) if act.visit.partition("#")[0] in steps), None)
    if last is None:
        return {}
    given = dict(on.case.control.given)
    asked = [procedure.fields[name] for name in steps[last.visit.partition("#")[0]].asks if name in given]
    return {
        "by": last.organ_instance.title if last.organ_instance else "", "on": last.at,
        "said": [(terms.field(procedure, one.name), _said(terms, one, given[one.name])) for one in asked],
    }  # fmt: skip


def _said(terms: Terms, field: Field, value: Any) -> str:
    if field.type == "yesno":
        return _("是") if value else _("否")
    return terms.text(field.choices.get(str(value), str(value)))


def result_view(found: ReviewRound, acts: Sequence[Act] = ()) -> dict[str, Any]:
    """One round in the reader's language."""
    on, counts = desk.setting_of(found), found.grade and found.appeal != "set_aside"
    terms, rule = Terms(on.charter), on.rule.terms
    titles = {one.name: terms.text(one.title) for one in rule.grades}
    weights = {one.name: (terms.text(one.title), one.weight) for one in rule.groups}
    return {
        "round": found, "about": terms.holder(found.about) if found.about else "", "grade": titles.get(found.grade, ""),
        "mean": found.mean, "advice": advice_text(desk.advice_for(found)) if counts and found.about else "",
        "appeal": appeal_text(found.appeal), "use": _use(on, terms, acts),
        "sides": [
            {"title": weights[side.group][0], "weight": weights[side.group][1], "raters": side.raters,
             "needed": side.needed,
             "table": [(titles[name], side.table.get(name, 0)) for name in titles] if side.table else []}
            for side in desk.sides(on)
        ],
    }  # fmt: skip
