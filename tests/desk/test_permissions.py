"""Who may act as whom, and read how much: asked of the shipped charter and a real matter of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import FILER, KINDS, RESIDENT, SYSTEM, Act, Actor, Filing
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import advance
from gongzhi.desk import calendars
from gongzhi.desk.permissions import (
    MACHINE,
    Asked,
    actor_for,
    actor_for_filing,
    actors,
    at_least,
    may_read,
    may_see_contact,
    worklist_organs,
)
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of, nearest_cast
from gongzhi.records.people.actions import create_staff, leave_seat, register_resident, take_seat
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person
from tests.support.demo import demo_community, resident, staff

AT = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
pytestmark = pytest.mark.django_db


class World:
    """The demo community with one matter filed by its first resident."""

    def __init__(self, home: Path, procedure: str, category: str) -> None:
        self.demo = demo_community(home)
        self.place = self.demo.places[0]
        self.charter: Charter = charter_of(charter_for(self.place, AT))  # type: ignore[arg-type]
        self.filer, self.neighbour = resident(self.demo, 0), resident(self.demo, 1)
        filing = Filing(procedure, self.place.code, category, nearest_cast(self.charter, self.place, AT))
        self.case = self.do(None, Act("file", AT, Actor(self.filer.digest, FILER), filing=filing))

    def do(self, case: Case | None, act: Act) -> Case:
        return advance(self.charter, case, act, calendars.current()[0]).case

    def actor(self, person: Person | None, kind: str, case: Case | None = None, **asked: str) -> Actor:
        return actor_for(person, self.charter, case or self.case, Asked(kind, **asked), AT, self.filer.pk)

    def reads(self, person: Person | None, case: Case | None = None) -> str:
        return may_read(person, self.charter, case or self.case, AT, self.filer.pk)


@pytest.fixture
def world(home: Path) -> World:
    return World(home, "shared_facility", "shared_facility")


@pytest.fixture
def lane(home: Path) -> World:
    return World(home, "fire_lane", "fire_lane")


def test_the_filer_is_filer_and_resident_and_no_more(world: World) -> None:
    mine = [(a.organ, a.seat) for a in actors(world.filer, world.charter, world.case, AT, world.filer.pk)]
    assert mine == [(FILER, ""), (RESIDENT, "")]
    assert {a.person for a in actors(world.filer, world.charter, world.case, AT, None)} == {world.filer.digest}


def test_a_seat_gives_its_organ_and_ends_with_the_term(world: World) -> None:
    director = staff("director")
    assert world.actor(director, "done") == Actor(director.digest, "residents_committee", "director")
    leave_seat(director.seat_terms.get(), AT)
    with pytest.raises(Refused, match="not_holder"):
        world.actor(director, "done")


def test_a_seat_of_the_same_organ_elsewhere_gives_nothing(world: World) -> None:
    """The organ type alone is not enough: it must be the instance in the matter's cast."""
    from gongzhi.records.institutions.actions import found_organ

    elsewhere = add_place("320106005002", "邻近社区", "community", Place.objects.get(code="320106005000"))
    other = found_organ(world.charter, "residents_committee", elsewhere)
    stranger = create_staff("stranger", "生人", "a long password here", AT)
    take_seat(stranger, other, world.charter.organs["residents_committee"].seats["director"], AT)
    assert actors(stranger, world.charter, world.case, AT, None) == []
    with pytest.raises(Refused, match="not_holder"):
        world.actor(stranger, "done")
    assert world.reads(stranger) == "none"


def test_who_has_no_part_is_refused_and_the_holder_is_named(world: World) -> None:
    outsider = create_staff("outsider", "外人", "a long password here", AT)
    with pytest.raises(Refused) as refused:
        world.actor(outsider, "done")
    assert refused.value.args_map == {"holder": world.case.control.holder}


def test_another_organ_is_passed_to_the_engine_which_says_why(world: World) -> None:
    """So that a click after the step has moved on is told who was faster, not that the seat is wrong."""
    assert world.actor(staff("station"), "done").organ == "service_station"


