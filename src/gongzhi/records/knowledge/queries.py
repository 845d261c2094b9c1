"""Which matters are alike."""

from __future__ import annotations

from typing import Any

from django.db import connection

from gongzhi.core.routing.similar import SHARED, Scored, alike, likeness
from gongzhi.records.institutions.models import Place
from gongzhi.records.knowledge.actions import key, line_of
from gongzhi.records.knowledge.models import Likeness
from gongzhi.records.matters.models import Matter

__all__ = ["alike_matters", "alike_to", "statement"]

NEWEST = 100  # matters looked up per number


def alike_matters(place: Place, said: str, most: int = 20) -> list[Scored]:
    """Matters of the community of a place alike to what somebody says: id and how alike, the most alike first."""
    return _found(line_of(place.path), likeness(said, key()))[:most]


def alike_to(matter: Matter, most: int = 20) -> list[Scored]:
    """Matters alike to one that was filed."""
    rows = list(Likeness.objects.filter(matter=matter).values_list("line", "number"))
    found = _found(rows[0][0], tuple(number for _, number in rows)) if rows else []
    return [one for one in found if one[0] != matter.pk][:most]


def _found(line: str, numbers: tuple[int, ...]) -> list[Scored]:
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement(line, numbers))
        rows = cursor.fetchall()
    shared = {matter: count for matter, _, count in rows}
    return alike(len(numbers), shared, {matter: size for matter, size, _ in rows})


def statement(line: str, numbers: tuple[int, ...]) -> tuple[str, list[Any]]:
    """SQL and values: matters that share `SHARED` of the numbers, looking at the newest few for each.

    One statement for both databases. A lateral join of PostgreSQL's was as fast (docs/benchmarks.md) and is gone.
    """
    newest = " union all ".join([f'select * from ({_NEWEST}) as "newest"'] * len(numbers))  # noqa: S608 - our own text
    asked = (
        f'select matter_id, "of", count(*) from ({newest}) as "found" group by matter_id, "of" having count(*) >= %s'  # noqa: S608 - our own text
    )
    return asked, [*(value for number in numbers for value in (line, number, NEWEST)), SHARED]


_NEWEST = (
    'select matter_id, "of" from records_likeness where line = %s and number = %s order by matter_id desc limit %s'
)
