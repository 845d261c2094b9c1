"""在哪个网格: where the thing of a matter stands, to which unit it fell, and who answers there now."""

from __future__ import annotations

from typing import Any

from gongzhi.desk.ground import standing
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.models import Matter
from gongzhi.words.ground import how_said
from gongzhi.words.terms import Terms

__all__ = ["holder_of", "standing_of"]


def standing_of(matter: Matter, terms: Terms) -> dict[str, Any] | None:
    """For the page of a matter; None where nobody marked a place."""
    found = standing(matter)
    if found is None:
        return None
    unit = found.unit
    return {
        "thing": found.point.thing,
        "part": found.point.part.code if found.point.part else "",
        "unit": found.point.unit.name if found.point.unit else "",
        "how": how_said(found.point.how),
        "answers": holder_of(unit.organ, unit.seat, terms) if unit and unit.organ else "",
        "stand_ins": [holder_of(one.organ, one.seat, terms) for one in unit.stand_ins.all()] if unit else [],
    }


def holder_of(organ: OrganInstance, seat: str, terms: Terms) -> str:
    """A post in words: the office's own title, and the seat where the charter knows it."""
    declared = terms.charter.organs.get(organ.organ)
    title = terms.text(declared.seats[seat].title) if declared and seat in declared.seats else ""
    return f"{organ.title} · {title}" if title else organ.title
