"""Which steps take their facts from the room of projects, as a charter writes it: `room: opening`.

call        the terms of a tender are set: hour, estimate, targets; it ends only when they are
bids        bids are taken; its span is the shortest time between the call and the hour
opening     two people open the bids at the hour; the field `bids` is how many there were
panel       evaluators declare interests and give marks; the fields `members` and `interest` come from there
simple      below the size that must be tendered: the page says so
delivery    the provider says for each target what was delivered
results     others say for each target what they found; all met only if every target was reached
group       who carries a project out; the fields `residents_lead` and `overlap` come from there
contracts   every member has signed the duty contract
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["ROOMS", "ROOM_FACTS"]

ROOM_FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "call": (),
        "bids": (),
        "opening": ("bids",),
        "panel": ("members", "interest"),
        "simple": (),
        "delivery": (),
        "results": (),
        "group": ("residents_lead", "overlap"),
        "contracts": (),
    }
)
ROOMS = tuple(ROOM_FACTS)
