"""Does a community's rule ask at least as much as the law's (R30)? A stricter one may replace it, a laxer may not."""

from __future__ import annotations

from gongzhi.core.decision.condition import Comparison, comparisons
from gongzhi.core.decision.counts import AREAS
from gongzhi.core.decision.rule import RuleVersion

WIDER = {"present": "eligible", "area_present": "area_total"}  # a share of these is more than the same share of those


def laxer(own: RuleVersion, law: RuleVersion) -> tuple[str, ...]:
    """The conditions of the law that the own rule does not make sure of; `recused` when it shrinks the roll.

    An empty roll and an empty room never decide (`counts.quorum_of`), so the measure of a comparison is above zero
    but for areas, where the own rule has to say so itself.
    """
    found = [*_missed(own.quorum, law.quorum), *_missed(f"{own.quorum} && {own.passes}", law.passes)]
    if law.recused == "stay" and own.recused == "leave":
        found.append("recused: stay")
    return tuple(found)


def _missed(own: str, law: str) -> list[str]:
    parts = comparisons(own)
    return [asked.text for asked in comparisons(law) if not any(_implies(part, asked) for part in parts)]


def _implies(own: Comparison, law: Comparison) -> bool:
    if own.subject != law.subject:
        return False
    if not law.of:
        return _above_zero(own) or (law.subject not in AREAS)
    if own.of not in (law.of, WIDER.get(law.of)):
        return False
    asked, wanted = own.share * law.times, law.share * own.times
    return asked > wanted or (asked == wanted and (own.strict or not law.strict))


def _above_zero(own: Comparison) -> bool:
    return not own.of and own.strict
