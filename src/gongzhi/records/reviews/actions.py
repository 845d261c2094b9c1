"""Writes. The desk calls them inside its transaction; once for each rater is kept by the database."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import IntegrityError, transaction

from gongzhi.records.matters.models import Matter
from gongzhi.records.reviews.models import ReviewMark, ReviewRound, ReviewSheet, ReviewWord

WRITTEN = {"purpose": "review", "legal_basis": "PIPL 13(1)(1)", "collected_from": "self"}


def begin(matter: Matter, visit: str, organ: int, about: str, title: str, at: datetime) -> ReviewRound:
    """A round from the moment its step begins; a visit has one."""
    values = {"organ_id": organ, "about": about, "title": title, "opened_at": at}
    found, _ = ReviewRound.objects.get_or_create(matter=matter, visit=visit, defaults=values)
    return found


def rate(review: ReviewRound, rater: str, group: str, grade: str, words: str) -> bool:
    """One stroke for a grade; False: this rater has rated before, and the first rating stays. Round locked before."""
    try:
        with transaction.atomic():
            ReviewMark.objects.create(review=review, rater=rater, group=group)
    except IntegrityError:
        return False
    sheet, _ = ReviewSheet.objects.get_or_create(review=review, group=group, defaults={"sealed": "{}"})
    table = json.loads(sheet.sealed)
    table[grade] = table.get(grade, 0) + 1
    sheet.sealed = json.dumps(table, sort_keys=True)
    sheet.save(update_fields=["sealed"])
    if words:
        ReviewWord.objects.create(review=review, group=group, text=words, **WRITTEN)
    return True


def close(review: ReviewRound, at: datetime, grade: str, mean: int | None) -> None:
    """Revealed with its grade, or withheld for good."""
    review.status, review.closed_at = ("revealed" if grade else "withheld"), at
    review.grade, review.mean = grade, mean
    review.save(update_fields=["status", "closed_at", "grade", "mean"])


def appeal(review: ReviewRound, state: str) -> None:
    """Who was rated asked for another look (`open`), or it was decided: `upheld`, `set_aside`."""
    review.appeal = state
    review.save(update_fields=["appeal"])
