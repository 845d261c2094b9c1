"""Which matters are alike."""

from __future__ import annotations

from typing import Any

from django.db import connection

from gongzhi.core.routing.similar import SHARED, Scored, alike, likeness
from gongzhi.records.institutions.models import Place
from gongzhi.records.knowledge.actions import key, line_of
from gongzhi.records.knowledge.models import Likeness
from gongzhi.records.matters.models import Matter

__all__ = ["alike_matters", "alike_to"]

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
    sql, values = _lateral(line, numbers) if connection.vendor == "postgresql" else _each(line, numbers)
    with connection.cursor() as cursor:
        cursor.execute(
            f'select matter_id, "of", count(*) from ({sql}) as "found" group by matter_id, "of" having count(*) >= %s',  # noqa: S608 - our own text
            [*values, SHARED],
        )
        rows = cursor.fetchall()
    shared = {matter: count for matter, _, count in rows}
    return alike(len(numbers), shared, {matter: size for matter, size, _ in rows})


_NEWEST = (
    'select matter_id, "of" from records_likeness where line = %s and number = {number} '
    "order by matter_id desc limit %s"
)


def _lateral(line: str, numbers: tuple[int, ...]) -> tuple[str, list[Any]]:
    """One plan for all numbers: planning sixteen took longer than looking them up."""
    newest = _NEWEST.format(number="asked.number")
    values: list[Any] = [list(numbers), line, NEWEST]
    return f"select m.* from unnest(%s::bigint[]) as asked(number) cross join lateral ({newest}) as m", values  # noqa: S608


def _each(line: str, numbers: tuple[int, ...]) -> tuple[str, list[Any]]:
    newest = f'select * from ({_NEWEST.format(number="%s")}) as "newest"'  # noqa: S608 - our own text
    return " union all ".join([newest] * len(numbers)), [v for n in numbers for v in (line, n, NEWEST)]
