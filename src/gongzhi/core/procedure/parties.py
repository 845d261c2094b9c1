"""The parties of a matter: who they are, and who speaks for which of them (R47).

A procedure names its parties: the filer, an organ given at filing, or `other_side`, somebody without an account. What
the other side says on paper, by telephone or at the counter is recorded by the organ that asks, and the act says how.
"""

from __future__ import annotations

from gongzhi.core.charter.spec import Procedure
from gongzhi.core.procedure.acts import FILER, Act, Actor
from gongzhi.core.procedure.case import Control, Pairs, get
from gongzhi.core.procedure.effects import Refused

__all__ = ["OTHER_SIDE", "PARTY", "parties_of", "party_of", "records_other_side", "speaks_for"]

PARTY = "party"
OTHER_SIDE = "other_side"
TOLD_BY = ("paper", "phone", "counter", "helper")


def parties_of(procedure: Procedure, given: Pairs) -> tuple[str, ...]:
    """The parties a procedure names: filer, other_side, an organ, or the organ that a field given at filing names."""
    named = (str(get(given, name, "")) if name in procedure.fields else name for name in procedure.parties)
    return tuple(dict.fromkeys(name.partition(".")[0] for name in named if name))


def records_other_side(parties: tuple[str, ...], control: Control, actor: Actor) -> bool:
    """May this actor enter what the party without an account said? The organ that asks it, or that holds the step."""
    asks = control.asked_by or control.holder.partition(".")[0]
    return OTHER_SIDE in parties and actor.organ == asks and actor.organ not in (FILER, PARTY)


def party_of(parties: tuple[str, ...], control: Control, act: Act) -> str:
    """The party for which an act speaks. Raises Refused `channel_missing` where it is recorded without saying how."""
    if act.by.organ == PARTY or not records_other_side(parties, control, act.by):
        return act.by.seat
    if act.channel not in TOLD_BY:
        raise Refused("channel_missing", channels=list(TOLD_BY))
    return OTHER_SIDE


def speaks_for(parties: tuple[str, ...], control: Control, actor: Actor, party: str) -> bool:
    """May this actor sign or come for this party?"""
    if party == OTHER_SIDE:
        return records_other_side(parties, control, actor)
    return (actor.organ == PARTY and actor.seat == party) or (actor.organ == FILER == party)
