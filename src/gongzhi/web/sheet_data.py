"""What the records keep beside a matter, as lines of its papers: the ranking, milestones, record cards, money.

Papers of a community are in Chinese. Nobody is named: of a person who was paid only the use of the budget is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongzhi.core.money import yuan_text
from gongzhi.desk.review_ready import Ranked, ranking
from gongzhi.records.funds.models import FundEntry
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects.queries import day_of, granted_to, milestones_of
from gongzhi.web.texts import hide_numbers

__all__ = ["kept_of"]

Lines = Iterator[str]
MOST = 60  # lines of one kind


def kept_of(matter: Matter) -> Callable[[str], str]:
    """Gives the lines of a name (see `core.charter.templates.KEPT`), "" where nothing is kept."""
    return lambda name: "\n".join(_KEPT[name](matter)) if name in _KEPT else ""


def _rows(matter: Matter) -> list[Ranked]:
    day = day_of(matter)
    return ranking(day) if day else []


def _named(row: Ranked) -> str:
    return f"{row.entry.place.name}：{row.entry.title}"


def _ranking(matter: Matter) -> Lines:
    for row in _rows(matter):
        points = "、".join(str(number) for number in row.points.values())
        yield f"第{row.place}名　{_named(row)}　三项得分{points}，总分{row.sum / 100:.2f}"


def _funded(matter: Matter) -> Lines:
    for row in _rows(matter):
        if row.entry.outcome == "funded":
            yield f"{_named(row)}　{row.entry.granted:,}元"


def _deviations(matter: Matter) -> Lines:
    rows = _rows(matter)
    reasons = [f"{_named(row)}：{row.entry.reason}" for row in rows if row.entry.reason]
    if rows and all(row.entry.outcome for row in rows):
        yield from reasons or ["没有"]


def _milestones(matter: Matter) -> Lines:
    for one in milestones_of([matter])[matter.pk]:
        done = f"{one.done_on.isoformat()}做完" if one.done_on else "还没有做完"
        yield f"{one.number}. {one.title}　计划{one.due.isoformat()}，{done}"


def _cards(matter: Matter) -> Lines:
    people = list(matter.work_cards.values_list("people", flat=True))
    if people:
        yield f"标准工作记录卡{len(people)}张，参加{sum(people)}人次"


def _money(matter: Matter) -> Lines:
    granted = 100 * granted_to([matter]).get(matter.pk, 0)
    used = sum(_way(one) * one.amount for one in _entries(matter))
    if granted:
        yield f"资助{yuan_text(granted)}元，用了{yuan_text(used)}元，剩{yuan_text(granted - used)}元"
    elif used:
        yield f"用了{yuan_text(used)}元"


def _payments(matter: Matter) -> Lines:
    for one in _entries(matter)[:MOST]:
        use = one.budget_line.title if one.budget_line else "付款"
        said = use if one.party_kind == "person" else hide_numbers(one.text)
        yield f"{one.year}年第{one.number}号　{one.day.isoformat()}　{said}　{yuan_text(_way(one) * one.amount)}元"


def _entries(matter: Matter) -> list[FundEntry]:
    rows = FundEntry.objects.filter(matter=matter, state="posted", kind__in=("payment", "reversal"))
    return list(rows.select_related("budget_line").order_by("year", "number"))


def _way(one: FundEntry) -> int:
    return -1 if one.kind == "reversal" else 1


_KEPT: dict[str, Callable[[Matter], Lines]] = {
    "ranking": _ranking,
    "funded": _funded,
    "deviations": _deviations,
    "milestones": _milestones,
    "cards": _cards,
    "money": _money,
    "payments": _payments,
}
