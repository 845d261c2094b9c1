"""Who has a form of a matter open right now (王主任正在办). A hint that vanishes by itself, never a lock.

Kept in the database, because the process that shows the list is not the one that showed the form. The clock is the
real one, also where stories move another: a mark is about a browser, not about a matter.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.records.people import open_forms

__all__ = ["leave", "mark", "seen"]


def mark(number: str, digest: str, who: str) -> None:
    """Somebody opened a form of this matter. `who` is the seat, never a name."""
    open_forms.mark(number, digest, who, timezone.now())


def leave(number: str) -> None:
    open_forms.leave(number)


def seen(numbers: Iterable[str], digest: str) -> dict[str, str]:
    """Number -> sentence, for matters that somebody other than the reader has open."""
    found = open_forms.seen(numbers, digest, timezone.now())
    return {number: _("{who}正在办").format(who=who) for number, who in found.items()}
