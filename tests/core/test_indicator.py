"""Formulas: exact, honest about nothing and about few, and counting the same however the log was read."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.commitments import Entered, Indicator, Surveyed
from gongzhi.core.indicator import (
    BadTarget,
    LogLine,
    Period,
    Subject,
    Tally,
    figure,
    formula_digest,
    hidden,
    median,
    period_of,
    periods_back,
    read_target,
    tallies,
    wilson,
)
from gongzhi.core.indicator.figure import entered, share, surveyed
from gongzhi.core.indicator.formula import formula_from, formula_to
from gongzhi.core.indicator.periods import period_named
from gongzhi.core.indicator.target import percent

MARCH = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
IN_TIME = Indicator("in_time", "按时", part="in_time", whole="closed", target=">= 95%")
PLAIN = Subject("lamp", "appeal")


def effect(name: str, hours: int = 0, **more: object) -> dict[str, object]:
    return {"effect": name, "at": (MARCH + timedelta(hours=hours)).isoformat(), **more}


def line(*effects: dict[str, object]) -> LogLine:
    return LogLine("done", MARCH, effects)


def counted(log: list[LogLine], subject: Subject = PLAIN) -> Counter[tuple[str, str, int]]:
    found: Counter[tuple[str, str, int]] = Counter()
    for tally, n in tallies(subject, log).items():
        found[(tally.name, tally.kind, tally.hours)] += n
    return found


FILED = line(effect("Filed"), effect("Entered", answers="committee"))
RATED = line(effect("Left", 30, outcome="content"), effect("Closed", 30, end="settled"))


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (84, 95, "88.42%"),
        (494, 573, "86.21%"),
        (1863, 1894, "98.36%"),
        (1, 3, "33.33%"),
        (1, 1, "100.00%"),
        (1, 200000, "0.00%"),
    ],
)
def test_figures_of_the_sources_to_two_places(part: int, whole: int, said: str) -> None:
    value = share(part, whole).value
    assert value is not None and percent(value) == said


@pytest.mark.parametrize(
    ("target", "met", "missed"),
    [
        (">= 100%", (20, 20), (19, 20)), (">= 95%", (95, 100), (94, 100)), (">= 92%", (92, 100), (9199, 10000)),
        (">= 80%", (8, 10), (79, 100)), (">= 70%", (7, 10), (699, 1000)), (">= 60%", (3, 5), (59, 100)),
        ("<= 0.06%", (6, 10000), (7, 10000)), ("<= 2%", (2, 100), (201, 10000)), ("≥5", (5, 1), (4, 1)),
    ],
)  # fmt: skip
def test_targets_of_the_sources_are_compared_exactly(
    target: str, met: tuple[int, int], missed: tuple[int, int]
) -> None:
    read = read_target(target)
    assert read.met(Fraction(*met)) and not read.met(Fraction(*missed))
    assert read_target(read.text) == read


@pytest.mark.parametrize("text", ["95", "about 95%", "> 95%", "", ">= -1%"])
def test_a_target_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadTarget):
        read_target(text)


def test_a_whole_of_nothing_gives_no_figure() -> None:
    found = figure(IN_TIME, {})
    assert (found.value, found.why, found.met) == (None, "no_whole", None)


def test_a_matter_counts_where_and_when_it_happened() -> None:
    found = tallies(PLAIN, [FILED, RATED])
    month = date(2026, 3, 1)
    assert found[Tally(month, "committee", "plain", "filed")] == 1
    assert found[Tally(month, "committee", "plain", "to_close", 30)] == 1
    assert found[Tally(month, "committee", "plain", "solved")] == 1
    assert found[Tally(month, "committee", "plain", "own_matters")] == 1
    assert not any(tally.name in ("late", "handed_down", "not_content") for tally in found)


def test_the_night_of_the_last_day_belongs_to_the_month_of_the_clock_on_the_wall() -> None:
    at = datetime(2026, 3, 31, 23, 59, tzinfo=CHINA)
    (tally,) = {one.month for one in tallies(PLAIN, [LogLine("file", at, [{"effect": "Filed", "at": at}])])}
    assert tally == date(2026, 3, 1)


def test_late_once_is_late_at_the_end() -> None:
    found = counted([FILED, line(effect("Raised", 5)), RATED])
    assert found[("late", "plain", 0)] == 1 and ("in_time", "plain", 0) not in found
    assert figure(IN_TIME, found).met is False


def test_what_is_reopened_starts_anew_and_both_endings_count() -> None:
    found = counted([FILED, line(effect("Breached")), RATED, line(effect("Reopened", 31)), RATED])
    assert (found[("closed", "plain", 0)], found[("late", "plain", 0)], found[("in_time", "plain", 0)]) == (2, 1, 1)


def test_silence_is_not_content() -> None:
    silent = line(effect("Left", 9, outcome="no_answer", assumed=True), effect("Closed", 9, end="unanswered"))
    found = counted([FILED, silent])
    assert ("content", "plain", 0) not in found and ("solved", "plain", 0) not in found
    assert found[("unanswered", "plain", 0)] == 1 and ("answered", "plain", 0) not in found


def test_what_is_left_out_is_in_neither_number() -> None:
    withdrawn = counted([FILED, line(effect("Closed", 3, end="withdrawn"))])
    plain = Indicator("x", "x", part="closed", whole="filed")
    assert figure(plain, withdrawn).part == 1
    assert (
        figure(Indicator("x", "x", part="closed", whole="filed", leaves_out=("withdrawn",)), withdrawn).why
        == "no_whole"
    )


def test_a_task_from_above_is_burden() -> None:
    found = counted([FILED], Subject("task", "task", handed=True)) + counted([FILED])
    share_above = figure(Indicator("burden", "行政事务占比", part="handed_down", whole="filed"), found)
    assert share_above.value == Fraction(1, 2)


@given(st.lists(st.integers(0, 400), max_size=60))
def test_the_median_of_a_histogram_is_that_of_the_list(hours: list[int]) -> None:
    ordered = sorted(hours)
    exact = Fraction(ordered[(len(hours) - 1) // 2] + ordered[len(hours) // 2], 2) if hours else None
    assert median(sorted(Counter(hours).items())) == exact


def test_a_median_says_of_how_many() -> None:
    found = figure(Indicator("speed", "x", median="to_close"), counted([FILED, RATED]))
    assert (found.value, found.whole) == (30, 1)
    assert figure(Indicator("speed", "x", median="to_close"), {}).why == "nothing"


def test_four_raters_are_withheld() -> None:
    rating = Indicator("content", "满意", part="content", whole="confirmed")
    four = {("content", "plain", 0): 4, ("confirmed", "plain", 0): 4}
    assert figure(rating, four).why == "few_raters"
    assert figure(rating, dict.fromkeys(four, 5)).value == 1


@pytest.mark.parametrize(
    ("part", "whole", "is_hidden"),
    [
        (9, 9000, True),
        (0, 9000, True),
        (10, 9000, False),
        (10, 19, True),
        (10, 20, False),
        (9, 9, True),
        (20, 20, False),
        (3, None, True),
    ],
)
def test_cells_under_ten_are_hidden(part: int, whole: int | None, is_hidden: bool) -> None:
    assert hidden(part, whole) is is_hidden
    typed = Indicator("rate", "x", entered=Entered("office", "a", "b"))
    assert (entered(typed, part, whole).why == "too_few") is is_hidden
    of_things = Indicator("rate", "x", entered=Entered("office", "a", "b", of_people=False))
    assert entered(of_things, part, whole).value is not None


def test_the_interval_of_wilson() -> None:
    """Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662, 0 of 20 gives 0 to 0.1611."""
    found, nobody = wilson(81, 263), wilson(0, 20)
    assert (round(found.low, 4), round(found.high, 4)) == (Decimal("0.2553"), Decimal("0.3662"))
    assert (nobody.low, round(nobody.high, 4)) == (0, Decimal("0.1611"))
    with pytest.raises(ValueError, match="nothing"):
        wilson(0, 0)


def test_the_digest_is_of_the_formula_not_of_its_name() -> None:
    renamed = Indicator("in_time", "按时办结率", part="in_time", whole="closed", target=">= 95%", source="ZH-02")
    changed = Indicator("in_time", "按时", part="in_time", whole="closed", target=">= 90%")
    assert formula_digest(renamed) == formula_digest(IN_TIME) != formula_digest(changed)
    assert formula_from(formula_to(renamed)) == renamed


def test_periods() -> None:
    day = date(2026, 8, 17)
    labels = [period_of(day, kind).label for kind in ("month", "quarter", "half", "year")]
    assert labels == ["2026-08", "2026-Q3", "2026-H2", "2026"]
    assert [
        period_named(label, kind) for label, kind in zip(labels, ("month", "quarter", "half", "year"), strict=True)
    ] == [period_of(day, kind) for kind in ("month", "quarter", "half", "year")]
    assert period_named("2026-13", "month") is None and period_named("zz", "year") is None
    assert period_of(day, "quarter").last == date(2026, 9, 30)
    assert [period.first for period in periods_back(Period(date(2026, 1, 1), 3), 2)] == [
        date(2025, 10, 1),
        date(2026, 1, 1),
    ]


AWARE = Indicator("aware", "知晓度", survey=Surveyed("知道吗", ("知道",)), target=">= 92%")


@pytest.mark.parametrize(
    ("part", "whole", "why", "met"),
    [(0, 0, "not_asked", None), (9, 40, "too_few", None), (35, 40, "too_few", None), (92, 100 + 2, "", False),
     (110, 110, "", True), (920, 1000, "", True)],
)  # fmt: skip
def test_a_survey_says_its_share_unless_it_would_point_at_somebody(
    part: int, whole: int, why: str, met: bool | None
) -> None:
    found = surveyed(AWARE, part, whole)
    assert (found.why, found.met) == (why, met)
    assert (found.value is None) == bool(why)


def test_a_formula_of_a_survey_reads_back_and_its_wording_is_the_formula() -> None:
    assert formula_from(formula_to(AWARE)) == AWARE
    other = Indicator("aware", "知晓度", survey=Surveyed("您知道吗", ("知道",)), target=">= 92%")
    assert formula_digest(other) != formula_digest(AWARE)


# 004: 100, 95, 92, 80, 70, 60, 0.06 and 2 %; each beside a share just inside and just outside.
TARGETS = [
    (">= 100%", (50, 50), (49, 50)), (">= 95%", (95, 100), (9499, 10000)), (">= 92%", (92, 100), (9199, 10000)),
    (">= 80%", (80, 100), (7999, 10000)), (">= 70%", (70, 100), (6999, 10000)), (">= 60%", (60, 100), (5999, 10000)),
    ("<= 0.06%", (6, 10000), (601, 1_000_000)), ("<= 2%", (2, 100), (20001, 1_000_000)),
]  # fmt: skip


@pytest.mark.parametrize(("target", "inside", "outside"), TARGETS)
def test_the_targets_of_the_sources_are_met_exactly_at_their_edge(
    target: str, inside: tuple[int, int], outside: tuple[int, int]
) -> None:
    one = read_target(target)
    assert one.met(Fraction(*inside)) and not one.met(Fraction(*outside))


# 001 and 002: 84 and 87 % (BT-28), 88.42 and 86.21 % (FT-04), 98.36 % (FT-12); part, whole, what the source says.
FIGURES = [(84, 95, "88.42%"), (494, 573, "86.21%"), (1863, 1894, "98.36%"), (84, 100, "84.00%"), (87, 100, "87.00%")]


@pytest.mark.parametrize(("part", "whole", "said"), FIGURES)
def test_the_figures_of_the_sources_come_out_as_they_are_printed(part: int, whole: int, said: str) -> None:
    found = share(part, whole).value
    assert found is not None and percent(found) == said
