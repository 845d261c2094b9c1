"""What was delegated is decided by whom it was delegated to, until its last day, and nothing else is."""

import json
from dataclasses import replace

import pytest

from gongzhi.core.calendar import Span
from gongzhi.core.charter.spec import Charter, Delegation
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import advance
from gongzhi.core.procedure.store import act_from, act_to, canonical, case_from, case_to
from tests.core.procedure.small import PLAIN, at, charter_with

VOTE = """
procedure: p
title: 表决
of: proposal
files: [residents]
start: decide
steps:
  decide: {title: 闭会期表决, do: meeting, by: joint, rule: representatives_meeting, within: 60d, then: {passed: {title: 通过, go: done}, failed: {title: 没过, go: dropped}, no_quorum: {title: 人数不够, go: assembly}}}
  assembly: {title: 代表会议, do: meeting, by: committee, within: 60d, then: {agreed: {title: 同意, go: done}}}
ends: {done: {title: 定了}, dropped: {title: 不定}}
"""


def charter(*procedures: str) -> Charter:
    return replace(charter_with(VOTE), delegations=(Delegation("committee", "joint", procedures, Span(1, "y")),))


def filed(one: Charter, in_force: str, when: str) -> Case:
    filing = Filing("p", "320106", "lamp", {organ: f"{organ}-1" for organ in one.organs}, in_force=in_force)
    return advance(one, None, Act("file", at(when), Actor("p", "filer"), filing=filing), PLAIN).case


def decided(one: Charter, in_force: str, when: str) -> tuple[str, str, list[str]]:
    counts = {"eligible": 9, "present": 9, "yes": 9}
    case = filed(one, in_force, when)
    outcome = advance(one, case, Act("done", at(when), Actor("j", "joint"), counts=counts), PLAIN)
    return outcome.case.control.step, outcome.case.control.end, [reason.code for reason in outcome.because]


@pytest.mark.parametrize(("when", "decides"), [("2027-01-01 10:00", True), ("2027-01-02 00:30", False)])
def test_the_last_day_still_counts_and_the_next_goes_to_who_gave_the_power(when: str, decides: bool) -> None:
    step, end, because = decided(charter("p"), "2026-01-01", when)
    assert ("delegation_over" in because) is not decides
    assert (step, end) == (("decide", "done") if decides else ("assembly", ""))


def test_what_was_not_delegated_is_refused() -> None:
    with pytest.raises(Refused, match="not_delegated"):
        decided(charter("other"), "2026-01-01", "2026-03-02 10:00")


def test_an_organ_with_powers_of_its_own_is_not_asked() -> None:
    one = replace(charter("p"), delegations=())
    assert decided(one, "2020-01-01", "2026-03-02 10:00")[1] == "done"


def test_the_day_is_in_the_log_and_in_the_case_so_that_a_replay_decides_the_same() -> None:
    case = filed(charter("p"), "2026-01-01", "2026-03-02 10:00")
    assert case_from(json.loads(canonical(case_to(case)))) == case
    filing = Filing("p", "p", "lamp", {}, in_force="2026-01-01")
    act = Act("file", at("2026-03-02 09:00"), Actor("p", "filer"), filing=filing)
    assert act_from(json.loads(canonical(act_to(act)))) == act
    assert "in_force" not in act_to(replace(act, filing=replace(filing, in_force="")))["filing"]
