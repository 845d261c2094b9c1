"""Random walks through the shipped charter by the one door: whatever people do, records and log stay one."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.spec import Charter, Field
from gongzhi.core.procedure.acts import FILER, RESIDENT, Actor
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.options import Option, options
from gongzhi.desk.audit import audit
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.step import file_matter, settle, take_step
from gongzhi.desk.worker import run_once
from gongzhi.records.institutions.actions import add_place, found_organ, put_in_force, store_charter
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person, SeatTerm

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
CODES = {
    "district": "990106000000", "street": "990106001000", "community": "990106001001", "estate": "990106001001-01",
}  # fmt: skip
STEPS = 25
PAUSES = [*[timedelta(minutes=20)] * 12, timedelta(hours=5), timedelta(days=2), timedelta(days=9)]


def person(login: str, home: Place | None = None) -> Person:
    return Person.objects.create(
        login=login, joined_at=START, home=home, purpose="test", legal_basis="test", collected_from="self"
    )


Post = tuple[Person, str, str]  # a person, and the organ and seat it acts for
RARE = {
    "decline": 6,
    "assign": 9,
    "serve": 6,
    "pause": 4,
    "object": 4,
    "answer_objection": 6,
    "set_aside": 0.1,
    "withdraw": 0.02,
}


def found(name: str) -> tuple[Charter, Place, list[Post]]:
    """The shipped charter at places of every level it names, with one person in every seat and two residents."""
    root = Path(settings.GONGZHI_CHARTERS)
    charter = load_charter(root / name, root / "_law").charter
    assert charter is not None
    files = [*(root / name).rglob("*.yaml"), *(root / "_law").rglob("*.yaml")]
    version = store_charter(charter, {str(file.relative_to(root)): file.read_text() for file in files}, START)
    places: dict[str, Place] = {}
    for level, code in CODES.items():
        places[level] = add_place(code, level, level, next(reversed(places.values()), None))
    put_in_force(version, places["district"], START - timedelta(days=9), "system")
    people: list[Post] = []
    for organ, declared in charter.organs.items():
        instance = found_organ(charter, organ, places[declared.at])
        for seat in declared.seats or [""]:
            people.append((person(f"{organ}.{seat}"), organ, seat))
            SeatTerm.objects.create(
                person=people[-1][0], organ_instance=instance, seat=seat, slot=1 if seat else None,
                start=START - timedelta(days=9),
            )  # fmt: skip
    lowest = places["estate"]
    return (
        charter,
        lowest,
        [*people, (person("neighbour", lowest), RESIDENT, ""), (person("resident", lowest), FILER, "")],
    )


def value(field: Field, dice: random.Random, charter: Charter) -> Any:
    choose = {"yesno": [True, False], "number": [1, 40], "money": [100], "date": ["2026-12-20"], "text": ["x"]}
    choose |= {"choice": list(field.choices), "organ": list(charter.organs), "subject": ["residents_committee"]}
    return dice.choice(choose[field.type])


def draft_of(option: Option, case: Case, charter: Charter, actor: Actor, dice: random.Random) -> Draft:
    procedure = charter.procedures[case.procedure]
    return Draft(
        option.kind,
        visit=case.visit if option.kind not in ("rate", "reopen") else "",
        outcome=option.outcome,
        part=option.part or (f"o{dice.randrange(99)}" if option.kind == "object" else ""),
        state=dice.choice(["upheld", "rejected"]) if option.kind == "answer_objection" else "",
        count=option.at_least,
        to=dice.choice(option.targets) if option.targets else "",
        ground=dice.choice(option.grounds) if option.grounds else "按职责清单",
        channel="counter",
        fields={name: value(procedure.fields[name], dice, charter) for name in option.needs_fields},
        words={**dict.fromkeys(option.needs_documents, "文字"), "remark": "说明"},
        organ=actor.organ,
        seat=actor.seat,
    )


def walk(
    charter: Charter, place: Place, people: list[Post], procedure: str, at: datetime, dice: random.Random
) -> tuple[set[str], datetime]:
    """One matter and what people may do with it, with days passing; returns the kinds of acts done, and the time."""
    category = dice.choice([c.name for c in charter.categories.values() if c.procedure == procedure] or ["other"])
    fields = {
        field.name: value(field, dice, charter)
        for field in charter.procedures[procedure].fields.values()
        if field.given == "filing" and field.class_ == "plain"
    }
    new = NewMatter(place, category, {"what": "有事"}, fields, procedure, public=True, filer=None)
    files = charter.procedures[procedure].files
    filer = people[-1][0] if {"residents", "group"} & set(files) else None
    matter, kinds = file_matter(new, filer, at, None).matter, set()
    for _ in range(STEPS):
        at += dice.choice(PAUSES)
        if dice.random() < 0.3:
            run_once(at)
        else:
            settle(matter.number, at)
        matter.refresh_from_db()
        case = read_state(matter.state)
        ways = [
            (who, actor, option)
            for who, organ, seat in people
            for actor in [Actor(who.digest, organ, seat)]
            for option in options(charter, case, actor)
        ]
        if not ways:
            break
        who, actor, option = dice.choices(ways, [RARE.get(way[2].kind, 1) for way in ways])[0]
        try:
            take_step(matter.number, draft_of(option, case, charter, actor, dice), who, at, None)
            kinds.add(option.kind)
        except Refused:
            continue
    return kinds, at


def test_whatever_people_do_the_records_fit_the_log() -> None:
    dice = random.Random(20080316)
    charter, place, people = found("fuqu")
    kinds: set[str] = set()
    at = START
    for procedure in charter.procedures:
        for _ in range(5):
            done, at = walk(charter, place, people, procedure, at, dice)
            kinds |= done
    assert {"done", "part", "accept", "decline", "assign", "serve"} <= kinds, kinds
    report = audit()
    assert report.broken == [] and report.acts > 100
    for matter in Matter.objects.all():
        assert matter.is_open == (matter.answers_id is not None and matter.due is not None)
