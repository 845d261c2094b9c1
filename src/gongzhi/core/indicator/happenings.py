"""From the log of one matter to its tallies: what it adds to which count of which month.

Everything comes from the log, so a rollup kept step by step and one built anew are the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from gongzhi.core.calendar import in_china
from gongzhi.core.indicator.vocabulary import COUNTS, DURATIONS, Count

HOUR = 3600
EXACT_HOURS = 240
WITHDRAWN = "withdrawn"
RATES = frozenset({"content", "partly", "not_content"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What stays the same about a matter. `handed`: an office above gave it to the community (QY-01, CY-31)."""

    procedure: str
    of: str
    handed: bool = False
    imported: bool = False
    opened: bool = False  # by another matter


@dataclass(frozen=True, slots=True)
class LogLine:
    """One act of the log: its kind and its effects as they are stored."""

    kind: str
    at: datetime
    effects: Sequence[Mapping[str, Any]]


class Tally(NamedTuple):
    """`name` of COUNTS or DURATIONS; `hours` only with a duration. `organ` answered at that moment."""

    month: date
    organ: str
    kind: str
    name: str
    hours: int = 0


class Line(NamedTuple):
    event: str
    word: str
    late: bool
    organ: str
    at: datetime


def tallies(subject: Subject, log: Iterable[LogLine]) -> Counter[Tally]:
    """How often a matter counts where. `log` is complete and in order; the result depends on nothing else."""
    lines = list(_lines(log))
    kind = _kind(subject, lines)
    found: Counter[Tally] = Counter()
    filed = lines[0].at if lines else None
    for line in lines:
        month = in_china(line.at).date().replace(day=1)
        for name, count in COUNTS.items():
            if _takes(count, line, subject):
                found[Tally(month, line.organ, kind, name)] += 1
        for name, event in DURATIONS.items():
            if event == line.event and filed is not None:
                hours = _rounded(int((line.at - filed).total_seconds()) // HOUR)
                found[Tally(month, line.organ, kind, name, hours)] += 1
    return found


def _rounded(hours: int) -> int:
    """Whole hours up to ten days, whole days above: a finer answer would make a rollup as long as the log."""
    return hours if hours < EXACT_HOURS else hours - hours % 24


def _takes(count: Count, line: Line, subject: Subject) -> bool:
    return (
        count.event == line.event
        and (not count.words or line.word in count.words)
        and count.late in (None, line.late)
        and count.handed in (None, subject.handed)
        and (not count.refusal or subject.of == "refusal")
    )


def _lines(log: Iterable[LogLine]) -> Iterator[Line]:
    """Effects in order, each with the organ that answers and whether the matter was late by then."""
    organ, late, rated, answered = "", False, "", False
    for act in log:
        for effect in sorted(act.effects, key=_filed_last):
            name = str(effect["effect"])
            at = datetime.fromisoformat(effect["at"]) if isinstance(effect["at"], str) else effect["at"]
            organ = str(effect.get("answers") or organ)
            late = late or name in ("Raised", "Breached")
            word = str(effect.get("outcome") or effect.get("state") or "")
            if name == "Left" and word in RATES:
                rated = word
            yield Line(name, rated if name == "Closed" else word, late, organ, at)
            if effect.get("end") == WITHDRAWN:
                yield Line(WITHDRAWN, "", late, organ, at)
            if name == "Left" and not effect.get("assumed") and not answered:
                answered = True
                yield Line("Answered", word, late, organ, at)
            if name == "Reopened":
                late, rated = False, ""


def _filed_last(effect: Mapping[str, Any]) -> int:
    """A filing is counted for the organ that it reached, which the same act names after it."""
    return 1 if effect["effect"] == "Filed" else 0


def _kind(subject: Subject, lines: Sequence[Line]) -> str:
    """What the matter is now; the first that holds."""
    events = [line.event for line in lines]
    merged = events.count("Merged") > events.count("Unfollowed")
    told = (
        ("imported", subject.imported), (WITHDRAWN, WITHDRAWN in events),
        ("merged", merged), ("opened", subject.opened),
    )  # fmt: skip
    return next((kind for kind, holds in told if holds), "plain")