def test_the_machine_acts_only_as_the_machine(world: World) -> None:
    assert world.actor(None, "tick") == MACHINE
    for kind in ("tick", "child", "recalendar"):
        for person in (world.filer, staff("director"), staff("joint")):
            with pytest.raises(Refused):
                world.actor(person, kind)


def test_only_the_filer_withdraws_reopens_and_rates(world: World) -> None:
    for kind in ("withdraw", "reopen", "rate"):
        assert world.actor(world.filer, kind).organ == FILER
    with pytest.raises(Refused, match="not_holder"):
        world.actor(world.neighbour, "rate")
    assert world.actor(world.neighbour, "withdraw").organ != FILER  # and the engine refuses it


def test_a_remark_needs_a_part_in_the_matter_but_anybody_may_declare_to_be_a_relative(world: World) -> None:
    assert world.actor(world.filer, "note").organ == FILER
    assert world.actor(staff("director"), "note").organ == "residents_committee"
    for person in (world.neighbour, staff("environment")):
        with pytest.raises(Refused):
            world.actor(person, "note")
    assert world.actor(staff("environment"), "note", state="related").organ == "environment_bureau"


def test_a_person_with_two_seats_chooses(world: World) -> None:
    both = staff("council")
    take_seat(both, _organ(world, "residents_committee"), None, AT)
    assert world.actor(both, "done").organ == "residents_committee"
    assert world.actor(both, "note", organ="residents_committee").organ == "residents_committee"
    with pytest.raises(Refused):
        world.actor(both, "note", organ="street_office")


def _organ(world: World, name: str):  # type: ignore[no-untyped-def]
    from gongzhi.records.institutions.models import OrganInstance

    return OrganInstance.objects.get(pk=int(world.case.cast[name]))


@pytest.mark.parametrize(
    ("login", "level"),
    [
        ("director", "full"),  # holds
        ("member", "full"),  # the same organ
        ("deputy", "full"),  # coordinates by the duty list
        ("auditor", "course"),  # supervises an organ with a part in it
        ("joint", "course"),  # may set acts aside
        ("environment", "none"),  # has no part
        ("selfgov", "none"),
    ],
)
def test_staff_read_what_their_organ_has_a_part_in(world: World, login: str, level: str) -> None:
    assert world.reads(staff(login)) == level


def test_residents_read_their_own_and_what_is_public(world: World) -> None:
    assert world.reads(world.filer) == "full"
    assert world.reads(world.neighbour) == "none"
    assert world.reads(None) == "none"
    shown = replace(world.case, public=True)
    assert world.reads(world.neighbour, shown) == world.reads(None, shown) == "public"
    assert world.reads(staff("environment"), shown) == "public"


def test_contacts_are_for_who_has_to_reach_the_person(world: World) -> None:
    def sees(person: Person | None) -> bool:
        return may_see_contact(person, world.charter, world.case, AT, world.filer.pk)

    assert sees(world.filer)
    assert sees(staff("director"))
    assert not any(map(sees, [world.neighbour, staff("deputy"), staff("auditor"), staff("joint"), None]))


def test_who_passed_the_matter_on_follows_its_course_without_its_words(lane: World) -> None:
    self_governing, managing = staff("selfgov"), staff("management")
    by = lane.actor(self_governing, "done")
    step = _step(lane, lane.case)
    papers = dict.fromkeys(step.makes, "0" * 64)
    offered = lane.do(lane.case, Act("done", AT, by, outcome=next(iter(step.then)), documents=papers))
    assert offered.control.phase == "offered"
    assert lane.reads(managing, offered) == "full"
    passing = Act("decline", AT, lane.actor(managing, "decline", offered), ground="public_safety", to="safety_office")
    passed = lane.do(offered, passing)
    assert passed.control.holder == "safety_office"
    assert lane.reads(managing, passed) == "course"
    assert lane.reads(self_governing, passed) == "full"


