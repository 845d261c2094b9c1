"""平安任务: every row of two safety plans as a card that works, with its figure, or a locked one that says why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.spec import Charter
from gongzhi.core.indicator.house import HOUSE
from gongzhi.desk import figures as desk
from gongzhi.desk import plans
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.web.access import requires
from gongzhi.web.board.plans import card_view
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.words.cards import Card, cards_of
from gongzhi.words.figures import figure_text, formula_words, target_text, title_of
from gongzhi.words.terms import Terms, english

__all__ = ["Card", "cards", "safety_cards"]

# Where a card is done: address and what its link says. The first address that exists is taken.
DONE_AT = {
    "plan": (("plans", "board_plans", "studio"), gettext_noop("看任务、单位和期限")),
    "matters": (("public_matters",), gettext_noop("看公开的事项")),
    "studio": (("studio",), gettext_noop("看程序")),
    "notices": (("notices",), gettext_noop("看公示")),
    "who": (("who",), gettext_noop("看谁管什么")),
}


def cards() -> tuple[Card, ...]:
    """All cards, in the order of their file. Raises TypeError for a key that no card has."""
    return cards_of(Path(settings.GONGZHI_CHARTERS))


@lru_cache(maxsize=16)
def _shipped(name: str) -> Charter | None:
    root = Path(settings.GONGZHI_CHARTERS)
    return load_charter(root / name, root / "_law").charter


@requires("public")
@require_GET
def safety_cards(request: HttpRequest) -> HttpResponse:
    """The board of both plans; `show=locked` or `show=working` narrows it."""
    place, at = community_of(request), now()
    here = {one.key.removeprefix("-"): one for one in desk.board(place, at).shown}
    tasks = _tasks_of(place, at)
    wanted = request.GET.get("show", "")
    told = [
        card for card in cards() if wanted not in ("locked", "working") or (wanted == "locked") == bool(card.locked)
    ]
    groups = [
        {"title": title, "cards": [_view(card, here, tasks) for card in told if card.item.startswith(group)]}
        for group, title in (("PA", _("区平安建设二十项任务")), ("ZH", _("镇平安建设工作要点")))
    ]
    counts = {"working": sum(not card.locked for card in cards()), "locked": sum(bool(card.locked) for card in cards())}
    return show(request, "board/safety.html", groups=groups, counts=counts, wanted=wanted)


def _tasks_of(place: Place, at: datetime) -> dict[str, plans.Card]:
    """The tasks of the charter in force here, by the name a card gives them."""
    version = charter_for(place, at)
    name = charter_of(version).name if version else ""
    year = next(iter(plans.years(place)), None)
    return {f"{name}.{one.plan.name}.{one.task.name}": one for one in plans.board(place, at, year)}


def _view(card: Card, here: dict[str, desk.Shown], tasks: dict[str, plans.Card]) -> dict[str, Any]:
    return {
        "item": card.item, "title": card.en if english() else card.title, "locked": card.locked,
        "note": card.told("note"), "why": card.told("why"), "instead": card.told("instead"),
        "link": _link(card), "task": _task(card.task, tasks),
        "figures": [view for name in card.shows if (view := _figure(name, here))],
    }  # fmt: skip


def _task(name: str, tasks: dict[str, plans.Card]) -> dict[str, Any] | None:
    """Goal, units, deadline and target; how far it is only where the charter is in force."""
    folder, _dot, rest = name.partition(".")
    charter = _shipped(folder) if folder else None
    plan = charter.plans.get(rest.partition(".")[0]) if charter else None
    task = plan.tasks.get(rest.partition(".")[2]) if plan else None
    if charter is None or plan is None or task is None:
        return None
    found = tasks.get(name)
    view = card_view(found or plans.Card(plan, task, None, "waiting"), Terms(charter))
    return view if found else view | {"state_text": ""}


def _link(card: Card) -> dict[str, str] | None:
    names, text = DONE_AT.get(card.does, ((), ""))
    href = _first(names)
    return {"href": href, "text": _(text)} if href else None


def _first(names: Iterable[str]) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def _figure(name: str, here: dict[str, desk.Shown]) -> dict[str, Any] | None:
    """The figure of this community, or of a formula not in force here what it would say."""
    one = here.get(name)
    if one is not None:
        indicator, charter, text = one.indicator, one.title_of, figure_text(one.indicator, one.now.figure)
    else:
        folder, _dot, key = name.partition(".")
        charter = _shipped(folder) if folder else None
        found = charter.indicators.get(key) if charter else HOUSE.get(key)
        if found is None:
            return None
        indicator, text = found, _("这里没有采用写着它的章程")
    return {
        "title": title_of(indicator, charter), "text": text, "formula": formula_words(indicator, charter),
        "target": target_text(indicator), "key": one.key if one else "",
    }  # fmt: skip
