"""A walk over all tables: whatever leads to a person is told to that person and has an end, or says why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db.models import BinaryField, Model

from gongzhi.core.calendar import CHINA
from gongzhi.desk.forget import forget_person
from gongzhi.desk.held import HELD, NOT_TOLD
from gongzhi.desk.keeping import KEPT, RULES, erase_names
from gongzhi.desk.own_data import own_data
from gongzhi.records.ballots.actions import NewEntry, add_entries, begin_roll, freeze
from gongzhi.records.consultations.actions import (
    contribute,
    fill_in,
    open_list,
    plan,
    set_questions,
    sign,
    sign_on_paper,
)
from gongzhi.records.consultations.queries import voter_of
from gongzhi.records.matters.models import Matter
from gongzhi.records.models import HalfHour, ProjectMember, RollEntry, Service, Signature
from gongzhi.records.organisations.actions import book
from gongzhi.records.organisations.skills import offer
from gongzhi.records.people.actions import record_consent
from gongzhi.records.people.models import Person
from tests.support.community import Community

pytestmark = pytest.mark.django_db
NOW = datetime(2029, 3, 16, 8, 30, tzinfo=CHINA)
TEN = datetime(2026, 3, 17, 10, 0, tzinfo=CHINA)
DIGESTS = {"contact_index", "written_index", "same", "voter", "rater"}  # keyed digests that stand for a person


def personal() -> Iterator[tuple[type[Model], str]]:
    """Each field that leads to a person, is sealed, or holds a digest made for a person."""
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Person or isinstance(field, BinaryField) or field.name in DIGESTS:
                yield model, field.name


def told() -> set[tuple[str, str]]:
    shown = {(held.model.__name__, one.split(".")[0]) for held in HELD.values() for one in (*held.columns, *held.links)}
    return shown | set(NOT_TOLD)


def test_whatever_leads_to_a_person_is_told_to_them_or_says_why_not() -> None:
    assert [(model.__name__, name) for model, name in personal() if (model.__name__, name) not in told()] == []
    assert len(list(personal())) > 60, "the walk finds something"


def test_nothing_is_left_out_that_does_not_exist() -> None:
    there = {(model.__name__, name) for model, name in personal()}
    assert set(NOT_TOLD) - there == set()
    for held in HELD.values():
        names = {field.name for field in held.model._meta.get_fields()}
        assert {one.split(".")[0] for one in (*held.columns, *held.links)} - names <= {"text"}


def test_whatever_leads_to_a_person_has_an_end_or_says_why_not() -> None:
    ruled = {(rule.model.__name__, name) for rule in RULES for name in rule.fields} | set(KEPT)
    there = {(model.__name__, name) for model, name in personal()}
    assert sorted(there - ruled) == []
    assert set(KEPT) - there == set()


def closed(community: Community, days: int) -> Matter:
    """A matter that ended for good so many days before NOW."""
    matter = community.file().matter
    Matter.objects.filter(pk=matter.pk).update(status="final", closed_at=NOW - timedelta(days=days))
    return matter


def roll(matter: Matter) -> RollEntry:
    made = begin_roll(matter, "residents")
    (line,) = add_entries(made, [NewEntry("陈阿姨", "3-201", contact_index="a" * 64)], "committee")
    freeze(made, "d" * 64, {}, NOW)
    return line


def test_names_on_a_roll_go_when_their_time_is_over_and_who_could_vote_stays(community: Community) -> None:
    roll(closed(community, 300))
    old, election = (roll(closed(community, 500)) for _ in range(2))
    Matter.objects.filter(rolls__entries=election).update(kind="election")
    running = roll(community.file().matter)
    held = roll(closed(community, 500))
    Matter.objects.filter(rolls=running.roll).update(parent=held.roll.matter, parent_key="k")
    assert erase_names(NOW) == 1 and erase_names(NOW) == 0
    names = {one.pk: (one.name, one.unit, one.salt == "") for one in RollEntry.objects.all()}
    assert names.pop(old.pk) == ("", "", True)
    assert set(names.values()) == {("陈阿姨", "3-201", False)}, "young, an election, running, or with a child that runs"
    assert RollEntry.objects.get(pk=old.pk).digest == old.digest
    assert erase_names(NOW + timedelta(days=800)) == 2, "not the one above a matter that still runs"


def test_signatures_members_and_words_lose_their_people_but_not_their_number(community: Community) -> None:
    matter, person = closed(community, 4000), community.who["resident"]
    listed = open_list(matter=matter, visit="v", organ=community.organs["committee"], title="开会", rule="r",
                       opened_at=NOW)  # fmt: skip
    sign(listed, person, NOW), sign_on_paper(listed, "老王", NOW), sign_on_paper(listed, "老李", NOW)
    member = ProjectMember.objects.create(
        project=matter, person=person, name="王师傅", duties="管账", same="s" * 64, role="leader", resident=True
    )
    said = plan(matter, "v", community.organs["committee"].pk, None, "停车")
    shown = contribute(said, "statement", "画线", person, "shown", NOW, "self")
    waits = contribute(said, "statement", "老王乱停", person, "waiting", NOW, "self")
    helped = record_consent(community.who["member"], community.place, None, "孙奶奶", "同意", "paper", "小李",
                            NOW - timedelta(days=2000))  # fmt: skip
    assert erase_names(NOW) == 7
    left = list(Signature.objects.values_list("person", "written_index"))
    assert len({index for _, index in left}) == 3 and {one for one, _ in left} == {None}
    assert {one.written for one in Signature.objects.all()} == {""}
    for row in (member, shown, waits, helped):
        row.refresh_from_db()
    assert (member.name, member.duties, member.role, member.person) == ("", "", "leader", None)
    assert (shown.text, shown.author, waits.text, waits.author) == ("画线", None, "", None)
    assert (helped.resident_name, helped.witness) == ("", "")
    assert erase_names(NOW) == 0, "a row once emptied is not looked at again"


def test_who_asks_to_be_forgotten_leaves_groups_and_lists_that_are_over(community: Community) -> None:
    over, runs, person = closed(community, 10), community.file("neighbour").matter, community.who["resident"]
    Matter.objects.filter(filer=person).update(status="final", closed_at=NOW - timedelta(days=1))
    for matter, same in ((over, "s"), (runs, "t")):
        ProjectMember.objects.create(
            project=matter, person=person, name="陈阿姨", duties="管账", same=same * 64, role="member", resident=True
        )
        sign(open_list(matter=matter, visit="v", organ=community.organs["committee"], title="开会", rule="r",
                       opened_at=NOW, closed_at=NOW), person, NOW)  # fmt: skip
    forget_person(person, NOW)
    assert {(one.person, one.name) for one in ProjectMember.objects.all()} == {(None, "")}
    assert list(Signature.objects.order_by("pk").values_list("person", flat=True)) == [None, person.pk]
    told = own_data(Person.objects.get(pk=person.pk))
    assert told["project_duties"] == [] and len(told["signatures"]) == 1


def test_bookings_offers_and_keys_go(community: Community) -> None:
    hall = Service.objects.create(place=community.place, title="厅", kind="public", provider="学校", bookable=True)
    person = community.who["resident"]
    book(hall, person, TEN, TEN + timedelta(hours=1), TEN - timedelta(days=1))
    offer(community.place, person, TEN, kind="public", what="理发")
    assert erase_names(TEN + timedelta(days=80)) == 0
    assert erase_names(TEN + timedelta(days=100)) == 1 and not HalfHour.objects.exists()
    assert erase_names(TEN + timedelta(days=740)) == 1


def test_the_file_holds_every_room_and_nobody_elses(community: Community) -> None:
    person, other = community.who["resident"], community.who["neighbour"]
    matter = community.file().matter
    said = plan(matter, "v", community.organs["committee"].pk, None, "停车")
    set_questions(said, [{"kind": "text", "text": "还缺什么", "options": []}])
    fill_in(said, {said.questions.get().pk: "一盏灯"}, voter=voter_of(said, person))
    person.phone = "13812345678"
    person.save()
    made = begin_roll(matter, "residents")
    add_entries(made, [NewEntry("陈阿姨", "3-201", contact_index=person.phone_index)], "committee")
    offer(community.place, person, NOW, kind="public", what="理发")
    told, others = own_data(person), own_data(other)
    assert [one["text"] for one in told["survey_answers"]] == ["一盏灯"]
    assert [one["unit"] for one in told["roll_lines"]] == ["3-201"]
    assert [one["what"] for one in told["skills"]] == ["理发"]
    assert told["acts"][0]["kind"] == "file" and told["voted"] == []
    assert {key for key, rows in others.items() if rows and key != "account"} <= {"messages"}
    assert json.loads(json.dumps(told)) == told
