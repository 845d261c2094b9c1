"""Indicators: what can be counted in the log, formulas over it, and their figures, in whole numbers and fractions."""

from gongzhi.core.indicator.figure import Figure, Interval, figure, hidden, median, wilson
from gongzhi.core.indicator.formula import formula_digest, formula_text
from gongzhi.core.indicator.happenings import LogLine, Subject, Tally, tallies
from gongzhi.core.indicator.periods import PERIODS, Period, period_of, periods_back
from gongzhi.core.indicator.target import BadTarget, Target, read_target
from gongzhi.core.indicator.vocabulary import COUNTS, DURATIONS, FALLS_WHEN_PEOPLE_SPEAK, KINDS, RATED, Count

__all__ = [
    "COUNTS", "DURATIONS", "FALLS_WHEN_PEOPLE_SPEAK", "KINDS", "PERIODS", "RATED", "BadTarget", "Count", "Figure",
    "Interval", "LogLine", "Period", "Subject", "Tally", "Target", "figure", "formula_digest", "formula_text", "hidden",
    "median", "period_of", "periods_back", "read_target", "tallies", "wilson",
]  # fmt: skip
