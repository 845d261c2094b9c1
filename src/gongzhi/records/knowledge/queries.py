"""Which matters are alike."""

from __future__ import annotations

from collections import Counter

from django.db import connection

from gongzhi.core.routing.similar import Scored, alike, likeness
from gongzhi.records.institutions.models import Place
from gongzhi.records.knowledge.actions import key, line_of
from gongzhi.records.knowledge.models import Likeness
from gongzhi.records.matters.models import Matter

__all__ = ["alike_matters", "alike_to"]

NEWEST = 200  # matters looked up per number


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
    one = (
        'select * from (select matter_id, "of" from records_likeness where line = %s and number = %s '
        'order by matter_id desc limit %s) as "newest"'
    )
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join([one] * len(numbers)), [v for n in numbers for v in (line, n, NEWEST)])
        rows = cursor.fetchall()
    return alike(len(numbers), Counter(matter for matter, _ in rows), dict(rows))
