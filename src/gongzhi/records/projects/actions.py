"""Writes about projects. The desk calls these inside its transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from gongzhi.records.crypto import blind_index
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects.models import (
    Bid,
    Milestone,
    ProjectMember,
    ReviewDay,
    ReviewEntry,
    ReviewQuestion,
    Tender,
    WorkCard,
)

MEMBERS = {"purpose": "project_group", "legal_basis": "PIPL 13(1)(1)", "collected_from": "committee"}


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


def save(row: ReviewEntry | ReviewDay | Tender | Milestone | ProjectMember, names: Sequence[str]) -> None:
    row.save(update_fields=list(names))


def ask(entry: ReviewEntry, by: str, text: str, answer: str, at: datetime) -> ReviewQuestion:
    return ReviewQuestion.objects.create(entry=entry, by=by, text=text, answer=answer, at=at)


def add_member(project: Matter, name: str, contact: str, role: str, resident: bool, duties: str) -> ProjectMember:
    """Raises IntegrityError: a second leader or treasurer, or somebody twice (same name and contact)."""
    return ProjectMember.objects.create(
        project=project, name=name, duties=duties, same=_same(project, name, contact), role=role, resident=resident,
        **MEMBERS,
    )  # fmt: skip


def _same(matter: Matter, name: str, contact: str) -> str:
    return blind_index(f"project{matter.pk}", f"{name.strip()}\n{contact.strip()}")


def add_milestone(project: Matter, title: str, begins: date, due: date) -> Milestone:
    last = project.milestones.order_by("-number").first()
    number = last.number + 1 if last else 1
    return Milestone.objects.create(project=project, number=number, title=title, begins=begins, due=due)


def add_card(
    project: Matter, stage: str, day: date, people: int, done: str, problems: str, at: datetime
) -> WorkCard:  # fmt: skip
    return WorkCard.objects.create(
        project=project, stage=stage, day=day, people=people, done=done, problems=problems, made_at=at
    )


def publish_tender(matter: Matter, estimate: int, statutory: bool, at: datetime, closes_at: datetime) -> Tender:
    return Tender.objects.create(
        matter=matter, estimate=estimate, statutory=statutory, published_at=at, closes_at=closes_at
    )


def hand_in_bid(tender: Tender, bidder: str, offer: str, at: datetime) -> Bid:
    """A sealed bid. Raises IntegrityError: late by however little, or a second one of the same bidder."""
    last = tender.bids.order_by("-number").first()
    digest = hashlib.sha256(f"{bidder}\n{offer}".encode()).hexdigest()
    same = blind_index(f"tender{tender.pk}", bidder.strip())
    return Bid.objects.create(
        tender=tender, number=last.number + 1 if last else 1, same=same, bidder=bidder, offer=offer, digest=digest,
        handed_at=at, closes_at=tender.closes_at,
    )  # fmt: skip
