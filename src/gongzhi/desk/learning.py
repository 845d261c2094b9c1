"""Categories learned from this installation's own finished matters; the charter's words stay the floor.

Learned at night from what people said and the category under which it was finished, so a correction made today is
learned tonight. Half a minute of work for 8,000 matters, so the worker leaves it to a process of its own and its clocks
go on. Kept sealed in GONGZHI_HOME, because words of residents are in it. A proposal only: a person adopts it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.core.routing import BadModel, Labelled, Model, load_model, train
from gongzhi.desk.propose import choosable, propose
from gongzhi.records.crypto import Unreadable, seal_bytes, unseal_bytes
from gongzhi.records.matters.models import Words
from gongzhi.records.matters.sealing import read_text

__all__ = ["Proposed", "about", "finished", "in_background", "learn", "learn_at_night", "proposal", "switch"]

SURE = 0.7  # below this the charter's own words propose, and the page asks a person to look
ENOUGH, EACH = 60, 5  # matters in all, and of a category, below which nothing is learned
MOST = 8000  # newest finished matters that are learned from
GOOD = 0.6  # cross-validated macro-F1 below which what was learned is not used
NIGHT = range(2, 5)  # hours of the clock in China
BOUND = "routing model"


@dataclass(frozen=True, slots=True)
class Proposed:
    """`learned`: from finished matters; otherwise by the charter's words, with `confidence` 0: nobody measured it."""

    category: str
    confidence: float
    reasons: tuple[str, ...]
    learned: bool


def proposal(charter: Charter, said: str) -> Proposed:
    """The category proposed for what somebody said, and why."""
    model = _model()
    found = model.propose(said) if model is not None else None
    known = {one.name: one for one in choosable(charter)}
    if found is not None and found.confidence >= SURE and found.label in known:
        return Proposed(found.label, found.confidence, found.reasons, learned=True)
    category = propose(charter, said)
    words = known[category].words if category in known else ()
    return Proposed(category, 0.0, tuple(word for word in words if word in said), learned=False)


def learn_at_night(now: datetime, start: Callable[[datetime], object] | None = None) -> bool:
    """Begin learning, once a night, where there is enough to learn from. True when `start` was called."""
    local = now.astimezone(CHINA)
    if local.hour not in NIGHT or _tried.get("day") == local.date():
        return False
    _tried["day"] = local.date()
    if finished().count() < ENOUGH:
        return False
    (start or in_background)(now)
    return True


def in_background(now: datetime) -> subprocess.Popen[bytes]:
    """`gongzhi route learn` as a process that nobody waits for."""
    command = [sys.executable, "-m", "gongzhi.cli", "route", "learn", "--at", now.isoformat()]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    _tried["process"] = process  # kept until the next night, so that its end is noticed
    return process


_tried: dict[str, object] = {}


def learn(now: datetime) -> Model | None:
    """Learn from finished matters. None: there are too few, and what was learned before stays."""
    rows = _finished()
    if len(rows) < ENOUGH or len({one.label for one in rows}) < 2:
        return None
    learned = train(rows).model
    model = replace(learned, about={**learned.about, "day": now.astimezone(CHINA).date().isoformat()})
    _folder().mkdir(parents=True, exist_ok=True)
    draft = _folder() / "own.part"
    draft.write_bytes(seal_bytes(model.dump(), BOUND))
    draft.replace(_folder() / "own.sealed")
    (_folder() / "own.json").write_text(json.dumps(model.about), "utf-8")
    return model


def about() -> dict[str, object]:
    """What the model in use was learned from: day, rows, labels, macro_f1; and whether it is `off`. Empty: none yet."""
    try:
        told: dict[str, object] = json.loads((_folder() / "own.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {**told, "off": _off().exists(), "good": float(str(told.get("macro_f1", 0))) >= GOOD}


def switch(on: bool) -> None:
    """Use what was learned, or only the charter's words."""
    _folder().mkdir(parents=True, exist_ok=True)
    _off().unlink(missing_ok=True) if on else _off().touch()


def finished() -> QuerySet[Words]:
    """What was said first in each finished matter, as far as it is still kept."""
    return Words.objects.filter(name="what", act__seq=1, erased_at=None, matter__status__in=("closed", "final"))


def _finished() -> list[Labelled]:
    """What was said in finished matters, newest first, with the category each was finished under."""
    kept = finished().select_related("matter").order_by("-matter__closed_at", "-pk")[:MOST]
    found = [Labelled(read_text(row), row.matter.category) for row in kept]
    often = Counter(one.label for one in found)
    return [one for one in found if one.text.strip() and often[one.label] >= EACH]


def _folder() -> Path:
    return Path(settings.GONGZHI_HOME) / "models"


def _off() -> Path:
    return _folder() / "own.off"


def _model() -> Model | None:
    """The model in use, read again when the file has changed."""
    file = _folder() / "own.sealed"
    try:
        stamp = file.stat().st_mtime_ns
    except OSError:
        return None
    model = _read(file, stamp)
    good = model is not None and float(model.about.get("macro_f1", 0)) >= GOOD
    return model if good and not _off().exists() else None


@lru_cache(maxsize=2)
def _read(file: Path, stamp: int) -> Model | None:
    try:
        return load_model(unseal_bytes(file.read_bytes(), BOUND))
    except (OSError, Unreadable, BadModel):
        return None
