"""How a step that is a ballot is voted, as a charter writes it: secret or open, by which means, how many proxies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gongzhi.core.charter.types import NUMBER, Key, listed, may, one_of

__all__ = ["BALLOT", "ONLINE", "BallotTerms", "build_ballot"]

MEANS = ("screen", "phone", "paper", "helper")
ONLINE = frozenset({"screen", "phone"})


@dataclass(frozen=True, slots=True)
class BallotTerms:
    """What a charter says nothing about is the strictest: a secret ballot on paper, without proxies.

    secrecy     secret: nobody can join a choice to a person; open: those who hold the step see who chose what
    means       screen (the voter, signed in), phone and helper (somebody enters it with consent), paper
    proxies     for how many others one voter may vote at most (居民委员会组织法 19, 村民委员会组织法 18: 3)
    form        yes_no: each item for, against or abstain; approve: tick options; knapsack: tick what the money pays
                for; rank: put options in order; score: give points; points: every project scored by each criterion
    """

    secrecy: Literal["secret", "open"] = "secret"
    means: tuple[str, ...] = ("paper",)
    proxies: int = 0
    form: Literal["yes_no", "approve", "knapsack", "rank", "score", "points"] = "yes_no"

    @property
    def online(self) -> bool:
        """Whether a vote can be cast away from the polling place."""
        return bool(ONLINE & set(self.means))


BALLOT: dict[str, dict[str, Key]] = {
    "ballot": {
        "secrecy": may(one_of("secret", "open"), "secret"),
        "means": may(listed(one_of(*MEANS)), ("paper",)),
        "proxies": may(NUMBER, 0),
        "form": may(one_of("yes_no", "approve", "knapsack", "rank", "score", "points"), "yes_no"),
    }
}


def build_ballot(values: Mapping[str, Any] | None) -> BallotTerms | None:
    """From checked values; None where the step says nothing about it."""
    return BallotTerms(**{**values, "means": tuple(values["means"])}) if values else None
