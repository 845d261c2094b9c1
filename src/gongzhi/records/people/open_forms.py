"""Marks "somebody is working on this", kept where all processes of the server see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gongzhi.records.people.posts import OpenForm

LIVES = timedelta(seconds=120)


def mark(number: str, digest: str, who: str, now: datetime) -> None:
    """One statement; the last who opened a form is shown. Marks that ran out go on the way."""
    OpenForm.objects.filter(until__lt=now).delete()
    OpenForm.objects.bulk_create(
        [OpenForm(number=number, digest=digest, who=who, until=now + LIVES)],
        update_conflicts=True, unique_fields=["number"], update_fields=["digest", "who", "until"],
    )  # fmt: skip


def leave(number: str) -> None:
    """The form was sent."""
    OpenForm.objects.filter(number=number).delete()


def seen(numbers: Iterable[str], digest: str, now: datetime) -> dict[str, str]:
    """Number -> seat, for matters that somebody other than the reader has open. One query."""
    found = OpenForm.objects.filter(number__in=list(numbers), until__gte=now).exclude(digest=digest)
    return dict(found.values_list("number", "who"))
