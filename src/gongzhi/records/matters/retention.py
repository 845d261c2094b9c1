"""How long words are kept once their matter has ended for good, by kind and purpose. Our choice; see docs/rights."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q

from gongzhi.core.calendar import CHINA
from gongzhi.records.matters.models import Matter, Words

# Days after the end. Contacts are for reaching the person while the matter runs and may be reopened.
KEEP = {"contact": 30, "text": 365 * 3, "place": 365 * 3, "photo": 365, "audio": 90, "document": 365 * 10}
ARCHIVE = 365 * 10
BATCH = 500


def begin(matter: Matter, at: datetime) -> None:
    """The matter has ended for good: from now on the time of its words runs. A shorter time of their own stays."""
    ended = at.astimezone(CHINA).date()
    rows = Words.objects.filter(matter=matter, erased_at=None)
    for kind, days in KEEP.items():
        until = ended + timedelta(days=days)
        rows.filter(kind=kind, archive=False).filter(_longer(until)).update(retention_until=until)
    until = ended + timedelta(days=ARCHIVE)
    rows.filter(archive=True).filter(_longer(until)).update(retention_until=until)


def _longer(until: date) -> Q:
    return Q(retention_until=None) | Q(retention_until__gt=until)


def due(today: date, limit: int = BATCH) -> list[Words]:
    """Words whose time is over, the oldest first; those of a matter that runs again are kept until it ends."""
    rows = Words.objects.filter(erased_at=None, retention_until__lt=today, matter__status="final")
    return list(rows.order_by("retention_until", "pk")[:limit])
