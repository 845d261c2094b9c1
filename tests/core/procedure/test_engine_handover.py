"""Passing on: window, silence, bound, adjudicator (R8 to R14, R43 to R45)."""

from __future__ import annotations

from dataclasses import replace

from gongzhi.core.procedure.acts import Actor
from gongzhi.core.procedure.case import evolve, put
from gongzhi.core.procedure.engine import setting_of
from gongzhi.core.procedure.handover import barred
from gongzhi.core.procedure.options import options
from tests.core.procedure.small import Play

PROCEDURE = """
procedure: p
title: 路灯
of: appeal
files: [residents]
start: receive
steps:
  receive: {title: 登记, do: file, by: station, within: 4h, then: {sent: {title: 已派, go: handle}}, late: {assume: sent}}
  handle: {title: 处置, do: task, by: duty, within: 5wd, then: {done: {title: 已办, go: inspect}}, at_most: 3, beyond: stopped, late: {raise: [office]}}
  inspect: {title: 复核, do: inspection, by: committee, within: 3wd, apart_from: [{step: handle, level: organ}], then: {passed: {title: 好, go: settled}, rework: {title: 重办, go: handle}}, late: {}}
ends: {settled: {title: 办好}, stopped: {title: 停}}
"""


def sent() -> Play:
    return Play(PROCEDURE).do("2026-03-02 10:00", "station.head", "done", outcome="sent")


def test_offer_leaves_the_sender_answerable_until_accepted() -> None:
    play = sent()
    assert (play.case.control.phase, play.answers) == ("offered", "station")
    assert play.due() == "2026-03-09 23:59"  # the step clock runs from the offer, the window inside it
    play.do("2026-03-02 11:00", "section.chief", "accept")
    assert (play.case.control.phase, play.answers) == ("doing", "section")
    assert play.due() == "2026-03-09 23:59"


def test_silence_at_the_end_of_the_window_is_acceptance() -> None:
    play = sent().wait("2026-03-04 00:00")
    assert (play.case.control.phase, play.answers) == ("doing", "section")
    assert play.effects() == ["Accepted"]


def test_third_office_is_never_reached() -> None:
    play = sent().do("2026-03-02 11:00", "section.chief", "decline", to="safety", ground="order:safety")
    assert (play.case.control.holder, play.case.control.passes, play.answers) == ("safety", 1, "station")
    play.do("2026-03-02 12:00", "safety", "decline", to="office", ground="lamp:section")
    assert (play.case.control.status, play.answers, play.case.control.passes) == ("ruling", "joint", 2)
    assert [clock.name for clock in play.case.clocks] == ["ruling"]


def test_adjudicator_binds_and_restarts_the_clock_once() -> None:
    play = sent().do("2026-03-02 11:00", "section.chief", "decline", to="safety", ground="order:safety")
    play.do("2026-03-02 12:00", "safety", "decline", to="section", ground="lamp:section")
    assert play.refused("2026-03-03 08:00", "section.chief", "accept") == "in_ruling"
    play.do("2026-03-03 09:00", "joint", "assign", to="section")
    assert (play.case.control.phase, play.answers, play.due()) == ("doing", "section", "2026-03-10 23:59")
    assert play.refused("2026-03-03 10:00", "section.chief", "decline", to="safety", ground="order:safety") == "bound"


def test_silent_adjudicator_leaves_it_to_the_duty_list() -> None:
    play = sent().do("2026-03-02 11:00", "section.chief", "decline", to="safety", ground="order:safety")
    play.do("2026-03-02 12:00", "safety", "decline", to="section", ground="lamp:section").wait("2026-03-05 00:00")
    assert (play.case.control.holder, play.case.control.phase, play.answers) == ("section", "doing", "section")
    assert play.effects() == ["Breached", "Assigned"]


def test_passed_on_to_the_sender_is_not_offered_again() -> None:
    play = sent().do("2026-03-02 11:00", "section.chief", "decline", to="station", ground="order:safety")
    assert (play.case.control.holder, play.case.control.phase) == ("station", "doing")


def test_who_inspects_cannot_be_handed_the_work() -> None:
    play = sent()
    assert (
        play.refused("2026-03-02 11:00", "section.chief", "decline", to="committee", ground="order:safety") == "barred"
    )
    assert (
        play.refused("2026-03-02 11:00", "section.chief", "decline", to="section", ground="order:safety")
        == "same_organ"
    )
    assert (
        play.refused("2026-03-02 11:00", "section.chief", "decline", to="nobody", ground="order:safety")
        == "unknown_organ"
    )
    assert play.refused("2026-03-02 11:00", "section.chief", "decline", to="safety", ground=" ") == "ground_missing"


