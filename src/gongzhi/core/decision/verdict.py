"""What a rule says about a count."""

from __future__ import annotations

from dataclasses import dataclass

from gongzhi.core.fact import Fact


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome (one of those fixed for the kind of rule), whether enough took part, and the numbers.

    `chosen`: in an election the options elected, in a scoring all options from first to last, in a rating the
    grade; empty for a threshold.
    """

    outcome: str
    quorum: bool
    because: tuple[Fact, ...]
    chosen: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether a decision by threshold is taken."""
        return self.outcome == "passed"
