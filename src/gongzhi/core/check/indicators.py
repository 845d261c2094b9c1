"""Family 8, indicators: computed from the log, and none of those that turn people into figures to be pressed."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.parse import closest
from gongzhi.core.charter.spec import Charter

# What can be counted in the log, each over matters of a period.
COUNTS = (
    "filed", "closed", "in_time", "late", "breaches", "passed_on", "reopened", "confirmed", "content", "not_content",
    "unanswered", "refused_tasks", "handed_down", "own_matters", "published", "objections", "upheld",
)  # fmt: skip
# 民发〔2015〕136号: no investment targets, no veto by one figure; and no figure that falls when people speak up.
FORBIDDEN = (
    "招商", "引资", "税收", "协税", "创收", "一票否决", "末位", "排名", "上访", "信访量", "信访批次", "劝返",
)  # fmt: skip


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ871 and GZ872."""
    return [*_computable(charter, lines), *_forbidden(charter, lines)]


def _computable(charter: Charter, lines: Lines) -> Iterator[Finding]:
    for indicator in charter.indicators.values():
        for name in (indicator.part, indicator.whole):
            if name and name not in COUNTS:
                meant = closest(name, COUNTS)
                yield lines.finding("GZ871", f"indicators.{indicator.name}", name=name, meant=meant)


def _forbidden(charter: Charter, lines: Lines) -> Iterator[Finding]:
    for indicator in charter.indicators.values():
        word = next((word for word in FORBIDDEN if word in indicator.title), "")
        if word:
            yield lines.finding("GZ872", f"indicators.{indicator.name}", word=word)
