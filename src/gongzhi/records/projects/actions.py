"""Writes about review days and project groups. The desk calls these inside its transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongzhi.records.crypto import blind_index
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Act, Matter
from gongzhi.records.people.contacts import BadContact, parse_contact
from gongzhi.records.people.models import Person
from gongzhi.records.projects.models import (
    Milestone,
    ProjectMember,
    ReviewDay,
    ReviewEntry,
    ReviewQuestion,
    WorkCard,
)

MEMBERS = {"purpose": "project_group", "legal_basis": "PIPL 13(1)(1)", "collected_from": "committee"}


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody named for a group. `contact`: phone or mail address; kept only as a blind index."""

    name: str
    contact: str
    role: str
    resident: bool
    duties: str


@dataclass(frozen=True, slots=True)
class NewCard:
    """A record card as it is written."""

    stage: str
    day: date
    people: int = 0
    done: str = ""
    problems: str = ""
    next: str = ""
    kind: str = "work"


def begin_day(matter: Matter, weights: str, at: datetime, minutes: int = 8) -> ReviewDay:
    """The day of a matter; a matter has one."""
    day, _ = ReviewDay.objects.get_or_create(
        matter=matter, defaults={"weights": weights, "sealed_at": at, "minutes": minutes}
    )
    return day


def locked(day: ReviewDay) -> ReviewDay:
    return ReviewDay.objects.select_for_update().get(pk=day.pk)


def add_entry(
    day: ReviewDay, place: Place, title: str, asked: int = 0, vulnerable: bool = False, project: Matter | None = None
) -> ReviewEntry:
    """One more project at the end. Raises IntegrityError: it is on the day already."""
    last = day.entries.order_by("-number").first()
    return ReviewEntry.objects.create(
        day=day, number=last.number + 1 if last else 1, place=place, title=title, asked=asked, vulnerable=vulnerable,
        project=project,
    )  # fmt: skip


def save(row: ReviewEntry | ReviewDay | Milestone | ProjectMember, names: Sequence[str]) -> None:
    row.save(update_fields=list(names))


def ask(entry: ReviewEntry, by: str, text: str, answer: str, at: datetime) -> ReviewQuestion:
    return ReviewQuestion.objects.create(entry=entry, by=by, text=text, answer=answer, at=at)


def add_member(project: Matter, new: NewMember) -> ProjectMember:
    """Raises IntegrityError: a second leader or treasurer, or somebody twice (same name and contact)."""
    return ProjectMember.objects.create(
        project=project, person=_account(new.contact), name=new.name.strip(), duties=new.duties.strip(),
        same=_same(project, new.name, new.contact), role=new.role, resident=new.resident, **MEMBERS,
    )  # fmt: skip


def _account(contact: str) -> Person | None:
    """The account with this phone or mail address, if there is one."""
    try:
        return Person.objects.by_contact_index(parse_contact(contact).index)
    except BadContact:
        return None


def _same(matter: Matter, name: str, contact: str) -> str:
    return blind_index(f"project{matter.pk}", f"{name.strip()}\n{contact.strip()}")


def add_milestone(project: Matter, title: str, begins: date, due: date) -> Milestone:
    last = project.milestones.order_by("-number").first()
    number = last.number + 1 if last else 1
    return Milestone.objects.create(project=project, number=number, title=title, begins=begins, due=due)


def add_card(project: Matter, new: NewCard, at: datetime, act: Act | None = None) -> WorkCard:
    return WorkCard.objects.create(
        project=project, kind=new.kind, stage=new.stage, day=new.day, people=new.people, done=new.done.strip(),
        problems=new.problems.strip(), next=new.next.strip(), made_at=at, act=act,
    )  # fmt: skip


def forget(person: Person) -> None:
    """A person's name leaves the groups they were in; role and number of signatures stay."""
    ProjectMember.objects.filter(person=person).update(name="", duties="", person=None)
