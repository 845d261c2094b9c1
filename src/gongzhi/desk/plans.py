"""计划: the tasks of a plan as matters, and where each stands. What may not be done is a card with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import IntegrityError

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.plans import Plan, PlanTask, Target
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import NewMatter, Taken
from gongzhi.desk.filing import file_matter
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.records.plans import actions, queries

__all__ = ["Card", "State", "board", "organs_of", "start", "years"]

State = Literal["locked", "waiting", "on_time", "late", "done", "not_done"]
TEN_THOUSANDTHS = 10_000


@dataclass(frozen=True, slots=True)
class Card:
    """One task on the board. `share` in 10,000ths, or a plain number without a whole; None: nothing reported yet."""

    plan: Plan
    task: PlanTask
    until: date | None
    state: State
    matter: Matter | None = None
    step: str = ""
    part: int | None = None
    whole: int | None = None
    share: int | None = None
    met: bool | None = None


def years(place: Place) -> list[int]:
    return queries.years_of(place)


def start(place: Place, plan_name: str, year: int, organ: str, person: Person, at: datetime, key: str) -> list[Taken]:
    """Open a matter for every task of a plan that may be done and is not under way this year.

    Each is filed by the person for `organ`, as the procedure allows. Raises Refused: `plan_unknown`, and what a
    filing is refused with. Doing it again opens only what is missing.
    """
    charter = _charter(place, at)
    plan = charter.plans.get(plan_name) if charter else None
    if charter is None or plan is None:
        raise Refused("plan_unknown", plan=plan_name)
    known = set(queries.lines_of(place, year).filter(plan=plan_name).values_list("task", flat=True))
    wanted = [task for task in plan.tasks.values() if not task.locked and task.name not in known]
    return [_open(place, charter, plan, task, year, organ, person, at, key) for task in wanted]


def _open(
    place: Place, charter: Charter, plan: Plan, task: PlanTask, year: int, organ: str, person: Person, at: datetime,
    key: str,
) -> Taken:  # fmt: skip
    until = _day(year, task.until)
    category = next((one.name for one in charter.categories.values() if one.procedure == plan.procedure), "")
    new = NewMatter(
        place, category, {"what": f"{task.title}：{task.goal}"}, {"lead": task.by[0], "until": until.isoformat()},
        procedure=plan.procedure, subject=f"{plan.title}：{task.title}", public=True, channel="web", organ=organ,
    )  # fmt: skip
    try:
        with writing():
            taken = file_matter(new, person, at, f"{key}-{task.name}"[:64])
            if not taken.repeated:
                actions.tie(place, plan.name, task.name, until, taken.matter)
    except IntegrityError as fault:
        raise Refused("plan_started", plan=plan.name) from fault
    return taken


def _day(year: int, text: str) -> date:
    month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)


def _charter(place: Place, at: datetime) -> Charter | None:
    version = charter_for(place, at)
    return charter_of(version) if version else None


def board(place: Place, at: datetime, year: int | None = None) -> list[Card]:
    """Every task of every plan of the charter in force, in its order. Two queries, however many tasks there are."""
    charter = _charter(place, at)
    if charter is None:
        return []
    lines = {(line.plan, line.task): line for line in queries.lines_of(place, year)}
    return [
        _card(plan, task, lines.get((plan.name, task.name)), at)
        for plan in charter.plans.values()
        for task in plan.tasks.values()
    ]


def _card(plan: Plan, task: PlanTask, line: Any, at: datetime) -> Card:
    if task.locked:
        return Card(plan, task, None, "locked")
    if line is None:
        return Card(plan, task, None, "waiting")
    case = read_state(line.matter.state)
    part, whole = _numbers(dict(case.control.given))
    share = _share(task.target, part, whole)
    met = None if share is None or task.target is None else _met(task.target, share)
    return Card(
        plan, task, line.until, _state(line.matter, line.until, at), line.matter, case.control.step, part, whole,
        share, met,
    )  # fmt: skip


def _state(matter: Matter, until: date, at: datetime) -> State:
    if matter.status in queries.ENDED:
        return "done" if matter.end == "accepted" else "not_done"
    late = matter.late or (matter.due is not None and matter.due < at) or until < in_china(at).date()
    return "late" if late else "on_time"


def _numbers(given: Mapping[str, Any]) -> tuple[int | None, int | None]:
    part, whole = given.get("part"), given.get("whole")
    return (int(part) if part is not None else None, int(whole) if whole is not None else None)


def _share(target: Target | None, part: int | None, whole: int | None) -> int | None:
    """10,000ths of the whole, cut off; a whole of nothing has no share."""
    if target is None or part is None:
        return None
    if not target.whole:
        return part
    return part * TEN_THOUSANDTHS // whole if whole else None


def _met(target: Target, share: int) -> bool:
    return share >= target.value if target.sign == "at_least" else share <= target.value


def organs_of(cards: list[Card]) -> Iterator[str]:
    """Responsible organs, each once, in the order in which tasks name them."""
    yield from dict.fromkeys(organ for card in cards for organ in card.task.by)
