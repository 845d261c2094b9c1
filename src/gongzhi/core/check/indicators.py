"""Family 8, indicators: computed from the log, and none of those that turn people into figures to be pressed."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.parse import closest
from gongzhi.core.charter.spec import Charter, Indicator
from gongzhi.core.indicator.target import BadTarget, Target, read_target
from gongzhi.core.indicator.vocabulary import COUNTS, DURATIONS, FALLS_WHEN_PEOPLE_SPEAK, KINDS

# 民发〔2015〕136号: no investment targets, no veto by one figure; and no figure that falls when people speak up.
FORBIDDEN = (
    "招商", "引资", "税收", "协税", "创收", "一票否决", "末位", "排名", "上访", "信访量", "信访批次", "劝返",
)  # fmt: skip


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ871 to GZ875."""
    return [finding for indicator in charter.indicators.values() for finding in _indicator(indicator, lines)]


def _indicator(indicator: Indicator, lines: Lines) -> Iterator[Finding]:
    path = f"indicators.{indicator.name}"
    yield from _computable(indicator, path, lines)
    if word := next((word for word in FORBIDDEN if word in indicator.title), ""):
        yield lines.finding("GZ872", path, word=word)
    asked = indicator.survey
    ways = (indicator.part, indicator.median, indicator.entered, asked)
    if sum(map(bool, ways)) != 1 or (asked and bool(asked.counts) == (asked.at_least is not None)):
        yield lines.finding("GZ873", path, indicator=indicator.name)
    target = _target(indicator)
    if target is False:
        yield lines.finding("GZ874", path, target=str(indicator.target))
    elif isinstance(target, Target) and not target.at_least and indicator.part in FALLS_WHEN_PEOPLE_SPEAK:
        yield lines.finding("GZ875", path, name=str(indicator.part))


def _computable(indicator: Indicator, path: str, lines: Lines) -> Iterator[Finding]:
    used = [(name, tuple(COUNTS)) for name in (indicator.part, indicator.whole)]
    used += [(indicator.median, tuple(DURATIONS)), *((kind, KINDS) for kind in indicator.leaves_out)]
    for name, known in used:
        if name and name not in known:
            yield lines.finding("GZ871", path, name=name, meant=closest(name, known))


def _target(indicator: Indicator) -> Target | bool:
    """The target; True where there is none, False where it cannot be read."""
    if indicator.target is None:
        return True
    try:
        return read_target(indicator.target)
    except BadTarget:
        return False
