"""An election by orders of preference: the act brings `rank.A.B`, how many papers have exactly this order."""

from __future__ import annotations

from collections.abc import Mapping

from gongzhi.core.decision.counts import below
from gongzhi.core.decision.faults import BadCount
from gongzhi.core.decision.lots import lots_of, undecided
from gongzhi.core.decision.tally.stv import stv
from gongzhi.core.fact import Fact


def by_preference(counts: Mapping[str, int], seats: int) -> tuple[list[str], list[Fact]]:
    """Who is elected by single transferable vote, with the quota and the stage of each. Raises BadCount."""
    papers = {tuple(name.split(".")): number for name, number in below(counts, "rank").items() if number}
    options = sorted({name for order in papers for name in order})
    for order in papers:
        if len(set(order)) < len(order):
            raise BadCount("unknown_count", f"rank.{'.'.join(order)} names one twice", f"rank.{'.'.join(order)}")
    lots = lots_of(counts, options)
    number = {name: at for at, name in enumerate(options)}
    marks = {tuple(number[name] for name in order): papers[order] for order in papers}
    try:
        found = stv(len(options), marks, seats, tuple(number[name] for name in sorted(lots, key=lambda one: lots[one])))
    except BadCount as tie:
        raise undecided([options[int(at)] for at in tie.details]) from None
    facts = [Fact("stv_quota", (found.quota, found.valid, seats))]
    stages = {one: at for at, stage in enumerate(found.rounds, 1) for one in stage.elected}
    facts += [Fact("stv_elected", (options[one], stages[one])) for one in found.elected]
    return [options[one] for one in found.elected], facts
