"""Parts, signatures, notices, objections, choices, decisions, children, corrections (R1, R6, R7, R27 to R33)."""

from __future__ import annotations

from tests.core.procedure.small import Play

JOINT = """
procedure: p
title: 联合
of: appeal
files: [residents]
start: council
set_aside_by: [office]
fields:
  far: {title: 是否超出, type: yesno, class: plain}
  cost: {title: 金额, type: number, class: plain}
steps:
  council: {title: 议事, do: meeting, by: committee.director, calls: [{who: residents, at_least: 20}, branch.secretary, {who: section.chief, if: far}], within: 5d, asks: [far, cost], makes: [minutes], then: {agreed: {title: 成, go: which}, nothing: {title: 不成, makes: [], go: dropped}}, at_most: 2, beyond: dropped, late: {raise: [office]}}
  which: {title: 是否上报, do: choice, when: [{if: "far && cost > 100 && uses.council < 3", go: submit}, {go: post}]}
  submit: {title: 上报, do: agreement, by: station, signed_by: [branch, committee, station], within: 2wd, then: {submitted: {title: 报了, go: post}, unsigned: {title: 没签齐, go: council}}, late: {assume: unsigned}}
  post: {title: 公示, do: notice, by: committee, for: 5d, publish: {board: community}, makes: [notice_text], object: {who: residents, answer: 3d, at_least: 1}, then: {unopposed: {title: 无异议, go: settled}, opposed: {title: 有异议, go: council}}, late: {assume: unopposed}}
ends: {settled: {title: 好}, dropped: {title: 停}}
"""

YES = {"far": True, "cost": 200}
PAPERS = {"minutes": "d1"}


def met(play: Play) -> Play:
    play.do("2026-03-03 10:00", "filer", "part", part="attend.residents", count=20)
    return play.do("2026-03-03 10:00", "branch.secretary", "part", part="attend.branch.secretary")


def at_signing() -> Play:
    return met(Play(JOINT)).do(
        "2026-03-03 11:00", "committee.director", "done", outcome="agreed", fields=YES, documents=PAPERS
    )


def test_everybody_called_has_to_come_before_the_holder_can_conclude() -> None:
    play = Play(JOINT)
    done = {"outcome": "agreed", "fields": YES, "documents": PAPERS}
    assert play.refused("2026-03-03 10:00", "committee.director", "done", **done) == "parts_open"
    few = play.refused("2026-03-03 10:00", "filer", "part", part="attend.residents", count=19)
    assert few == "too_few"
    met(play)
    assert play.refused("2026-03-03 10:30", "filer", "part", part="attend.residents", count=30) == "already_done"
    assert play.do("2026-03-03 11:00", "committee.director", "done", **done).step == "submit"


def test_the_convener_may_write_down_who_came_but_nobody_signs_for_another() -> None:
    play = Play(JOINT)
    play.do("2026-03-03 10:00", "committee.director", "part", part="attend.branch.secretary")
    assert play.case.control.parts == (("attend.branch.secretary", "done"), ("attend.residents", "open"))
    signing = at_signing()
    assert signing.refused("2026-03-03 12:00", "station.head", "part", part="sign.branch") == "not_holder"


def test_only_the_seat_or_its_stand_in_acts() -> None:
    done = {"outcome": "agreed", "fields": YES, "documents": PAPERS}
    assert met(Play(JOINT)).refused("2026-03-03 11:00", "committee", "done", **done) == "not_holder"
    assert met(Play(JOINT)).do("2026-03-03 11:00", "committee.vice", "done", **done).step == "submit"


def test_documents_and_facts_that_are_asked_for_have_to_be_there() -> None:
    play = met(Play(JOINT))
    assert (
        play.refused("2026-03-03 11:00", "committee.director", "done", outcome="agreed", fields=YES)
        == "documents_missing"
    )
    refusal = play.refused("2026-03-03 11:00", "committee.director", "done", outcome="agreed", documents=PAPERS)
    assert refusal == "fields_missing"
    for value, code in (
        ({"far": "yes", "cost": 1}, "field_value"),
        ({"far": True, "cost": True}, "field_value"),
        ({"near": 1}, "field_unknown"),
    ):
        assert (
            play.refused(
                "2026-03-03 11:00", "committee.director", "done", outcome="agreed", fields=value, documents=PAPERS
            )
            == code
        )
    odd = {"minutes": "d", "diary": "d"}
    assert (
        play.refused("2026-03-03 11:00", "committee.director", "done", outcome="agreed", fields=YES, documents=odd)
        == "paper_unknown"
    )
    assert (
        play.do("2026-03-03 11:00", "committee.director", "done", outcome="nothing", fields=YES).case.control.end
        == "dropped"
    )


