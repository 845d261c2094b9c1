"""Lateness, pauses, extensions, limits, and that it never matters when somebody looks (R15 to R26)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.procedure.engine import tick
from tests.core.procedure.small import PLAIN, Play, at

LADDER = """
procedure: p
title: 梯子
of: appeal
files: [residents]
start: work
limits: [{name: legal, title: 法定, within: 10d, from: filed, until: ask, law: 例 1, raise: [office]}]
reopen: {within: 30d, to: work, at_most: 1}
steps:
  work: {title: 办理, do: task, by: station, within: 5wd, pause: {grounds: {rain: 下雨}, up_to: 10d, at_most: 1}, extend: {by: 3wd, approved_by: office.deputy, at_most: 1}, then: {done: {title: 好, go: ask}}, at_most: 3, beyond: gave_up, late: {raise: [office, joint]}}
  ask: {title: 确认, do: confirm, by: filer, asked_by: committee, within: 7d, from: served, then: {content: {title: 满意, go: settled}, not_content: {title: 不满意, go: work}, no_answer: {title: 没回, go: unanswered}}, late: {assume: no_answer}}
ends: {settled: {title: 好}, unanswered: {title: 没回}, gave_up: {title: 停}}
"""


def test_late_is_raised_rung_by_rung_then_published_and_repeated() -> None:
    play = Play(LADDER)
    assert (play.answers, play.due()) == ("station", "2026-03-09 23:59")
    assert play.wait("2026-03-10 00:00").answers == "office"
    assert play.wait("2026-03-13 00:00").answers == "joint"  # 3 working days: Tue, Wed, Thu
    play.wait("2026-03-18 00:00")
    assert play.case.control.breach and play.answers == "joint"
    assert play.effects()[-1] == "Breached"
    play.wait("2026-03-25 00:00")
    assert play.outcome.effects[-1].times == 2  # type: ignore[attr-defined]


def test_who_was_raised_may_do_it_by_its_own_power_and_the_holder_still_may() -> None:
    late = Play(LADDER).wait("2026-03-10 12:00")
    assert late.do("2026-03-10 13:00", "office.deputy", "done", outcome="done").step == "ask"
    assert (
        Play(LADDER).wait("2026-03-10 12:00").do("2026-03-10 13:00", "station.head", "done", outcome="done").step
        == "ask"
    )


def test_in_time_means_not_after_the_deadline() -> None:
    due = Play(LADDER).case.clocks[0].due
    assert Play(LADDER).do("2026-03-09 23:59:59.999999", "station.head", "done", outcome="done").step == "ask"
    play = Play(LADDER).do("2026-03-10 00:00", "station.head", "done", outcome="done")
    assert "Raised" in play.effects() and due < at("2026-03-10 00:00")


def test_pause_keeps_the_working_days_that_were_left_and_ends_by_itself() -> None:
    play = Play(LADDER).do("2026-03-04 10:00", "station.head", "pause", ground="rain")
    assert [clock.name for clock in play.case.clocks] == ["limit:legal", "pause"]
    assert play.refused("2026-03-04 11:00", "station.head", "pause", ground="rain") == "no_pause"
    play.do("2026-03-06 10:00", "station.head", "resume")
    assert play.due() == "2026-03-11 23:59"  # Wed to Mon was 3 working days; from Fri: Mon, Tue, Wed
    assert play.refused("2026-03-06 11:00", "station.head", "pause", ground="rain") == "no_pause"
    asleep = Play(LADDER).do("2026-03-04 10:00", "station.head", "pause", ground="rain").wait("2026-03-15 00:00")
    assert not asleep.case.control.paused and asleep.due() == "2026-03-18 23:59"


def test_pause_needs_a_ground_of_the_charter_and_a_clock_that_has_not_run_out() -> None:
    assert Play(LADDER).refused("2026-03-03 09:00", "station.head", "pause", ground="holiday") == "ground_unknown"
    assert Play(LADDER).refused("2026-03-11 09:00", "station.head", "pause", ground="rain") == "no_pause"


def test_extension_adds_to_the_old_deadline_once_and_only_by_the_approver() -> None:
    play = Play(LADDER)
    assert play.refused("2026-03-03 09:00", "station.head", "extend", ground="水泥") == "not_holder"
    play.do("2026-03-03 09:00", "office.deputy", "extend", ground="水泥")
    assert play.due() == "2026-03-12 23:59"
    assert play.refused("2026-03-03 10:00", "office.deputy", "extend", ground="水泥") == "no_extension"
    assert Play(LADDER).refused("2026-03-10 09:00", "office.deputy", "extend", ground="水泥") == "no_extension"


def test_limit_publishes_a_breach_and_moves_nothing() -> None:
    play = Play(LADDER).do("2026-03-04 10:00", "station.head", "pause", ground="rain")
    play.wait("2026-03-13 00:00")
    assert play.effects() == ["Breached", "Raised"] and play.step == "work" and play.answers == "station"


def test_residents_silence_counts_only_after_the_words_were_delivered() -> None:
    play = Play(LADDER).do("2026-03-03 09:00", "station.head", "done", outcome="done")
    assert [clock.name for clock in play.case.clocks] == ["serve"] and play.answers == "committee"
    play.wait("2026-05-01 00:00")
    assert play.step == "ask" and play.case.control.breach  # never assumed: nobody told the resident
    play.do("2026-05-06 09:00", "system", "serve", channel="inbox")
    assert play.due() == "2026-05-13 23:59"
    assert play.wait("2026-05-14 00:00").case.control.end == "unanswered"


def test_the_outcome_of_silence_cannot_be_chosen() -> None:
    play = Play(LADDER).do("2026-03-03 09:00", "station.head", "done", outcome="done")
    assert play.refused("2026-03-03 10:00", "filer", "done", outcome="no_answer") == "not_choosable"
    assert play.do("2026-03-03 10:00", "filer", "done", outcome="content").case.control.end == "settled"


def test_reopening_ends_with_its_clock() -> None:
    play = Play(LADDER).do("2026-03-03 09:00", "station.head", "done", outcome="done")
    play.do("2026-03-03 10:00", "filer", "done", outcome="content")
    assert (play.case.control.status, play.due("reopen")) == ("closed", "2026-04-02 23:59")
    again = Play(LADDER).do("2026-03-03 09:00", "station.head", "done", outcome="done")
    again.do("2026-03-03 10:00", "filer", "done", outcome="content").do(
        "2026-03-05 10:00", "filer", "reopen", ground="又坏了"
    )
    assert (again.step, again.case.control.phase, again.answers) == ("work", "doing", "station")
    assert play.wait("2026-04-03 00:00").case.control.status == "final"
    assert play.refused("2026-04-03 09:00", "filer", "reopen", ground="又坏了") == "final"


def test_an_act_prepared_for_an_earlier_visit_is_refused() -> None:
    play = Play(LADDER)
    assert play.case.visit == "work#1"
    play.do("2026-03-03 09:00", "station.head", "done", outcome="done", visit="work#1")
    assert play.refused("2026-03-03 09:01", "station.head", "done", outcome="done", visit="work#1") == "moved_on"


def test_time_never_runs_back() -> None:
    play = Play(LADDER).do("2026-03-04 09:00", "station.head", "pause", ground="rain")
    assert play.refused("2026-03-03 09:00", "station.head", "resume") == "clock_back"


def test_withdrawn_is_over_at_once() -> None:
    play = Play(LADDER)
    assert play.refused("2026-03-03 09:00", "station.head", "withdraw") == "no_withdrawal"
    play.do("2026-03-03 09:00", "filer", "withdraw")
    assert (play.case.control.status, play.case.control.end, play.case.clocks) == ("final", "withdrawn", ())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 24 * 90), min_size=1, max_size=6))
def test_ticking_often_or_once_gives_the_same_case(hours: list[int]) -> None:
    """R18: a late worker changes nothing, and a second look changes nothing."""
    from datetime import timedelta

    start = Play(LADDER)
    moments = [at("2026-03-02 09:00") + timedelta(hours=hour) for hour in sorted(hours)]
    often = start.case
    for moment in moments:
        often = tick(start.charter, often, moment, PLAIN).case
        assert tick(start.charter, often, moment, PLAIN).case is often
    once = tick(start.charter, start.case, moments[-1], PLAIN).case
    assert often == once


PAUSED_PART = """
procedure: p
title: 部分
of: appeal
files: [residents]
start: work
steps:
  work: {title: 办理, do: task, by: station, parts: {own: {title: 自己的期限, by: branch, within: 2wd}, same: {title: 同步, by: committee}}, within: 5wd, pause: {grounds: {rain: 下雨}, up_to: 10d, at_most: 1}, then: {done: {title: 好, go: settled}}, late: {raise: [office]}}
ends: {settled: {title: 好}}
"""


def test_a_pause_moves_the_parts_that_share_the_steps_time_and_no_others() -> None:
    play = Play(PAUSED_PART).do("2026-03-03 10:00", "station.head", "pause", ground="rain")
    assert [clock.name for clock in play.case.clocks] == ["part:own", "pause"]
    play.do("2026-03-04 09:00", "station.head", "resume")
    assert (play.due("part:own"), play.due("part:same"), play.due()) == (
        "2026-03-04 23:59", "2026-03-10 23:59", "2026-03-10 23:59",
    )  # fmt: skip