def _step(world: World, case: Case):  # type: ignore[no-untyped-def]
    return world.charter.procedures[case.procedure].steps[case.control.step]


def test_an_accused_organ_can_neither_act_nor_read(world: World) -> None:
    procedure = world.charter.procedures["shared_facility"]
    rules = replace(
        world.charter,
        procedures={**world.charter.procedures, "shared_facility": replace(procedure, never=("accused",))},
    )
    accused = replace(world.case.control, given=(("accused", "residents_committee"),))
    case = replace(world.case, control=accused)
    assert actors(staff("director"), rules, case, AT, None) == []
    assert may_read(staff("director"), rules, case, AT, world.filer.pk) == "none"
    assert may_read(world.filer, rules, case, AT, world.filer.pk) == "full"


def test_a_party_reads_and_speaks(world: World) -> None:
    case = replace(world.case, parties=(world.neighbour.digest, "owners_committee"))
    assert world.reads(world.neighbour, case) == "full"
    assert world.actor(world.neighbour, "note", case) == Actor(world.neighbour.digest, "party", world.neighbour.digest)


def test_residents_file_and_staff_file_for_them_only_where_residents_may(world: World) -> None:
    cast = dict(world.case.cast)

    def filing(person: Person | None, procedure: str, organ: str = "") -> tuple[str, str]:
        actor = actor_for_filing(person, world.charter, procedure, cast, AT, organ)
        return actor.organ, actor.seat

    assert filing(world.filer, "shared_facility") == (FILER, "")
    assert filing(staff("director"), "shared_facility") == (FILER, "")
    assert filing(staff("station"), "shared_facility", "service_station") == ("service_station", "head")
    assert filing(staff("director"), "self_assessment") == ("residents_committee", "director")
    assert filing(None, "self_assessment") == (SYSTEM, "")
    for person, procedure, organ in [
        (world.filer, "self_assessment", ""),
        (world.filer, "shared_facility", "service_station"),
        (staff("station"), "self_assessment", "service_station"),
    ]:
        with pytest.raises(Refused, match="not_filer"):
            filing(person, procedure, organ)
    with pytest.raises(Refused, match="unknown_procedure"):
        filing(world.filer, "nothing")


def test_a_resident_is_who_lives_in_the_community(world: World) -> None:
    elsewhere = add_place("320106005002", "邻近社区", "community", Place.objects.get(code="320106005000"))
    stranger = register_resident(parse_contact("stranger@example.org"), elsewhere, AT)
    assert actors(stranger, world.charter, world.case, AT, None) == []
    in_estate = replace(world.case, place=f"{world.place.code}-4")
    neighbour = [a.organ for a in actors(world.neighbour, world.charter, in_estate, AT, None)]
    assert neighbour == [RESIDENT], "the neighbouring estate is the same community"
    nobody = register_resident(parse_contact("nowhere@example.org"), None, AT)
    assert actors(nobody, world.charter, world.case, AT, None) == []


def test_a_worklist_is_that_of_the_organs_one_works_in_now(world: World) -> None:
    assert worklist_organs(staff("director"), AT) == [int(world.case.cast["residents_committee"])]
    assert worklist_organs(staff("director"), AT - timedelta(days=40_000)) == []
    assert worklist_organs(world.filer, AT) == []


def test_levels_are_ordered() -> None:
    assert at_least("full", "course") and at_least("course", "public") and at_least("public", "public")
    assert not at_least("none", "public") and not at_least("public", "course")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), who=st.sampled_from(["director", "station", "joint", "auditor", "owners"]))
def test_nobody_ever_acts_as_somebody_else(world: World, kind: str, who: str) -> None:
    person = staff(who)
    mine = actors(person, world.charter, world.case, AT, world.filer.pk)
    try:
        actor = world.actor(person, kind)
    except Refused:
        return
    assert actor in mine
    assert actor.person == person.digest and actor.organ != SYSTEM
