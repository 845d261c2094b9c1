"""How long a matter can take: against every path of small procedures, and with real holidays."""

from dataclasses import replace
from functools import cache

import pytest

from gongzhi.core.calendar import Span
from gongzhi.core.charter.law import load_law
from gongzhi.core.charter.spec import Extend, Handover, Late, Limit, Pause, Procedure
from gongzhi.core.check import loops, times
from gongzhi.core.procedure.case import get
from tests.charters.play import LAW
from tests.core.check.procedures import NOWHERE, OFFICE, all_states, charter_of, procedure, random_procedure, task

CALENDAR = load_law(LAW).calendar


def longest(one: Procedure) -> int:
    """Three days for each step of the longest path, by trying them all."""
    states = all_states(one)
    assert states is not None

    @cache
    def visits(control: object) -> int:
        after = states[control]  # type: ignore[index]
        return max((1 + visits(target) for target in after), default=0)

    start = next(iter(states))
    return 3 * visits(start)


def test_no_path_takes_longer_than_is_said() -> None:
    """Conditions are not looked at, so the bound may be larger, never smaller."""
    exact = 0
    for seed in range(400):
        one = random_procedure(seed)
        found = times.times(charter_of(one), one, CALENDAR)
        if found is None:
            assert loops.has_loop(one)
            continue
        assert found.slow >= longest(one), seed
        exact += found.slow == longest(one)
    assert exact > 50


def test_the_coarse_bound_is_never_below_the_exact_one() -> None:
    for seed in range(300):
        one = random_procedure(seed)
        if not loops.has_loop(one):
            cost = dict.fromkeys(one.steps, 3.0)
            assert times._coarse(one, cost) >= times._longest(one, cost), seed


def test_pauses_extensions_and_rungs_are_counted() -> None:
    plain = procedure(task("a", "end"))
    assert times.times(charter_of(plain), plain, CALENDAR) == times.Times(3, 3)
    step = replace(
        plain.steps["a"],
        extend=Extend(Span(10, "d"), OFFICE, 2),
        pause=Pause({"rain": "rain"}, Span(20, "d"), 1),
        late=Late(("office",), None, Span(5, "d")),
    )
    full = procedure(step)
    assert times.times(charter_of(full), full, CALENDAR) == times.Times(3 + 2 * 11 + 21, 3 + 2 * 11 + 21 + 6)


def test_passing_on_is_counted_once_for_each_step_that_is_offered() -> None:
    one = procedure(task("a", "end"))
    charter = replace(charter_of(one), handover=Handover(Span(1, "d"), 1, "office", Span(2, "d")))
    found = times.times(charter, one, CALENDAR)
    assert found
    assert found.slow == 3 + 2 * 2 + 3 + 3


@pytest.mark.parametrize(
    ("span", "least", "most"), [("1d", 2, 2), ("24h", 1, 1), ("1mo", 32, 32), ("5wd", 13, 16), ("1wd", 9, 12)]
)
def test_working_days_use_the_longest_holidays(span: str, least: int, most: int) -> None:
    """Five working days over the spring festival take about two weeks."""
    assert least <= times.days(Span.parse(span), CALENDAR) <= most


def limited(within: str) -> list[str]:
    one = procedure(task("a", "b"), task("b", "end"))
    one = replace(one, limits=(Limit("whole", "whole", Span.parse(within), "filed"),))
    return [finding.code for finding in times.check(charter_of(one), CALENDAR, NOWHERE)]


def test_a_limit_that_cannot_be_kept_is_found() -> None:
    assert limited("3d") == ["GZ308"]
    assert limited("6d") == []


def test_many_counters_still_give_a_bound() -> None:
    steps = [task(f"s{n}", f"s{n + 1}", f"s{n}", at_most=3, beyond=f"s{n + 1}") for n in range(30)]
    one = procedure(task("s", "s0"), *steps, task("s30", "end"))
    found = times.times(charter_of(one), one, CALENDAR)
    assert found
    assert found.slow >= 3 * (30 * 3 + 2)
    assert get((("a", 1),), "a") == 1
