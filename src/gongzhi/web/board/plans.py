"""计划: every task of every plan on one page, with its units, deadline and progress; what is not done says why."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.plans import Target
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.plans import TEN_THOUSANDTHS, Card, board, organs_of, years
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.say import charter_here
from gongzhi.web.texts import clean_line
from gongzhi.words.terms import Terms

__all__ = ["plans", "plans_xlsx"]

CHIPS = {
    "locked": "paused", "waiting": "due_soon", "on_time": "on_time", "late": "overdue", "done": "done",
    "not_done": "overdue",
}  # fmt: skip
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILTERS = ("plan", "organ", "state", "month")


def state_names() -> dict[str, str]:
    return {
        "on_time": _("正在做"), "late": _("超时"), "done": _("合格"), "not_done": _("没有完成"),
        "waiting": _("还没有立项"), "locked": _("这里不做"),
    }  # fmt: skip


def _found(request: HttpRequest) -> tuple[Charter, dict[str, str], list[Card], list[Card]]:
    """The charter, the filters of the address, all cards, and those that fit. An unknown filter value finds nothing."""
    place, at = community_of(request), now()
    wanted = {name: clean_line(request.GET.get(name, "")) for name in FILTERS}
    rows = board(place, at, next(iter(years(place)), None))
    return charter_here(place), wanted, rows, [card for card in rows if _fits(card, wanted)]


def _fits(card: Card, wanted: dict[str, str]) -> bool:
    tests = {
        "plan": card.plan.name == wanted["plan"],
        "organ": wanted["organ"] in card.task.by,
        "state": card.state == wanted["state"],
        "month": card.task.until[:2] == wanted["month"],
    }
    return all(tests[name] for name, value in wanted.items() if value)


@requires("public")
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """All tasks by plan and section, the nearest deadlines first on a line of months; filters in the address."""
    charter, wanted, every, cards = _found(request)
    terms, names, at = Terms(charter), state_names(), now()
    counts = [
        {"number": sum(card.state == state for card in every), "text": text, "current": wanted["state"] == state,
         "href": "?" + urlencode({**{k: v for k, v in wanted.items() if v}, "state": state})}
        for state, text in names.items()
    ]  # fmt: skip
    return show(
        request, "board/plans.html", groups=_groups(cards, terms), counts=counts, total=len(every),
        shown=len(cards), fields=_fields(every, wanted, terms), narrowed=any(wanted.values()),
        months=_months(every, in_china(at).date()), query=urlencode({k: v for k, v in wanted.items() if v}),
    )  # fmt: skip


def _groups(cards: list[Card], terms: Terms) -> list[dict[str, Any]]:
    """Plans, and in each its sections, with the cards of each."""
    found: dict[str, dict[str, Any]] = {}
    for card in cards:
        plan = found.setdefault(card.plan.name, {
            "title": terms.text(card.plan.title), "source": card.plan.source, "id": card.plan.name,
            "phases": [terms.text(one) for one in card.plan.phases], "sections": {},
        })  # fmt: skip
        title = terms.text(card.plan.sections.get(card.task.section, ""))
        plan["sections"].setdefault(title, []).append(card_view(card, terms))
    return list(found.values())


def card_view(card: Card, terms: Terms) -> dict[str, Any]:
    """One task in the reader's language."""
    task = card.task
    until = card.until.isoformat() if card.until else ""
    return {
        "title": terms.text(task.title), "goal": terms.text(task.goal), "by": [terms.organ(one) for one in task.by],
        "until": card.until, "day": until or _("%(month)s月%(day)s日") % _month_day(task.until),
        "state": card.state, "chip": CHIPS[card.state], "state_text": state_names()[card.state],
        "locked": terms.text(task.locked), "instead": terms.text(task.instead), "matter": card.matter,
        "step": _step(card, terms), "target": target_text(task.target, terms), "share": share_text(card, terms),
        "bar": _bar(card), "met": card.met,
    }  # fmt: skip


def _month_day(text: str) -> dict[str, int]:
    month, day = text.split("-")
    return {"month": int(month), "day": int(day)}


