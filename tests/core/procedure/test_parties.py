"""Every party answers for itself; one without an account is recorded by the organ that asks, which says how."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import advance, answers
from gongzhi.core.procedure.options import options
from gongzhi.core.procedure.parties import OTHER_SIDE, PARTY
from tests.charters.shipped import shipped

AT = datetime(2026, 3, 2, 9, tzinfo=CHINA)
LOADED = shipped("huangpu")
FILER, FILER_AS_PARTY = Actor("p", "filer"), Actor("p", PARTY, "filer")
MEDIATOR, DIRECTOR = Actor("m", "mediation_committee", "mediator"), Actor("d", "residents_committee", "director")
ASKED = {
    "level": "neighbourhood",
    "family_or_children": False,
    "department_needed": False,
    "department": "housing_station",
}


def do(case: Case | None, kind: str, by: Actor, minutes: int = 0, **more: object) -> Case:
    assert LOADED.charter
    at = (case.history.last if case else AT) + timedelta(minutes=minutes)
    return advance(LOADED.charter, case, Act(kind, at, by, **more), LOADED.law.calendar).case  # type: ignore[arg-type]


@pytest.fixture
def asked() -> Case:
    """The parties are asked whether they are willing to mediate."""
    case = do(None, "file", FILER, filing=Filing("coordination", "place", "coordination", {}))
    assert case.parties == ("filer", OTHER_SIDE)
    case = do(case, "done", DIRECTOR, outcome="received", fields=ASKED, documents={"receipt": "x"})
    return do(case, "serve", Actor("m", "mediation_committee"), channel="counter")


def test_one_willing_side_is_not_enough(asked: Case) -> None:
    case = do(asked, "done", FILER_AS_PARTY, outcome="willing")
    assert case.control.step == "mediation.consent"
    case = do(case, "done", MEDIATOR, outcome="willing", channel="paper")
    assert case.control.step == "mediation.choose"


def test_who_records_the_other_side_says_how_it_was_told(asked: Case) -> None:
    with pytest.raises(Refused, match=r"^channel_missing$"):
        do(asked, "done", MEDIATOR, outcome="willing")


def test_nobody_but_the_asking_organ_speaks_for_the_other_side(asked: Case) -> None:
    with pytest.raises(Refused, match=r"^not_holder$"):
        do(asked, "done", DIRECTOR, outcome="willing", channel="paper")


def test_a_refusal_of_one_side_ends_it(asked: Case) -> None:
    case = do(asked, "done", MEDIATOR, outcome="unwilling", channel="phone")
    assert case.control.step == "mediation.other_ways"
    assert LOADED.charter and answers(LOADED.charter, case) == "mediation_committee"


def test_the_same_side_does_not_count_twice(asked: Case) -> None:
    case = do(asked, "done", FILER_AS_PARTY, outcome="willing")
    case = do(case, "done", FILER_AS_PARTY, outcome="willing")
    assert case.control.step == "mediation.consent"


def test_a_party_that_is_asked_is_offered_its_answers_at_once(asked: Case) -> None:
    assert LOADED.charter
    for actor in (FILER_AS_PARTY, MEDIATOR):
        found = [one for one in options(LOADED.charter, asked, actor) if one.kind == "done"]
        assert {one.outcome for one in found} == {"willing", "unwilling"} and not any(one.blocked for one in found)


def test_nobody_signs_for_another_party(asked: Case) -> None:
    case = do(
        do(asked, "done", FILER_AS_PARTY, outcome="willing"), "done", MEDIATOR, outcome="willing", channel="paper"
    )
    case = do(case, "serve", MEDIATOR, channel="counter")
    case = do(
        do(case, "done", FILER_AS_PARTY, outcome="accepted"), "done", MEDIATOR, outcome="accepted", channel="paper"
    )
    for part, by in (("filer", FILER_AS_PARTY), (OTHER_SIDE, MEDIATOR)):
        case = do(case, "part", by, part=f"attend.parties.{part}")
    case = do(case, "part", Actor("l", "legal_adviser"), part="attend.legal_adviser")
    case = do(case, "done", MEDIATOR, outcome="agreed", documents={"mediation_record": "x"})
    assert case.control.step == "mediation.sign"
    with pytest.raises(Refused, match=r"^not_holder$"):
        do(case, "part", FILER_AS_PARTY, part=f"sign.parties.{OTHER_SIDE}")
    with pytest.raises(Refused, match=r"^not_holder$"):
        do(case, "part", MEDIATOR, part="sign.parties.filer")
    for part, by in (("filer", FILER_AS_PARTY), (OTHER_SIDE, MEDIATOR)):
        case = do(case, "part", by, part=f"sign.parties.{part}")
    case = do(case, "part", MEDIATOR, part="sign.mediation_committee.mediator")
    case = do(case, "done", MEDIATOR, outcome="signed", documents={"mediation_agreement": "x"})
    case = do(case, "serve", MEDIATOR, channel="counter")
    due = {clock.name: clock.due.date() for clock in case.clocks}["step"]
    assert due == (AT.date() + timedelta(days=30))  # together, within thirty days of effect (人民调解法 33)
