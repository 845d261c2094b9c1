"""Several matters: merged ones follow a leader and keep what is theirs (R35); joined ones wait for one (R34)."""

from __future__ import annotations

from typing import Any

from tests.core.procedure.small import Play

MERGES = """
procedure: p
title: 路灯
of: appeal
files: [residents]
start: receive
after_merge: confirm
reopen: {within: 30d, to: handle, at_most: 1}
limits:
  - {name: whole, title: 全程, within: 30d, from: filed, until: confirm, raise: [office]}
steps:
  receive: {title: 登记, do: file, by: station, within: 4h, then: {sent: {title: 已派, go: handle}}, late: {assume: sent}}
  handle: {title: 处置, do: task, by: duty, within: 10wd, then: {done: {title: 已办, go: confirm}}, at_most: 4, beyond: stopped, late: {raise: [office]}}
  confirm: {title: 确认, do: confirm, by: filer, asked_by: station, within: 7d, from: served, then: {content: {title: 满意, go: settled}, not_content: {title: 不满意, go: receive_again}, no_answer: {title: 未回复, go: unanswered}}, late: {assume: no_answer}}
  receive_again: {title: 再登记, do: choice, when: [{go: handle}]}
ends: {settled: {title: 办好}, stopped: {title: 停}, unanswered: {title: 未回复}}
"""  # fmt: skip


def leader(answers: str = "section", due: str = "2026-04-30T23:59:00+08:00", **more: Any) -> dict[str, Any]:
    return {"answers": answers, "instance": f"{answers}-1", "due": due, **more}


def merged(when: str = "2026-03-03 09:00") -> Play:
    play = Play(MERGES).do("2026-03-02 10:00", "station.head", "done", outcome="sent")
    play.do("2026-03-02 11:00", "section.chief", "accept")
    return play.do(when, "section.chief", "merge", to="GZ-1", ground="same cable", fields=leader("committee"))


def test_a_follower_keeps_its_limits_and_answers_as_its_leader_does() -> None:
    before = Play(MERGES).do("2026-03-02 10:00", "station.head", "done", outcome="sent").case.clock("limit:whole")
    play = merged()
    control = play.case.control
    assert (control.status, control.leader, play.answers, control.step) == ("following", "GZ-1", "committee", "handle")
    assert [clock.name for clock in play.case.clocks] == ["limit:whole", "follow"]
    assert play.case.clock("limit:whole") == before
    play.wait("2026-04-02 00:00")  # a limit is passed: published, and the organ that answers for the leader is named
    assert play.effects()[0] == "Breached" and play.outcome.effects[0].organ == "committee"  # type: ignore[attr-defined]
    assert play.case.control.status == "following"


def test_only_who_holds_the_step_merges_and_the_other_acts_wait() -> None:
    play = Play(MERGES)
    facts = {"to": "GZ-1", "ground": "same", "fields": leader("committee")}
    assert play.refused("2026-03-02 10:00", "committee.director", "merge", **facts) == "not_holder"
    assert play.refused("2026-03-02 10:00", "filer", "merge", **facts) == "not_holder"
    elsewhere = {**facts, "fields": leader("committee", instance="committee-of-another-community")}
    assert play.refused("2026-03-02 10:00", "station.head", "merge", **elsewhere) == "other_line"
    play = merged()
    assert play.refused("2026-03-03 10:00", "section.chief", "done", outcome="done") == "following"
    assert play.refused("2026-03-03 10:00", "section.chief", "merge", **facts) == "following"
    assert play.refused("2026-03-03 10:00", "branch.secretary", "unfollow", ground="x") == "not_holder"
    assert play.refused("2026-03-03 10:00", "section.chief", "leader_ended", outcome="settled") == "not_holder"
    play.do("2026-03-03 10:00", "filer", "note", state="supplement")


def test_when_the_leader_ends_the_residents_own_confirmation_follows() -> None:
    play = merged().do("2026-03-20 10:00", "system", "leader_ended", outcome="settled")
    assert (play.step, play.case.control.status, play.answers) == ("confirm", "open", "station")
    assert play.effects() == ["LeaderEnded", "Entered", "Asked"]
    play.do("2026-03-20 11:00", "system", "serve", channel="in_app")
    play.do("2026-03-21 10:00", "filer", "done", outcome="content")
    assert (play.case.control.end, play.case.control.status) == ("settled", "closed")
    play.do("2026-03-22 10:00", "filer", "reopen", ground="dark again")
    assert (play.step, play.case.control.leader) == ("handle", "")


