"""Reads: rounds, who may still rate, tables once they are unsealed, grades of earlier years."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from gongzhi.records.crypto import blind_index
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Act, Matter
from gongzhi.records.people.models import Person
from gongzhi.records.reviews.models import ReviewRound


def rater_of(review: ReviewRound, person: Person) -> str:
    """Who rates, as a digest keyed with the data key and made for this round only."""
    return blind_index(f"review/{review.pk}", person.digest)


def round_of(matter: Matter, visit: str) -> ReviewRound | None:
    return ReviewRound.objects.select_related("matter__place", "organ").filter(matter=matter, visit=visit).first()


def locked(pk: int) -> ReviewRound | None:
    rows = ReviewRound.objects.select_for_update(of=("self",)).select_related("matter__place", "organ")
    return rows.filter(pk=pk).first()


def raters(review: ReviewRound) -> dict[str, int]:
    """How many rated, by group."""
    rows = review.marks.order_by("group").values("group").annotate(many=Count("pk"))
    return {row["group"]: row["many"] for row in rows}


def tables(review: ReviewRound) -> dict[str, dict[str, int]]:
    """How often each grade was given, by group. Only the count of the round may read this."""
    return {sheet.group: json.loads(sheet.sealed) for sheet in review.sheets.all()}


def open_in(place: Place) -> QuerySet[ReviewRound]:
    """Rounds that run for a place, those ending soonest first."""
    rows = ReviewRound.objects.filter(status="open", matter__place__path__startswith=place.path)
    return rows.select_related("matter__place", "organ").order_by("matter__due", "pk")


def closed_in(place: Place) -> QuerySet[ReviewRound]:
    """Rounds that have ended for a place, the latest first."""
    rows = ReviewRound.objects.filter(matter__place__path__startswith=place.path).exclude(status="open")
    return rows.select_related("matter__place", "organ").order_by("-closed_at", "-pk")


def of_organs(organs: Iterable[int]) -> QuerySet[ReviewRound]:
    """Rounds these organs hold, and those whose matter they have in hand now, to respond to or to look at again."""
    mine = Q(organ__in=list(organs)) | Q(matter__answers__in=list(organs))
    return ReviewRound.objects.filter(mine).select_related("matter__place", "organ").order_by("-pk")


def last_revealed(matter: Matter) -> ReviewRound | None:
    """The latest round of a matter that has a result."""
    return ReviewRound.objects.filter(matter=matter, status="revealed").order_by("-closed_at", "-pk").first()


def decided(reviews: Iterable[ReviewRound]) -> list[Act]:
    """Every step that was ended in the matters of these rounds, the oldest first. One query."""
    rows = Act.objects.filter(matter__in=[one.matter_id for one in reviews], kind="done")
    return list(rows.select_related("organ_instance").order_by("matter", "seq"))


def earlier(review: ReviewRound) -> list[tuple[int, str]]:
    """Years and grades of the same subject in the same procedure, this round among them, the oldest first.

    A rating that was set aside counts nowhere.
    """
    rows = ReviewRound.objects.filter(
        about=review.about, status="revealed", matter__procedure=review.matter.procedure,
        matter__place=review.matter.place,
    )  # fmt: skip
    rows = rows.exclude(appeal="set_aside")
    return [(row.opened_at.year, row.grade) for row in rows.order_by("opened_at", "pk")]
