"""Questions and answers of a community: writing, publishing, retiring, finding. `now` is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from gongzhi.core.personal import HARD, found_in
from gongzhi.core.routing.answers import best
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import line_of
from gongzhi.records.knowledge.models import Answer
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person

__all__ = ["NotPossible", "Said", "change", "fitting", "helped", "here", "published", "write"]

MOST = 1000  # published answers of a community that are looked through
LONGEST = {"question": 120, "text": 3000}


class NotPossible(ValueError):
    """`code`: personal, not_looked, changed_meanwhile. `found`: codes of what gives somebody away."""

    def __init__(self, code: str, found: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.found = code, found


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says, clean and within `LONGEST`."""

    use: str
    question: str
    text: str
    category: str = ""


def write(place: Place, by: Person, said: Said, now: datetime, source: Matter | None = None) -> Answer:
    """A new draft; nobody sees it but staff."""
    return Answer.objects.create(
        place=place, written_by=by, written_at=now, source=source, use=said.use, question=said.question,
        text=said.text, category=said.category,
    )  # fmt: skip


def change(row: Answer, by: Person, said: Said, state: str, looked: bool, version: int, now: datetime) -> None:
    """Words and state at once. Publishing needs somebody who has looked for personal words, and refuses the sure ones.

    Raises NotPossible, with nothing changed.
    """
    found = found_in(f"{said.question}\n{said.text}")
    if state == "published" and (sure := tuple(code for code in found if code in HARD)):
        raise NotPossible("personal", sure)
    if state == "published" and not looked:
        raise NotPossible("not_looked", found)
    new: dict[str, Any] = {
        "use": said.use,
        "question": said.question,
        "text": said.text,
        "category": said.category,
        "state": state,
    }
    if state == "published":
        new |= {"published_at": now, "published_by": by}
    done = Answer.objects.filter(pk=row.pk, version=version).update(version=F("version") + 1, **new)
    if not done:
        raise NotPossible("changed_meanwhile")


def helped(row: Answer) -> None:
    """A question was settled by it at once."""
    Answer.objects.filter(pk=row.pk).update(helped=F("helped") + 1)


def here(place: Place, use: str = "", state: str = "", q: str = "") -> QuerySet[Answer]:
    """Answers of a place and of what it lies in or holds, the latest first."""
    rows = Answer.objects.filter(Q(place__path__startswith=place.path) | Q(place__in=line_of(place)))
    rows = rows.filter(use=use) if use else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(Q(question__icontains=q) | Q(text__icontains=q)) if q else rows
    return rows.select_related("place").order_by("-written_at", "-pk")


def published(place: Place, use: str = "answer") -> QuerySet[Answer]:
    """What residents of a place may read, what helped most first."""
    rows = Answer.objects.filter(place__in=line_of(place), state="published", use=use)
    return rows.order_by("-helped", "-published_at", "-pk")


def fitting(place: Place, asked: str, use: str = "answer", most: int = 3) -> list[Answer]:
    """Published answers that fit what somebody asks, the best first."""
    rows = {row.pk: row for row in published(place, use)[:MOST]}
    return [rows[pk] for pk in best(asked, {pk: (row.question, row.text) for pk, row in rows.items()}, most)]