def test_a_silent_part_lapses_and_cannot_veto() -> None:
    play = Play(JOINT).wait("2026-03-08 00:00")
    assert [state for _, state in play.case.control.parts] == ["lapsed", "lapsed"]
    assert play.effects() == ["PartChanged", "PartChanged", "Raised"]
    assert (
        play.do("2026-03-08 09:00", "committee.director", "done", outcome="agreed", fields=YES, documents=PAPERS).step
        == "submit"
    )


def test_choice_goes_the_first_true_way_and_says_which() -> None:
    play = at_signing()
    assert play.step == "submit"
    chosen = [reason for reason in play.outcome.because if reason.code == "choice"]
    assert dict(chosen[0].args)["if"].startswith("far")
    near = met(Play(JOINT)).do(
        "2026-03-03 11:00",
        "committee.director",
        "done",
        outcome="agreed",
        fields={"far": True, "cost": 100},
        documents=PAPERS,
    )
    assert near.step == "post"


def test_three_signatures_or_the_outcome_for_unsigned() -> None:
    play = at_signing()
    assert play.refused("2026-03-03 12:00", "station.head", "done", outcome="submitted") == "unsigned"
    assert play.refused("2026-03-03 12:00", "station.head", "done", outcome="unsigned") == "outcome_unknown"
    for who in ("branch.secretary", "committee.director", "station.head"):
        play.do("2026-03-03 12:00", who, "part", part=f"sign.{who.partition('.')[0]}")
    assert play.do("2026-03-03 12:30", "station.head", "done", outcome="submitted").step == "post"
    refuses = at_signing().do("2026-03-03 12:00", "branch.secretary", "part", part="sign.branch", state="refused")
    assert refuses.refused("2026-03-03 12:10", "station.head", "done", outcome="submitted") == "unsigned"
    assert refuses.do("2026-03-03 12:20", "station.head", "done", outcome="unsigned").step == "council"


def posted() -> Play:
    play = met(Play(JOINT)).do(
        "2026-03-03 11:00",
        "committee.director",
        "done",
        outcome="agreed",
        fields={"far": False, "cost": 1},
        documents=PAPERS,
    )
    assert [clock.name for clock in play.case.clocks] == ["serve"]
    return play.do("2026-03-04 09:00", "committee.director", "serve", channel="board", documents={"notice_text": "d2"})


def test_a_notice_runs_from_the_day_it_hangs_and_cannot_be_cut_short() -> None:
    play = posted()
    assert (play.due(), "Published" in play.effects()) == ("2026-03-09 23:59", True)
    assert play.refused("2026-03-05 09:00", "committee.director", "done", outcome="unopposed") == "too_early"
    assert play.wait("2026-03-10 00:00").case.control.end == "settled"


def test_posting_a_notice_needs_its_text() -> None:
    play = met(Play(JOINT)).do(
        "2026-03-03 11:00",
        "committee.director",
        "done",
        outcome="agreed",
        fields={"far": False, "cost": 1},
        documents=PAPERS,
    )
    assert play.refused("2026-03-04 09:00", "committee.director", "serve", channel="board") == "documents_missing"


def test_an_objection_keeps_the_notice_open_until_it_is_answered() -> None:
    play = posted().do("2026-03-09 10:00", "resident", "object", part="o1").wait("2026-03-10 00:00")
    assert play.case.control.ran_out and [clock.name for clock in play.case.clocks] == ["object:o1"]
    assert play.refused("2026-03-10 09:00", "resident", "object", part="o2") == "too_late"
    assert (
        play.refused("2026-03-10 09:00", "committee.director", "answer_objection", part="o1", state="rejected")
        == "ground_missing"
    )
    play.do(
        "2026-03-10 09:00", "committee.director", "answer_objection", part="o1", state="rejected", ground="面积没有变"
    )
    assert play.case.control.end == "settled"


def test_an_upheld_objection_sends_the_matter_back() -> None:
    play = posted().do("2026-03-05 10:00", "resident", "object", part="o1")
    play.do("2026-03-05 12:00", "committee.director", "answer_objection", part="o1", state="upheld", ground="确实")
    assert play.step == "post"  # the time still runs out for everybody
    assert play.wait("2026-03-10 00:00").step == "council"


def test_an_objection_nobody_answers_is_raised_then_counts_as_upheld() -> None:
    play = posted().do("2026-03-05 10:00", "resident", "object", part="o1").wait("2026-03-09 00:00")
    assert play.case.control.objections == (("o1", "raised"),)
    assert play.wait("2026-03-20 00:00").step == "council"


