"""Skills offered freely: offered, looked at, shown without a name, withdrawn. Never points, ranks or who used them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from gongzhi.records.institutions.models import Place
from gongzhi.records.organisations.actions import NotPossible
from gongzhi.records.organisations.models import Skill
from gongzhi.records.people.models import Person

__all__ = ["AT_MOST", "look", "offer", "offered_by", "shown_in", "waiting_in", "withdraw"]

AT_MOST = 5  # offers of one person
OFFERED = {"purpose": "skill", "legal_basis": "PIPL 13(1)(1)", "collected_from": "self"}


@transaction.atomic
def offer(place: Place, person: Person, now: datetime, *, kind: str, what: str, times: str = "") -> Skill:
    """Not shown before staff have looked, so that nobody's name or phone number hangs out. Raises NotPossible."""
    Person.objects.select_for_update().get(pk=person.pk)
    if Skill.objects.filter(person=person).count() >= AT_MOST:
        raise NotPossible("too_many_skills")
    return Skill.objects.create(
        place=place, person=person, kind=kind, what=what, times=times, offered_at=now, **OFFERED
    )


def withdraw(pk: int, person: Person) -> None:
    """Gone at once, and nothing says that it was there. Again is no fault."""
    Skill.objects.filter(pk=pk, person=person).delete()


def look(pk: int, place: Place, person: Person, shown: bool, reason: str, now: datetime) -> None:
    """Shown, or not and why; also to take down what was shown. Raises NotPossible: no_reason, own_skill, skill_gone."""
    if not shown and not reason:
        raise NotPossible("no_reason")
    rows = Skill.objects.filter(pk=pk, place__path__startswith=place.path)
    if rows.filter(person=person).exists():
        raise NotPossible("own_skill")
    state, why = ("shown", "") if shown else ("declined", reason)
    if not rows.update(state=state, reason=why, looked_at=now):
        raise NotPossible("skill_gone")


def shown_in(place: Place, kind: str = "") -> QuerySet[Skill]:
    """What is offered in the place, the newest first."""
    rows = Skill.objects.filter(place__path__startswith=place.path, state="shown")
    return (rows.filter(kind=kind) if kind else rows).order_by("-pk")


def waiting_in(place: Place) -> QuerySet[Skill]:
    """Offers nobody has looked at yet, the oldest first."""
    return Skill.objects.filter(place__path__startswith=place.path, state="waiting").order_by("pk")


def offered_by(person: Person) -> QuerySet[Skill]:
    """One's own, with what staff said."""
    return Skill.objects.filter(person=person).order_by("pk")
