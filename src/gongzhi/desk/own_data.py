"""Everything stored about one person in all rooms, to take along (the right to a copy)."""

from __future__ import annotations

from typing import Any

from gongzhi.desk.held import HELD
from gongzhi.records.people.models import Person
from gongzhi.records.people.queries import about

MOST = 5_000  # rows of one kind in a file


def own_data(person: Person, most: int = MOST) -> dict[str, Any]:
    """Account, then every kind of `HELD`. Files are named, not contained; of votes only that one voted."""
    kinds = {key: [held.shown(row) for row in held.rows(person)[:most]] for key, held in HELD.items()}
    return {"account": about(person), **kinds}
