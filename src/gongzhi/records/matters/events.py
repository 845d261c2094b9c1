"""The log as traces of events, read row by row: a log of any length needs the memory of one page of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from gongzhi.core.exchange.events import Event, Trace, events_of
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.log import Act
from gongzhi.records.matters.matter import Matter

ROWS = 500
COLUMNS = (
    "matter__number", "matter__place__code", "matter__category", "matter__procedure",
    "matter__charter_version__digest", "matter__charter_version__name", "matter__charter_version__version",
    "matter__parent__number", "seq", "kind", "at", "organ", "seat", "organ_instance_id", "visit", "outcome",
)  # fmt: skip

Naming = Callable[[str, str, Event], str]
"""Digest of a charter, procedure, event -> what the event is called."""


def traces(place: Place | None, naming: Naming) -> Iterator[Trace]:
    """One trace for each matter of the place and all places inside it (None: of all places), oldest number first.

    The events of a trace have to be read before the next trace is asked for.
    """
    acts = Act.objects.order_by("matter_id", "seq")
    if place is not None:
        acts = acts.filter(matter__place__path__startswith=place.path)
    rows = acts.values_list(*COLUMNS).iterator(chunk_size=ROWS)
    for head, group in groupby(rows, key=lambda row: row[:8]):
        number, code, category, procedure, digest, charter, version, parent = head
        events = _events(group, lambda event, d=digest, p=procedure: naming(d, p, event))  # type: ignore[misc]
        yield Trace(number, code, category, procedure, charter, version, events, parent or "")


def matters(place: Place | None) -> Iterator[Trace]:
    """The same matters without their events."""
    rows = Matter.objects.order_by("pk")
    if place is not None:
        rows = rows.filter(place__path__startswith=place.path)
    names = (column.removeprefix("matter__") for column in COLUMNS[:8])
    for number, code, category, procedure, _digest, charter, version, parent in rows.values_list(*names).iterator(ROWS):
        yield Trace(number, code, category, procedure, charter, version, (), parent or "")


def _events(rows: Iterator[tuple[Any, ...]], naming: Callable[[Event], str]) -> Iterator[Event]:
    for row in rows:
        seq, kind, at, organ, seat, instance, visit, outcome = row[8:]
        resource = str(instance) if instance else ""
        act = Event(f"{row[0]}.{seq}", kind, at, organ, seat, resource, visit.partition("#")[0])
        for event in events_of(act, json.loads(outcome)["effects"]):
            yield Event(
                event.id, event.kind, event.at, event.organ, event.seat, event.resource, event.step, event.outcome,
                naming(event),
            )  # fmt: skip
