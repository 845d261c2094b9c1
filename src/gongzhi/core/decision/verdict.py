"""What a rule says about a count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongzhi.core.fact import Fact

Outcome = Literal["passed", "failed", "no_quorum"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, whether enough took part, and the numbers that were needed and there."""

    outcome: Outcome
    quorum: bool
    because: tuple[Fact, ...]

    @property
    def passed(self) -> bool:
        """Whether the decision is taken."""
        return self.outcome == "passed"
