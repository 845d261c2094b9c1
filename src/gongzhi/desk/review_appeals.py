"""复核: who was rated asks for another look at a rating; a rating that is set aside counts in no row of years.

Known by the outcomes of the steps of a charter's review: `appeals` asks, `set_aside` takes the rating away, anything
else that the next step ends with leaves it standing (guardrail H15, 公务员法 95).
"""

from __future__ import annotations

from gongzhi.core.procedure import effects as core
from gongzhi.desk.carried import Carried
from gongzhi.records.reviews import actions, queries

__all__ = ["left"]

ASKS, TAKES_AWAY = "appeals", "set_aside"


def left(carried: Carried, effect: core.Left) -> None:
    """Keep beside the round that it is looked at again, and what came of it."""
    if carried.procedure.of != "review":
        return
    found = queries.last_revealed(carried.matter)
    if found is None:
        return
    if effect.outcome == ASKS:
        actions.appeal(found, "open")
    elif found.appeal == "open":
        actions.appeal(found, "set_aside" if effect.outcome == TAKES_AWAY else "upheld")