def test_rework_goes_back_without_a_new_offer_and_passing_on_stays_over() -> None:
    play = sent().do("2026-03-02 11:00", "section.chief", "accept")
    play.do("2026-03-03 09:00", "section.chief", "done", outcome="done")
    play.do("2026-03-03 10:00", "committee.director", "done", outcome="rework")
    assert (play.step, play.case.control.phase, play.answers) == ("handle", "doing", "section")
    refusal = play.refused("2026-03-03 11:00", "section.chief", "decline", to="safety", ground="order:safety")
    assert refusal == "already_accepted"


def test_loop_ends_at_beyond_when_it_is_used_up() -> None:
    play = sent()
    for day in (3, 4, 5):
        play.do(f"2026-03-0{day} 09:00", "section.chief", "done", outcome="done")
        play.do(f"2026-03-0{day} 10:00", "committee.director", "done", outcome="rework")
    assert (play.case.control.end, play.case.control.status) == ("stopped", "final")
    assert [reason.code for reason in play.outcome.because] == ["in_time", "used_up"]


def test_handler_may_not_inspect_and_a_stranger_may_do_nothing() -> None:
    play = sent().do("2026-03-03 09:00", "section.chief", "done", outcome="done")
    assert play.refused("2026-03-03 10:00", "section.chief", "done", outcome="passed") == "not_holder"
    assert play.refused("2026-03-03 10:00", "branch.secretary", "done", outcome="passed") == "not_holder"


def test_passing_on_names_a_line_that_says_another_office() -> None:
    play = sent()
    for ground in ("too busy", "lamp:section", "order"):  # no line at all, its own line, half a line
        refused = play.refused("2026-03-02 11:00", "section.chief", "decline", to="safety", ground=ground)
        assert refused == "ground_not_listed"
    play.do("2026-03-02 11:00", "section.chief", "decline", to="safety", ground="order:safety the gate is theirs")
    assert play.case.control.holder == "safety"


def test_every_doer_of_the_work_is_barred_from_inspecting_not_only_the_last() -> None:
    """Rework by another organ: the first one did the work as well (promise 4)."""
    play = sent().do("2026-03-02 11:00", "section.chief", "decline", to="station", ground="order:safety")
    play.do("2026-03-02 12:00", "station.head", "done", outcome="done")
    control, history = play.case.control, play.case.history
    on = setting_of(play.charter, play.case)
    elsewhere = evolve(control, kept=put(control.kept, "handle", "section"))  # held by somebody else since
    assert barred(on, elsewhere, "station", history) and barred(on, elsewhere, "section", history)
    assert not barred(on, elsewhere, "branch", history)


def test_passing_on_is_offered_only_where_some_ground_would_do() -> None:
    """Found by a broken charter: an office was offered what every ground would have been refused for."""
    play = sent()
    chief = Actor("p", "section", "chief")
    alone = replace(
        play.charter,
        duties=tuple(duty for duty in play.charter.duties if duty.answers == "section"),
        handover=replace(play.charter.handover, grounds={}),  # type: ignore[type-var]
    )
    assert "decline" in {one.kind for one in options(play.charter, play.case, chief)}
    assert "decline" not in {one.kind for one in options(alone, play.case, chief)}


HELPED = PROCEDURE.replace(
    "within: 5wd, then: {done:",
    "need: any, parts: {hand: {title: 帮, by: branch, do: help}, look: {title: 看, by: committee, do: help}}, "
    "within: 5wd, then: {done:",
)


def test_parts_count_as_doing_on_both_sides_of_a_separation() -> None:
    """One rule for holding a step, doing it and doing a part, whichever of the two steps the charter wrote it at."""
    play = Play(HELPED).do("2026-03-02 10:00", "station.head", "done", outcome="sent")
    play.do("2026-03-02 11:00", "branch.secretary", "part", part="hand")
    play.do("2026-03-02 12:00", "section.chief", "done", outcome="done")
    on = setting_of(play.charter, play.case)
    assert barred(on, play.case.control, "branch", play.case.history), "who helped with the work may not inspect it"
    play.do("2026-03-03 10:00", "committee.director", "done", outcome="rework")
    assert play.refused("2026-03-03 11:00", "committee.vice", "part", part="look") == "apart"
    looks = options(play.charter, play.case, Actor("p", "committee", "vice"))
    assert [(one.kind, one.blocked) for one in looks] == [("part", "apart")]
    play.do("2026-03-03 11:00", "branch.secretary", "part", part="hand")
