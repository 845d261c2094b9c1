"""The promises of the design hold wherever a matter can get to under the charters we ship (design section 5)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Breached, Declined, Refused
from gongzhi.core.procedure.engine import advance, answers, setting_of, tick
from gongzhi.core.procedure.moves import PEOPLE, organ_of
from gongzhi.core.procedure.store import canonical, case_from, case_to
from tests.charters.shipped import PROCEDURES, shipped
from tests.support.walks import walk

WALKS = 60
FOREVER = timedelta(days=800)


def check(charter: Charter, case: Case) -> None:
    control, procedure = case.control, charter.procedures[case.procedure]
    if control.status in ("open", "ruling", "following"):
        assert answers(charter, case) in charter.organs  # promise 1: exactly one answerable organ
        assert case.clocks  # ... and a running clock
    handover = setting_of(charter, case).handover
    if handover and control.status == "ruling":
        assert control.passes > handover.bound  # promise 2: the adjudicator, because passed on once too often
    if handover and control.phase == "offered":
        assert control.passes <= handover.bound
    assert len(set(control.declined_by)) <= (handover.bound + 1 if handover else 0)
    for step in procedure.steps.values():
        for rule in step.apart_from:  # promise 4: who handles does not inspect
            mine = {(d.person, d.organ) for d in case.history.doers if d.step == step.name}
            theirs = {(d.person, d.organ) for d in case.history.doers if d.step == rule.step}
            assert not {p for p, _ in mine} & {p for p, _ in theirs} or rule.level == "organ"
            if rule.level == "organ":
                holders = {o for _, o in mine if o == organ_of(str(step.by))}
                assert not holders & {o for _, o in theirs if o not in PEOPLE and o != "resident"}
    assert case_from(json.loads(canonical(case_to(case)))) == case


@pytest.mark.parametrize(("name", "procedure"), PROCEDURES)
def test_promises_hold_on_random_walks(name: str, procedure: str) -> None:
    loaded = shipped(name)
    charter, calendar = loaded.charter, loaded.law.calendar
    assert charter is not None
    ends = set()
    for seed in range(WALKS):
        for turn in walk(charter, charter.procedures[procedure], calendar, seed):
            case = turn.outcome.case
            check(charter, case)
            passed = [effect for effect in turn.outcome.effects if isinstance(effect, Declined)]
            assert all(effect.ground for effect in passed)
            if turn.act is not None and turn.act.kind in ("note", "rate"):  # promise 5: a comment moves no clock
                assert case.clocks == turn.before.clocks
            ends.add(case.control.end)
    assert ends & (set(charter.procedures[procedure].ends) | {"withdrawn"}), "the walks end nowhere"


@pytest.mark.parametrize(("name", "procedure"), PROCEDURES)
def test_when_everybody_is_silent_it_ends_or_is_published(name: str, procedure: str) -> None:
    """From wherever a walk got to, clocks alone lead to an end or to a public breach at a named organ (R20)."""
    loaded = shipped(name)
    charter, calendar = loaded.charter, loaded.law.calendar
    assert charter is not None
    for seed in range(0, WALKS, 4):
        for turn in walk(charter, charter.procedures[procedure], calendar, seed, turns=25):
            later = tick(charter, turn.outcome.case, turn.at + FOREVER, calendar)
            stuck = later.case.control.status in ("open", "ruling", "following")
            assert not stuck or any(isinstance(effect, Breached) for effect in later.effects)
            halfway = tick(charter, turn.outcome.case, turn.at + FOREVER / 7, calendar)
            assert tick(charter, halfway.case, turn.at + FOREVER, calendar).case == later.case


@pytest.mark.parametrize(("name", "procedure"), PROCEDURES)
def test_an_act_for_another_visit_or_another_time_changes_nothing(name: str, procedure: str) -> None:
    loaded = shipped(name)
    charter, calendar = loaded.charter, loaded.law.calendar
    assert charter is not None
    for seed in range(0, WALKS, 6):
        for turn in walk(charter, charter.procedures[procedure], calendar, seed):
            if turn.act is None or not turn.act.visit or turn.outcome.case.visit == turn.act.visit:
                continue
            with pytest.raises(Refused) as refused:
                advance(charter, turn.outcome.case, turn.act, calendar)
            assert refused.value.code == "moved_on"
