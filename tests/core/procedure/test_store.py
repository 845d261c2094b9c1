"""Cases and acts survive being written down, and a replay of what was written gives the same case (R4)."""

from __future__ import annotations

import json

from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.engine import advance
from gongzhi.core.procedure.store import act_from, act_to, canonical, case_from, case_to, effect_to, reason_to
from tests.core.procedure.small import PLAIN, Play, at
from tests.core.procedure.test_engine_clocks import LADDER
from tests.core.procedure.test_engine_steps import JOINT, PAPERS, YES, met, posted


def written(case_or_act: dict[str, object]) -> dict[str, object]:
    return json.loads(canonical(case_or_act))


def test_cases_in_every_posture_come_back_equal() -> None:
    paused = Play(LADDER).do("2026-03-04 10:00", "station.head", "pause", ground="rain")
    extended = Play(LADDER).do("2026-03-03 09:00", "office.deputy", "extend", ground="水泥")
    unserved = Play(LADDER).do("2026-03-03 09:00", "station.head", "done", outcome="done")
    objected = posted().do("2026-03-05 10:00", "resident", "object", part="o1")
    late = Play(LADDER).wait("2026-06-01 00:00")
    for play in (paused, extended, unserved, objected, late, met(Play(JOINT))):
        assert case_from(written(case_to(play.case))) == play.case


def test_acts_come_back_equal_with_their_filing() -> None:
    filing = Filing("p", "320106", "lamp", {"committee": "7"}, headcount=20, parties=("a", "b"))
    acts = [
        Act("file", at("2026-03-02 08:30"), Actor("x", "filer"), filing=filing, fields={"days": ("1", "2")}),
        Act(
            "done",
            at("2026-03-02 09:00"),
            Actor("y", "committee", "director"),
            "council#2",
            "agreed",
            fields=YES,
            documents=PAPERS,
        ),
        Act("part", at("2026-03-02 09:00"), Actor("z", "resident"), part="attend.residents", count=20),
    ]
    for act in acts:
        assert act_from(written(act_to(act))) == act


def test_a_replay_of_the_written_acts_gives_the_same_case_and_effects() -> None:
    play = Play(JOINT)
    filing = Filing("p", "320106", "lamp", dict(play.case.cast))
    acts = [
        Act("file", at("2026-03-02 09:00"), Actor("p0", "filer"), filing=filing),
        Act("part", at("2026-03-03 10:00"), Actor("a", "filer"), part="attend.residents", count=25),
        Act("part", at("2026-03-03 10:00"), Actor("b", "branch", "secretary"), part="attend.branch.secretary"),
        Act(
            "done",
            at("2026-03-03 11:00"),
            Actor("c", "committee", "director"),
            "council#1",
            "agreed",
            fields=YES,
            documents=PAPERS,
        ),
        Act("note", at("2026-05-03 11:00"), Actor("p0", "filer"), state="remark"),
    ]
    first, again = None, None
    for act in acts:
        one = advance(play.charter, first, act, PLAIN)
        two = advance(play.charter, again and case_from(written(case_to(again))), act_from(written(act_to(act))), PLAIN)
        first, again = one.case, two.case
        assert [effect_to(e) for e in one.effects] == [effect_to(e) for e in two.effects]
        assert [reason_to(r) for r in one.because] == [reason_to(r) for r in two.because]
    assert first == again


def test_equal_cases_give_equal_text() -> None:
    one = canonical(case_to(met(Play(JOINT)).case))
    two = Play(JOINT).do("2026-03-03 10:00", "branch.secretary", "part", part="attend.branch.secretary")
    two.do("2026-03-03 10:00", "filer", "part", part="attend.residents", count=20)
    assert json.loads(one)["control"] == case_to(two.case)["control"]