def test_not_content_goes_on_alone_where_reopening_goes() -> None:
    play = merged().do("2026-03-20 10:00", "system", "leader_ended", outcome="settled")
    play.do("2026-03-20 11:00", "system", "serve", channel="in_app")
    play.do("2026-03-21 10:00", "filer", "done", outcome="not_content")
    assert (play.step, play.case.control.leader, play.answers) == ("handle", "", "section")
    facts = {"to": "GZ-1", "ground": "same", "fields": leader("committee")}
    play.do("2026-03-21 11:00", "section.chief", "merge", **facts)  # its second time together, three at most
    play.do("2026-03-21 12:00", "section.chief", "unfollow", ground="another lamp")
    play.do("2026-03-21 13:00", "section.chief", "merge", **facts)
    play.do("2026-03-21 14:00", "section.chief", "unfollow", ground="another lamp")
    assert play.refused("2026-03-21 15:00", "section.chief", "merge", **facts) == "too_often"


def test_undoing_a_merge_gives_back_what_was_left_of_the_time_and_no_more() -> None:
    play = merged("2026-03-03 09:00")
    play.do("2026-03-05 09:00", "section.chief", "unfollow", ground="not the same lamp")
    assert (play.step, play.case.control.status, play.answers) == ("handle", "open", "section")
    assert play.due() == "2026-03-18 23:59"  # 9 of 10 working days were left
    late = Play(MERGES).do("2026-03-02 10:00", "station.head", "done", outcome="sent").wait("2026-03-20 09:00")
    assert late.case.control.raised == 1
    late.do("2026-03-20 10:00", "office.deputy", "merge", to="GZ-1", ground="same", fields=leader("committee"))
    late.do("2026-03-20 11:00", "office.deputy", "unfollow", ground="no").wait("2026-03-24 09:00")
    assert late.case.control.breach  # merging buys nobody time


def test_the_resident_may_always_go_alone_and_is_not_merged_again() -> None:
    play = merged().do("2026-03-03 10:00", "filer", "unfollow")
    assert play.case.control.status == "open"
    facts = {"to": "GZ-1", "ground": "same", "fields": leader("committee")}
    assert play.refused("2026-03-03 11:00", "section.chief", "merge", **facts) == "stays_alone"


def test_a_leader_that_is_late_makes_its_followers_late_and_one_that_moves_tells_them() -> None:
    play = merged()
    play.do("2026-03-04 09:00", "system", "lead", to="GZ-1", fields=leader("branch", "2026-03-06T23:59:00+08:00"))
    assert play.answers == "branch" and play.due("follow") == "2026-03-06 23:59"
    play.wait("2026-03-07 09:00")
    assert play.case.control.breach and play.case.clock("follow") is not None
    play.do("2026-03-07 10:00", "system", "lead", to="GZ-2", fields=leader("branch"))
    assert (play.case.control.breach, play.case.control.leader) == (False, "GZ-2")


WAITS = """
procedure: p
title: 路灯
of: appeal
files: [residents]
start: gather
steps:
  gather: {title: 等会议, do: wait, by: station, for_matter: p, within: 30d, then: {lit: {title: 办好, go: lit}, dark: {title: 不办, go: dark}, withdrawn: {title: 撤回, go: handle}, not_needed: {title: 不用等, go: handle}}, late: {raise: [office]}}
  handle: {title: 处置, do: task, by: duty, within: 10wd, then: {done: {title: 已办, go: lit}}, late: {raise: [office]}}
ends: {lit: {title: 亮了}, dark: {title: 不亮}}
"""  # fmt: skip


def test_a_waiting_matter_keeps_its_clock_and_gets_the_end_of_the_other() -> None:
    play = Play(WAITS)
    assert play.refused("2026-03-02 10:00", "branch.secretary", "join", to="GZ-9") == "not_holder"
    assert play.refused("2026-03-02 10:00", "system", "delivered", outcome="lit") == "not_waiting"
    due = play.due()
    play.do("2026-03-02 10:00", "station.head", "join", to="GZ-9")
    assert (play.case.control.awaits, play.answers, play.due()) == ("GZ-9", "station", due)
    assert play.refused("2026-03-02 11:00", "station.head", "done", outcome="lit") == "delivered"
    play.do("2026-03-10 10:00", "system", "delivered", outcome="lit")
    assert (play.case.control.end, play.case.control.awaits) == ("lit", "GZ-9")
    other = Play(WAITS).do("2026-03-02 10:00", "station.head", "done", outcome="not_needed")
    assert other.step == "handle"
