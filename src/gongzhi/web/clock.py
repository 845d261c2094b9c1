"""What time it is, for every face. Below the faces time is an argument, so that everything can be replayed.

A story server (GONGZHI_STORY_CLOCK, refused in production) has a clock that is moved by hand. It stands in a
file of GONGZHI_HOME, because all processes of the server have to agree on it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

__all__ = ["now", "set_story_time", "story_clock", "was_set"]


def story_clock() -> bool:
    """True on a server whose clock is moved by hand."""
    return bool(settings.GONGZHI_STORY_CLOCK)


def now() -> datetime:
    """The time at which what happens now takes place."""
    if story_clock() and _file().exists():
        return datetime.fromisoformat(_file().read_text().strip())
    return timezone.now()


def was_set() -> bool:
    """True when a story server's clock was moved already."""
    return story_clock() and _file().exists()


def set_story_time(at: datetime) -> None:
    """Moves the clock of a story server. Raises RuntimeError on any other."""
    if not story_clock():
        raise RuntimeError("only a story server's clock can be moved")
    beside = _file().with_suffix(".next")
    beside.write_text(at.isoformat())
    beside.replace(_file())


def _file() -> Path:
    return Path(settings.GONGZHI_HOME) / "story-clock"