def _step(card: Card, terms: Terms) -> str:
    if card.matter is None:
        return ""
    procedure = terms.charter.procedures[card.plan.procedure]
    return terms.step(procedure, card.step) if card.step else terms.end(procedure, card.matter.end)


def per_cent(value: int) -> str:
    """10,000ths as per cent with two digits at most: 9500 -> 95%, 6 -> 0.06%."""
    return f"{value // 100}.{value % 100:02}".rstrip("0").rstrip(".") + "%"


def target_text(target: Target | None, terms: Terms) -> str:
    if target is None:
        return ""
    sign = _("不低于") if target.sign == "at_least" else _("不高于")
    part, whole = terms.text(target.part), terms.text(target.whole)
    if not target.whole:
        return f"{part} {sign} {target.value}"
    return f"{part} ÷ {whole} {sign} {per_cent(target.value)}"


def share_text(card: Card, terms: Terms) -> str:
    """What was reported last; a whole of nothing is said so and has no share."""
    target = card.task.target
    if target is None or card.part is None:
        return ""
    if not target.whole:
        return str(card.part)
    if not card.whole:
        return _("总数是0，没有比率")
    return f"{card.part} ÷ {card.whole} = {per_cent(card.share or 0)}"


def _bar(card: Card) -> int | None:
    """The bar's length of 1000, where there is something to show."""
    target = card.task.target
    if card.share is None or target is None:
        return None
    most = TEN_THOUSANDTHS if target.whole else max(target.value, 1)
    return min(1000, card.share * 1000 // most)


def _fields(cards: list[Card], wanted: dict[str, str], terms: Terms) -> list[dict[str, Any]]:
    plans_ = dict.fromkeys((card.plan.name, terms.text(card.plan.title)) for card in cards)
    organs = [(key, terms.organ(key)) for key in organs_of(cards)]
    months = sorted({card.task.until[:2] for card in cards})
    return [
        {"name": "plan", "label": _("哪个计划"), "value": wanted["plan"], "options": _options(plans_)},
        {"name": "organ", "label": _("哪个单位"), "value": wanted["organ"], "options": _options(organs)},
        {"name": "state", "label": _("做到哪里"), "value": wanted["state"], "options": _options(state_names().items())},
        {"name": "month", "label": _("几月到期"), "value": wanted["month"],
         "options": _options((one, _("%(month)d月") % {"month": int(one)}) for one in months)},
    ]  # fmt: skip


def _options(pairs: Any) -> list[dict[str, str]]:
    return [{"value": "", "text": _("全部")}, *({"value": value, "text": text} for value, text in pairs)]


def _months(cards: list[Card], today: date) -> list[dict[str, Any]]:
    """How many tasks are due in each month, for the line of months."""
    open_ones = [card for card in cards if card.state not in ("locked",)]
    found = []
    for month in sorted({card.task.until[:2] for card in open_ones}):
        here = [card for card in open_ones if card.task.until[:2] == month]
        found.append({
            "text": _("%(month)d月") % {"month": int(month)}, "all": len(here), "value": month,
            "done": sum(card.state == "done" for card in here), "now": int(month) == today.month,
        })  # fmt: skip
    return found


@requires("public")
@require_GET
def plans_xlsx(request: HttpRequest) -> HttpResponse:
    """The tasks as filtered, as a workbook."""
    charter, _wanted, _every, cards = _found(request)
    terms, book = Terms(charter), Workbook(write_only=True)
    sheet = book.create_sheet(_("计划"))
    sheet.append([_("计划"), _("任务"), _("目标"), _("责任单位"), _("时限"), _("做到哪里"), _("环节"), _("要达到"),
                  _("最近报的"), _("说明"), _("编号")])  # fmt: skip
    for card in cards:
        view = card_view(card, terms)
        note = " ".join(one for one in (view["locked"], view["instead"]) if one)
        sheet.append([
            terms.text(card.plan.title), view["title"], view["goal"], "、".join(view["by"]), view["day"],
            view["state_text"], view["step"], view["target"], view["share"], note,
            card.matter.number if card.matter else "",
        ])  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = 'attachment; filename="plans.xlsx"'
    return response
