"""The same counts as SQL, for logs too long to walk through: one column for each count, composed from one table.

It reads a relation with the columns place, month, organ, procedure, kind, event, word, late, handed, refusal: lines of
the log as `happenings` makes them. Names and words come from the vocabulary alone, never from outside.
"""

from __future__ import annotations

from gongzhi.core.indicator.vocabulary import COUNTS, DURATIONS, Count

KEYS = ("place", "month", "organ", "procedure", "kind")


def rollup_sql(relation: str) -> str:
    """A query that gives every count by community, month, organ, procedure and kind."""
    counts = ",\n  ".join(f"count(*) FILTER ({where(count)}) AS {name}" for name, count in COUNTS.items())
    return f"SELECT {', '.join(KEYS)},\n  {counts}\nFROM {relation} GROUP BY ALL"


def durations_sql(relation: str) -> str:
    """A query that gives how often each duration came, by the same keys: what medians are taken from.

    It needs the column `hours` as well: from filing to the line, rounded as `happenings` rounds.
    """
    names = " ".join(f"WHEN '{event}' THEN '{name}'" for name, event in DURATIONS.items())
    events = ", ".join(f"'{event}'" for event in DURATIONS.values())
    keys = ", ".join(KEYS)
    return (
        f"SELECT {keys}, CASE event {names} END AS name, hours, count(*) AS n\n"
        f"FROM {relation} WHERE event IN ({events}) GROUP BY ALL"
    )


def where(count: Count) -> str:
    """The condition of one count."""
    told = [f"event = '{count.event}'"]
    if count.words:
        told.append(f"word IN ({', '.join(repr(word) for word in count.words)})")
    told += [name if wanted else f"NOT {name}" for name, wanted in _flags(count) if wanted is not None]
    return " AND ".join(told)


def _flags(count: Count) -> tuple[tuple[str, bool | None], ...]:
    return (("late", count.late), ("handed", count.handed), ("refusal", count.refusal or None))
