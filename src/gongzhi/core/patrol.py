"""When something was found, told by a phone whose clock may be wrong. The desk's own clocks count from receipt.

A phone says when the report was written and what it takes for now. Their difference is right even where both are
wrong in the same way, so the time of finding is the receipt less that age; beyond a bound nothing is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

OLDEST = timedelta(hours=72)  # a patrol without a net for longer than a weekend shift is not believed; our choice
AGREES = timedelta(minutes=5)

How = Literal["as_said", "corrected", "on_receipt"]


@dataclass(frozen=True, slots=True)
class Found:
    """`at`: when it was found, as far as can be said; `drift`: how far the phone's clock runs ahead (seconds)."""

    at: datetime
    how: How
    drift: int


def found(said: datetime | None, phone_now: datetime | None, received: datetime) -> Found:
    """The time of finding for a report written at `said` and sent at `phone_now`, both by the phone's clock."""
    if said is None or phone_now is None:
        return Found(received, "on_receipt", 0)
    drift, age = phone_now - received, phone_now - said
    seconds = max(-(2**31), min(2**31 - 1, int(drift.total_seconds())))
    if not timedelta(0) <= age <= OLDEST:
        return Found(received, "on_receipt", seconds)
    if abs(drift) <= AGREES:
        return Found(min(said, received), "as_said", seconds)
    return Found(received - age, "corrected", seconds)
