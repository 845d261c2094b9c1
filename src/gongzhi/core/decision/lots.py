"""Ties settled by a published draw: the act brings `lot.OPTION`, the place drawn, 1 first."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from gongzhi.core.decision.counts import below
from gongzhi.core.decision.faults import BadCount


def lots_of(counts: Mapping[str, int], options: Container[str]) -> dict[str, int]:
    """The places drawn, by option. Raises BadCount for an option nobody knows and a place drawn twice."""
    lots = below(counts, "lot")
    for name, place in lots.items():
        if name not in options:
            raise BadCount("unknown_option", f"lot.{name}: there is no such option", name)
        if list(lots.values()).count(place) > 1:
            raise BadCount("lot_twice", f"place {place} was drawn twice", place)
    return lots


def place_by_lot(tied: Sequence[str], lots: Mapping[str, int]) -> list[str]:
    """The tied options in the order drawn; one alone needs no lot. Raises BadCount when a lot is missing."""
    if len(tied) > 1 and not all(name in lots for name in tied):
        raise undecided(tied)
    return sorted(tied, key=lambda name: lots.get(name, 0))


def undecided(tied: Sequence[str]) -> BadCount:
    """The fault of a tie that nothing decides."""
    return BadCount("tie_undecided", f"{', '.join(tied)} are tied and no rule decides", *tied)
