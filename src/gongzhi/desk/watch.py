"""Which worker is on duty: one row with a heartbeat, taken over when it stops."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from gongzhi.desk.writing import writing
from gongzhi.records.matters.models import Worker

NAME = "worker"
LOST = timedelta(seconds=90)  # real time, longer than a round under load takes


def beat(holder: str) -> bool:
    """True when this holder is on duty: it was already, nobody was, or the one before has gone silent.

    The machine's own clock counts here, not a story's: it is about processes, not about matters.
    """
    now = timezone.now()
    with writing():
        Worker.objects.get_or_create(name=NAME, defaults={"holder": holder, "beat_at": now})
        mine = Q(holder=holder) | Q(beat_at__lt=now - LOST) | Q(holder="")
        return Worker.objects.filter(mine, name=NAME).update(holder=holder, beat_at=now) == 1


def release(holder: str) -> None:
    """Go off duty, so that the next one need not wait."""
    Worker.objects.filter(name=NAME, holder=holder).update(holder="")


def on_duty() -> bool:
    """Does a worker beat? Pages say so when none does."""
    return Worker.objects.filter(name=NAME, beat_at__gte=timezone.now() - LOST).exclude(holder="").exists()
