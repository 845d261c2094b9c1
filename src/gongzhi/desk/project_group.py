"""Who carries a project out: members, duty contracts signed by each, milestones, record cards with photos."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime

from django.db import IntegrityError

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.draft import Draft
from gongzhi.desk.permissions import actors
from gongzhi.desk.standing import involved
from gongzhi.desk.step import take_step
from gongzhi.desk.tenders import in_room
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import NewWords
from gongzhi.records.people.models import Person
from gongzhi.records.projects import actions
from gongzhi.records.projects.actions import NewCard, NewMember
from gongzhi.records.projects.models import CARD_KINDS, ROLES, STAGES, Milestone, ProjectMember, WorkCard

__all__ = [
    "CARD",
    "PHOTOS",
    "add_card",
    "add_member",
    "add_milestone",
    "contract_digest",
    "finish",
    "remove",
    "sign",
    "sign_on_paper",
    "unsigned",
    "works_on",
]  # fmt: skip

CARD = "work_card"  # a note in the log; its photos are words of that act
MOST, STONES, PHOTOS = 40, 60, 6


def works_on(matter: Matter, person: Person, at: datetime) -> str:
    """The organ with a part in the project for which somebody works. Raises Refused `not_holder`."""
    case = read_state(matter.state)
    charter = charter_by_digest(case.digest)
    own = involved(charter, case)
    mine = actors(person, charter, case, at, None)
    found = next((one.organ for one in mine if one.organ in own), None)
    if found is None:
        raise Refused("not_holder", holder=case.control.holder)
    return found


# --- members ---


def add_member(matter: Matter, new: NewMember, person: Person, at: datetime) -> ProjectMember:
    """Raises Refused: `not_now`, `not_holder`, `name_missing`, `duties_missing`, `role_taken`, `group_full`."""
    lead.check_leads(matter, person, at)
    in_room(matter, "group")
    if new.role not in ROLES or not new.name.strip():
        raise Refused("name_missing")
    if not new.duties.strip():
        raise Refused("duties_missing")
    try:
        with writing():
            if matter.project_members.count() >= MOST:
                raise Refused("group_full", most=MOST)
            return actions.add_member(matter, new)
    except IntegrityError as clash:
        raise Refused("role_taken") from clash


def remove(member: ProjectMember, person: Person, at: datetime) -> None:
    """Take somebody off the list while it is being drawn up. Raises Refused `not_now`, `not_holder`."""
    lead.check_leads(member.project, person, at)
    in_room(member.project, "group")
    with writing():
        member.delete()


# --- duty contracts ---


def contract_digest(member: ProjectMember) -> str:
    """sha256 of what the contract says: project, name, role, duties."""
    text = json.dumps([member.project.number, member.name, member.role, member.duties], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sign(member: ProjectMember, person: Person, at: datetime) -> None:
    """The member signs, signed in with the phone or mail named for the group.

    Raises Refused `duty_not_yours`, `not_now`.
    """
    if member.person_id != person.pk:
        raise Refused("duty_not_yours")
    in_room(member.project, "contracts")
    _signed(member, "phone", in_china(at).date(), "")


def sign_on_paper(member: ProjectMember, day: date, person: Person, at: datetime) -> None:
    """A contract signed by hand, entered by who holds the step. Raises Refused `not_now`, `not_holder`, `in_future`."""
    lead.check_leads(member.project, person, at)
    in_room(member.project, "contracts")
    if day > in_china(at).date():
        raise Refused("in_future", at=at)
    _signed(member, "paper", day, person.digest)


def _signed(member: ProjectMember, how: str, day: date, entered: str) -> None:
    if member.signed_on is not None:
        return
    member.signed_on, member.signed_by, member.recorded_by = day, how, entered
    member.contract = contract_digest(member)
    with writing():
        actions.save(member, ("signed_on", "signed_by", "recorded_by", "contract"))


def unsigned(matter: Matter) -> int:
    """How many have not signed yet."""
    return matter.project_members.filter(signed_on=None).count()


# --- milestones and cards ---


def add_milestone(matter: Matter, title: str, begins: date, due: date, person: Person, at: datetime) -> Milestone:
    """Raises Refused: `not_holder`, `title_missing`, `days_wrong`, `milestones_full`."""
    works_on(matter, person, at)
    if not title.strip():
        raise Refused("title_missing")
    if due < begins:
        raise Refused("days_wrong")
    with writing():
        if matter.milestones.count() >= STONES:
            raise Refused("milestones_full", most=STONES)
        return actions.add_milestone(matter, title.strip(), begins, due)


def finish(stone: Milestone, day: date | None, person: Person, at: datetime) -> None:
    """Done on that day; None: not done after all. Raises Refused `not_holder`, `in_future`."""
    works_on(stone.project, person, at)
    if day is not None and day > in_china(at).date():
        raise Refused("in_future", at=at)
    stone.done_on = day
    with writing():
        actions.save(stone, ("done_on",))


def add_card(
    matter: Matter, new: NewCard, photos: list[NewWords], person: Person, at: datetime, key: str | None = None
) -> WorkCard:
    """One record card, its photos public.

    Raises Refused: `not_holder`, `card_empty`, `in_future`, `photos_too_many`.
    """
    organ = works_on(matter, person, at)
    if new.stage not in STAGES or new.kind not in CARD_KINDS or not new.done.strip():
        raise Refused("card_empty")
    if new.day > in_china(at).date():
        raise Refused("in_future", at=at)
    if len(photos) > PHOTOS:
        raise Refused("photos_too_many", most=PHOTOS)
    words = {f"photo.{n}": photo for n, photo in enumerate(photos, 1)}
    with writing():
        taken = take_step(matter.number, Draft("note", state=CARD, words=words, organ=organ), person, at, key)
        if taken.repeated:
            return WorkCard.objects.get(act=taken.act)
        return actions.add_card(matter, new, at, taken.act)
