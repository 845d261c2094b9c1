"""Reads: consultations of a place or matter, what is shown, who said how much, signatures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from gongzhi.records.consultations.models import Consultation, Contribution, SignatureList, Stance, SurveySheet
from gongzhi.records.crypto import blind_index
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person


def voter_of(consultation: Consultation, person: Person) -> str:
    """Who votes, as a digest keyed with the data key and made for this consultation only."""
    return blind_index(f"consultation/{consultation.pk}", person.digest)


def consultation_of(matter: Matter, visit: str) -> Consultation | None:
    return Consultation.objects.select_related("matter", "organ").filter(matter=matter, visit=visit).first()


def public_in(place: Place) -> QuerySet[Consultation]:
    """Consultations of public matters in a place that were opened, the newest first."""
    rows = Consultation.objects.filter(matter__public=True, matter__place__path__startswith=place.path)
    return rows.exclude(opened_at=None).select_related("matter", "organ").order_by("-opened_at", "-pk")


def of_organs(organs: Iterable[int]) -> QuerySet[Consultation]:
    """What these organs hold, or hear appeals of, with how much waits."""
    ours = list(organs)
    waiting = Q(contributions__state__in=("waiting", "appealed"))
    rows = Consultation.objects.filter(Q(organ__in=ours) | Q(appeals__in=ours)).select_related("matter", "organ")
    return rows.annotate(waiting=Count("contributions", filter=waiting)).order_by("-pk")


def is_open(consultation: Consultation, at: datetime) -> bool:
    """May people vote and write now?"""
    return consultation.status == "open" and (consultation.until is None or at <= consultation.until)


def seen_by_all(at: datetime) -> Q:
    """Shown, or shown again because an appeal was not answered in time: silence of the organ is not a refusal."""
    return Q(state="shown") | Q(state="appealed", appeal_due__lt=at)


def shown(consultation: Consultation, kind: str, at: datetime) -> QuerySet[Contribution]:
    """What everybody may read, in the order of its numbers."""
    return consultation.contributions.filter(seen_by_all(at), kind=kind).order_by("number")


def withheld(consultation: Consultation, at: datetime) -> QuerySet[Contribution]:
    """What was rejected: ground and reason are for all, the words are not."""
    hidden = Q(state__in=("rejected", "confirmed")) | Q(state="appealed", appeal_due__gte=at)
    return consultation.contributions.filter(hidden).order_by("kind", "number")


def queue(consultation: Consultation) -> QuerySet[Contribution]:
    """What waits for moderation, the oldest first."""
    return consultation.contributions.filter(state="waiting").order_by("added_at", "pk")


def stances(consultation: Consultation, at: datetime) -> list[tuple[str, int, int]]:
    """All votes on shown statements as (voter, number of the statement, answer), by digest of the voter.

    That order tells nothing about when somebody voted, and the open data have the same, so that anybody's map is ours.
    """
    visible = shown(consultation, "statement", at).values("pk")
    rows = Stance.objects.filter(statement__in=visible).order_by("voter", "statement__number")
    return list(rows.values_list("voter", "statement__number", "answer"))


def stamp(consultation: Consultation, at: datetime) -> tuple[int, ...]:
    """Numbers that change whenever `stances` does: a vote cast, taken back or cast anew, a statement shown or not."""
    visible = tuple(shown(consultation, "statement", at).values_list("pk", flat=True))
    rows = Stance.objects.filter(statement__in=visible)
    found = rows.aggregate(count=Count("pk"), last=Max("pk"))
    return (found["count"], found["last"] or 0, *visible)


def own_stances(consultation: Consultation, person: Person) -> dict[int, int]:
    """What somebody answered, by statement."""
    rows = Stance.objects.filter(statement__consultation=consultation, voter=voter_of(consultation, person))
    return dict(rows.order_by("pk").values_list("statement_id", "answer"))


def next_statement(consultation: Consultation, person: Person, at: datetime) -> Contribution | None:
    """A statement the person has not voted on: those with the fewest votes first, so that all are heard alike."""
    done = own_stances(consultation, person)
    rows = shown(consultation, "statement", at).exclude(pk__in=done).annotate(votes=Count("stances"))
    return rows.order_by("votes", "number").first()


def filled_in(consultation: Consultation, person: Person) -> bool:
    return SurveySheet.objects.filter(consultation=consultation, voter=voter_of(consultation, person)).exists()


def lists_in(place: Place) -> QuerySet[SignatureList]:
    """Signature lists of public matters in a place, open ones first. The number of signatures is public."""
    rows = SignatureList.objects.filter(matter__public=True, matter__place__path__startswith=place.path, needed__gt=0)
    return rows.select_related("matter", "organ").annotate(count=Count("signatures")).order_by("closed_at", "-pk")


def lists_of_organs(organs: Iterable[int]) -> QuerySet[SignatureList]:
    rows = SignatureList.objects.filter(organ__in=list(organs)).select_related("matter", "organ")
    return rows.annotate(count=Count("signatures")).order_by("closed_at", "-pk")


def list_of(matter: Matter, visit: str) -> SignatureList | None:
    return SignatureList.objects.filter(matter=matter, visit=visit).first()