def test_set_aside_needs_the_organ_a_ground_and_is_bounded() -> None:
    play = at_signing()
    assert play.refused("2026-03-03 12:00", "station.head", "set_aside", to="council", ground="x") == "not_holder"
    assert play.refused("2026-03-03 12:00", "office.deputy", "set_aside", to="council") == "ground_missing"
    assert (
        play.do("2026-03-03 12:00", "office.deputy", "set_aside", to="council", ground="通知不合规定").step == "council"
    )
    for _ in range(2):
        play.do("2026-03-03 12:00", "office.deputy", "set_aside", to="submit", ground="再看")
    assert play.refused("2026-03-03 12:00", "office.deputy", "set_aside", to="submit", ground="再看") == "too_often"


def test_a_relative_who_says_so_cannot_act() -> None:
    play = met(Play(JOINT)).do("2026-03-03 10:30", "committee.director", "note", state="related")
    done = {"outcome": "agreed", "fields": YES, "documents": PAPERS}
    assert play.refused("2026-03-03 11:00", "committee.director", "done", **done) == "abstained"
    assert play.do("2026-03-03 11:00", "committee.vice", "done", **done).step == "submit"


def test_remarks_and_ratings_move_no_clock() -> None:
    play = Play(JOINT)
    before = (play.case.control, play.case.clocks)
    play.do("2026-03-03 10:00", "filer", "note", state="remark").do("2026-03-03 10:00", "filer", "rate", state="4")
    assert (play.case.control, play.case.clocks) == before


VOTE = """
procedure: p
title: 表决
of: proposal
files: [residents]
start: vote
steps:
  vote: {title: 代表会议, do: meeting, by: committee, rule: representatives_meeting, within: 10d, then: {passed: {title: 过, go: open}, failed: {title: 没过, go: lost}, no_quorum: {title: 人不够, go: vote}}, at_most: 2, beyond: lost, late: {raise: [office]}}
  open: {title: 分头办, do: task, by: committee, opens: {procedure: p, wait: all}, within: 10d, then: {done: {title: 好, go: won}}, late: {raise: [office]}}
ends: {won: {title: 成}, lost: {title: 不成}}
"""


def test_counts_decide_and_nobody_names_the_outcome() -> None:
    play = Play(VOTE)
    assert play.refused("2026-03-03 10:00", "committee.director", "done", outcome="passed") == "outcome_computed"
    short = {"members": 60, "eligible": 60, "present": 39, "yes": 39}
    rule = play.charter.rules["representatives_meeting"][0]
    counts = {name: short[name] for name in rule.counts}
    play.do("2026-03-03 10:00", "committee.director", "done", counts=counts)
    assert (play.step, play.case.visit) == ("vote", "vote#2")
    counts |= {"present": 40, "yes": 21}
    play.do("2026-03-04 10:00", "committee.director", "done", counts=counts)
    assert play.step == "open"
    assert next(dict(r.args)["outcome"] for r in play.outcome.because if r.code == "verdict") == "passed"


def test_a_step_waits_for_the_matters_it_opened() -> None:
    play = Play(VOTE)
    rule = play.charter.rules["representatives_meeting"][0]
    counts = {name: {"present": 40, "yes": 30}.get(name, 60) for name in rule.counts}
    play.do("2026-03-03 10:00", "committee.director", "done", counts=counts)
    assert "ChildrenOpened" in play.effects()
    assert play.refused("2026-03-04 10:00", "committee.director", "done", outcome="done") == "parts_open"
    assert play.refused("2026-03-04 10:00", "committee.director", "child", part="1") == "not_holder"
    play.do("2026-03-04 10:00", "system", "child", part="1")
    assert play.do("2026-03-04 11:00", "committee.director", "done", outcome="done").case.control.end == "won"


def test_bad_counts_are_refused_with_what_is_wrong() -> None:
    play = Play(VOTE)
    assert play.refused("2026-03-03 10:00", "committee.director", "done", counts={"present": 3}) == "count_wrong"


def test_a_correction_names_the_visit_it_corrects_and_moves_nothing() -> None:
    play = at_signing()
    before = (play.step, play.case.clocks)
    better = {"documents": {"minutes": "d9"}, "fields": {"cost": 50}}
    assert play.refused("2026-03-04 09:00", "station.head", "correct", visit="council#1", **better) == "not_holder"
    assert (
        play.refused("2026-03-04 09:00", "committee.director", "correct", visit="council#7", **better) == "not_holder"
    )
    play.do("2026-03-04 09:00", "committee.director", "correct", visit="council#1", **better)
    assert (play.step, play.case.clocks) == before and dict(play.case.control.given)["cost"] == 50
    assert play.outcome.effects[-1].visit == "council#1"  # type: ignore[attr-defined]
