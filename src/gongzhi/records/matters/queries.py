"""Reads: one matter, its log, lists of matters. Each list is one query of a page, whatever the number of matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Act, Matter, Message, Todo, Words
from gongzhi.records.people.models import Person

PAGE = 50


def locked(number: str) -> Matter | None:
    """The matter, locked until the transaction ends (SQLite has locked the whole database already)."""
    rows = Matter.objects.filter(number=number)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.first()


def by_number(number: str) -> Matter | None:
    """The matter with its place and answerable organ, in one query."""
    rows = Matter.objects.select_related("place", "answers", "charter_version").defer("charter_version__source")
    return rows.filter(number=number).first()


def act_of_key(matter: Matter, key: str) -> Act | None:
    """The act of this matter that was done under an idempotency key."""
    return matter.acts.filter(key=key).first()


def filing_of_key(key: str) -> Act | None:
    """The filing that was done under an idempotency key."""
    return Act.objects.select_related("matter").filter(key=key, seq=1).first()


def log_of(matter: Matter) -> QuerySet[Act]:
    """All acts, oldest first, with the organ each was done for."""
    return matter.acts.select_related("organ_instance").order_by("seq")


def left_by(matter: Matter, visit: str) -> Act | None:
    """The act that ended a visit: the first one whose outcome says so."""
    ended = '"effect":"Left"'
    for act in matter.acts.filter(outcome__contains=f'"visit":"{visit}"').order_by("seq"):
        if ended in act.outcome:
            return act
    return None


def words_of(matter: Matter) -> QuerySet[Words]:
    """All words of a matter in the order in which they came."""
    return matter.words.select_related("act").order_by("pk")


def due_matters(now: datetime, limit: int) -> list[str]:
    """Numbers of matters with a clock that has run out, the longest overdue first."""
    rows = Matter.objects.filter(wake__lt=now).order_by("wake", "id")
    return list(rows.values_list("number", flat=True)[:limit])


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to. `status` open, late, closed or empty; `text` the start of a number or a piece of
    the public title. `since`, `until`: bounds of the deadline, both included; with `late` also what ran out before
    `until`, whether or not a worker has been by.

    `public`: only matters that everybody may see.
    """

    status: str = "open"
    category: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    roles: tuple[str, ...] = ()
    public: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `after` is the cursor of the next page, None on the last one."""

    rows: list[Todo] | list[Matter]
    after: str | None


def worklist(organs: Iterable[int], narrowed: Filter = Filter(), after: str | None = None, size: int = PAGE) -> Page:
    """What waits for these organs, nearest deadline first. One query; the cursor keeps every page as fast."""
    rows = Todo.objects.filter(organ__in=list(organs)).select_related("matter", "matter__answers", "matter__place")
    if narrowed.status == "late":
        rows = rows.filter(Q(late=True) | Q(due__lt=narrowed.until) if narrowed.until else Q(late=True))
    elif narrowed.until:
        rows = rows.filter(due__lte=narrowed.until)
    if narrowed.since:
        rows = rows.filter(due__gte=narrowed.since)
    if narrowed.roles:
        rows = rows.filter(role__in=narrowed.roles)
    if narrowed.category:
        rows = rows.filter(matter__category=narrowed.category)
    if narrowed.text:
        rows = rows.filter(_says(narrowed.text, "matter__"))
    return _page(rows, after, size)


def _says(text: str, path: str = "") -> Q:
    """The number begins with the text, or the public title holds it."""
    return Q(**{f"{path}number__startswith": text.upper()}) | Q(**{f"{path}subject__icontains": text})


def matters_at(places: QuerySet[Place] | Iterable[Place], narrowed: Filter = Filter(), after: str | None = None,
               size: int = PAGE) -> Page:  # fmt: skip
    """Matters of places; open ones by deadline, others newest first."""
    return paged(Matter.objects.filter(place__in=places), narrowed, after, size)


def own(person: Person, narrowed: Filter = Filter(), after: str | None = None, size: int = PAGE) -> Page:
    """What this person filed; open ones by deadline, others newest first."""
    return paged(person.matters.all(), narrowed, after, size)


def involving(organs: Iterable[int], places: QuerySet[Place] | Iterable[Place]) -> QuerySet[Matter]:
    """Matters of these places that are public, or in which one of these organs answers, has to do or has done."""
    own = list(organs)
    todo = Todo.objects.filter(matter=OuterRef("pk"), organ__in=own)
    done = Act.objects.filter(matter=OuterRef("pk"), organ_instance__in=own)
    seen = Q(public=True) | Q(answers__in=own) | Q(Exists(todo)) | Q(Exists(done))
    return Matter.objects.filter(seen, place__in=places)


def narrow(rows: QuerySet[Matter], narrowed: Filter) -> QuerySet[Matter]:
    """These matters as far as a filter lets them through, each with its place and answerable organ."""
    rows = rows.select_related("answers", "place")
    if narrowed.public:
        rows = rows.filter(public=True)
    if narrowed.category:
        rows = rows.filter(category=narrowed.category)
    if narrowed.text:
        rows = rows.filter(_says(narrowed.text))
    if narrowed.status in ("open", "late"):
        rows = rows.filter(status__in=OPEN)
    if narrowed.status == "closed":
        rows = rows.exclude(status__in=OPEN)
    return rows.filter(late=True) if narrowed.status == "late" else rows


def paged(rows: QuerySet[Matter], narrowed: Filter = Filter(), after: str | None = None, size: int = PAGE) -> Page:
    """One page of these matters; open ones by deadline, others newest first."""
    page = _page if narrowed.status in ("open", "late") else _newest
    return page(narrow(rows, narrowed), after, size)


def _page(rows: QuerySet[Any], after: str | None, size: int) -> Page:
    if after:
        due, _, pk = after.rpartition("~")
        moment = datetime.fromisoformat(due)
        rows = rows.filter(Q(due__gt=moment) | Q(due=moment, pk__gt=int(pk)))
    found = list(rows.order_by("due", "pk")[: size + 1])
    more = len(found) > size
    return Page(found[:size], f"{found[size - 1].due.isoformat()}~{found[size - 1].pk}" if more else None)


def _newest(rows: QuerySet[Any], after: str | None, size: int) -> Page:
    if after:
        filed, _, pk = after.rpartition("~")
        moment = datetime.fromisoformat(filed)
        rows = rows.filter(Q(filed_at__lt=moment) | Q(filed_at=moment, pk__lt=int(pk)))
    found = list(rows.order_by("-filed_at", "-pk")[: size + 1])
    more = len(found) > size
    return Page(found[:size], f"{found[size - 1].filed_at.isoformat()}~{found[size - 1].pk}" if more else None)


def counts(organs: Iterable[int], now: datetime, today: datetime, week: datetime) -> dict[str, int]:
    """How much waits for these organs: late, due today, due this week, waiting for others. One query."""
    mine = Todo.objects.filter(organ__in=list(organs))
    own = ~Q(role="answers")
    return mine.aggregate(
        late=Count("pk", filter=own & (Q(late=True) | Q(due__lt=now))),
        today=Count("pk", filter=own & Q(due__gte=now, due__lte=today)),
        week=Count("pk", filter=own & Q(due__gte=now, due__lte=week)),
        others=Count("pk", filter=Q(role="answers")),
        all=Count("pk"),
    )


def filed_by(person: Person) -> QuerySet[Matter]:
    """A resident's own matters, newest first."""
    return person.matters.select_related("place", "answers").order_by("-filed_at")


def going_with(number: str) -> QuerySet[Matter]:
    """Matters that follow this one, came to their end with it, or wait for it; oldest first."""
    return Matter.objects.filter(goes_with=number).order_by("filed_at", "pk")


def waiting_for_filer(person: Person) -> QuerySet[Matter]:
    """Matters in which it is this resident's turn."""
    return filed_by(person).filter(status__in=OPEN, holder="filer").order_by("due")


def late_by_organ(places: QuerySet[Place] | Iterable[Place]) -> QuerySet[Matter]:
    """Who is late, for the board: organ and number of matters."""
    rows = Matter.objects.filter(place__in=places, status__in=OPEN, late=True)
    return rows.values("answers_id", "answers__title").annotate(late=Count("pk")).order_by("-late")  # type: ignore[return-value]


def inbox(person: Person) -> QuerySet[Message]:
    """Messages to a person inside the program, newest first."""
    return person.messages.filter(channel="in_app").select_related("matter").order_by("-created_at", "-pk")
