"""今天要办: what waits for the organs of the reader, nearest deadline first. Filters are in the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.desk import calendars
from gongzhi.records.institutions.models import CharterVersion
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.matters.models import Todo
from gongzhi.records.matters.queries import Filter, counts, worklist
from gongzhi.web.access import requires
from gongzhi.web.workbench import busy
from gongzhi.web.workbench.page import Desk, desk_of, show
from gongzhi.web.workbench.rows import Row, row_of_todo
from gongzhi.words.terms import Terms

__all__ = ["categories", "cursor", "shortcuts", "today"]

OWN = ("holds", "offered", "rules", "serves", "part")
OTHERS = ("answers",)
SHORTCUTS = "shortcuts"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Days:
    """The ends of today and of this week (Sunday), local."""

    now: datetime
    today: datetime
    week: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as they stand in the address."""

    when: str = ""
    organ: str = ""
    category: str = ""
    q: str = ""
    after: str = ""

    def query(self, **changes: str) -> str:
        """The address of the same list with other filters; a change starts again at the first page."""
        changed = replace(self, **{"after": "", **changes})
        values = {name: value for name in Asked.__slots__ if (value := getattr(changed, name))}
        return f"{reverse('today')}?{urlencode(values)}" if values else reverse("today")


def days_of(at: datetime) -> Days:
    day = in_china(at).date()
    sunday = day + timedelta(days=6 - day.weekday())
    return Days(at, datetime.combine(day, time.max, CHINA), datetime.combine(sunday, time.max, CHINA))


@requires("staff")
@never_cache
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The list by groups: late, today, this week, later, and what waits for others."""
    desk = desk_of(request)
    asked = Asked(**{name: request.GET.get(name, "").strip()[:200] for name in Asked.__slots__})
    days, organs = days_of(desk.at), _organs(desk, asked)
    page = worklist(organs, _narrowed(asked, days), cursor(asked.after))
    todos = [row for row in page.rows if isinstance(row, Todo)]
    counted = counts(organs, days.now, days.today, days.week)
    return show(
        request, "today.html", asked=asked, counts=_counts(asked, counted), total=counted["all"],
        groups=_groups(todos, days, desk.person.digest), fields=_fields(desk, asked),
        more=asked.query(after=page.after) if page.after else "", shortcuts=request.COOKIES.get(SHORTCUTS) != "off",
        nearest=_nearest(organs, asked, counted),
    )  # fmt: skip


def _organs(desk: Desk, asked: Asked) -> list[int]:
    chosen = [pk for pk in desk.organs if str(pk) == asked.organ]
    return chosen or list(desk.organs)


def _narrowed(asked: Asked, days: Days) -> Filter:
    status, since, until, roles = {
        "late": ("late", None, days.now, OWN),
        "today": ("open", days.now, days.today, OWN),
        "week": ("open", days.now, days.week, OWN),
        "others": ("open", None, None, OTHERS),
    }.get(asked.when, ("open", None, None, ()))
    return Filter(status=status, category=asked.category, text=asked.q, since=since, until=until, roles=roles)


def cursor(after: str) -> str | None:
    """The place in the list; None for one that was tampered with."""
    due, _tilde, pk = after.rpartition("~")
    try:
        datetime.fromisoformat(due)
        int(pk)
    except ValueError:
        return None
    return after


def _counts(asked: Asked, counted: dict[str, int]) -> list[dict[str, Any]]:
    named = [("late", _("超时")), ("today", _("今天")), ("week", _("本周")), ("others", _("等别人"))]
    return [
        {
            "number": counted[name],
            "text": text,
            "current": asked.when == name,
            "href": asked.query(when="" if asked.when == name else name),
        }
        for name, text in named
    ]


def _groups(todos: Iterable[Todo], days: Days, reader: str) -> list[dict[str, Any]]:
    """Rows under the heading of their time; each heading once, empty ones left out."""
    calendar, _digest = calendars.current()
    todos = list(todos)
    others = busy.seen([todo.matter.number for todo in todos], reader)
    titles = {
        "late": _("超时"),
        "today": _("今天"),
        "week": _("本周"),
        "later": _("以后"),
        "others": _("等别人"),
    }
    found: dict[str, list[Row]] = {name: [] for name in titles}
    for todo in todos:
        row = row_of_todo(todo, days.now, calendar, others.get(todo.matter.number, ""))
        found[_group(todo, days)].append(row)
    return [
        {"title": _("{title}（{n}）").format(title=titles[name], n=len(rows)), "rows": rows}
        for name, rows in found.items()
        if rows
    ]


def _group(todo: Todo, days: Days) -> str:
    if todo.role in OTHERS:
        return "others"
    if todo.late or todo.due < days.now:
        return "late"
    if todo.due <= days.today:
        return "today"
    return "week" if todo.due <= days.week else "later"


def _fields(desk: Desk, asked: Asked) -> list[dict[str, Any]]:
    """Search, organ (only for who works in several) and category."""
    fields: list[dict[str, Any]] = [{"name": "q", "label": _("找编号或标题"), "value": asked.q}]
    everything = {"value": "", "text": _("全部")}
    if len(desk.organs) > 1:
        options = [{"value": str(pk), "text": organ.title} for pk, organ in desk.organs.items()]
        fields.append({"name": "organ", "label": _("机构"), "value": asked.organ, "options": [everything, *options]})
    options = [{"value": key, "text": title} for key, title in categories(desk)]
    fields.append(
        {"name": "category", "label": _("按类别"), "value": asked.category, "options": [everything, *options]}
    )
    return fields


def categories(desk: Desk) -> list[tuple[str, str]]:
    """Categories of the charters these organs work under, for filters."""
    names = {organ.charter for organ in desk.organs.values()}
    newest: dict[str, CharterVersion] = {}
    for version in CharterVersion.objects.filter(name__in=names).order_by("version").defer("source"):
        newest[version.name] = version
    return [
        (category.name, Terms(charter).category(category.name))
        for charter in map(charter_of, newest.values())
        for category in charter.categories.values()
        if category.procedure
    ]


def _nearest(organs: list[int], asked: Asked, counted: dict[str, int]) -> Todo | None:
    """For an empty list: the nearest thing that is to do at all."""
    if not counted["all"] or not (asked.when or asked.q or asked.category):
        return None
    rows = Todo.objects.filter(organ__in=organs, role__in=OWN).select_related("matter")
    return rows.order_by("due", "pk").first()


@requires("staff")
@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch the keys j, k, Enter and / off or on, on this device."""
    response = redirect("today")
    off = request.POST.get(SHORTCUTS) == "off"
    response.set_cookie(SHORTCUTS, "off" if off else "on", max_age=YEAR, samesite="Lax", httponly=True)
    return response
