"""Event logs as OCEL 2.0 JSON, piece by piece: matters, places and organs are objects, acts are events.

A matter belongs to the matter that opened it, so a tree of matters stays one story, which XES cannot say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from gongzhi.core.exchange.events import Event, Trace

EVENT_ATTRIBUTES = ("kind", "step", "outcome", "seat")
MATTER_ATTRIBUTES = ("category", "procedure", "charter", "version")
ALWAYS = "1970-01-01T00:00:00Z"  # what never changes is dated so in OCEL
OBJECT_TYPES = {"matter": MATTER_ATTRIBUTES, "place": (), "organ": ("organ",)}


def ocel_pieces(traces: Iterable[Trace], matters: Iterable[Trace]) -> Iterator[str]:
    """The whole document as pieces of text. `matters` are the same traces again; their events are not looked at.

    Only the names of activities, places and organs are remembered.
    """
    seen = _Seen()
    yield '{"events":['
    yield from _joined(seen.event(trace, event) for trace in traces for event in trace.events)
    yield '],\n"objects":['
    yield from _joined(chain(map(_matter, matters), seen.objects()))
    yield f'],\n"objectTypes":{_json(_object_types())},\n"eventTypes":{_json(seen.event_types())}}}\n'


def _joined(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    between = ""
    for value in values:
        yield between + _json(value)
        between = ",\n"


class _Seen:
    def __init__(self) -> None:
        self.types: dict[str, None] = {}
        self.places: dict[str, None] = {}
        self.organs: dict[str, str] = {}

    def event(self, trace: Trace, event: Event) -> dict[str, Any]:
        activity = event.activity or event.kind
        self.types[activity] = None
        self.places[trace.place] = None
        relations = [_related(trace.number, "matter"), _related(f"place:{trace.place}", "place")]
        if event.resource:
            self.organs[event.resource] = event.organ
            relations.append(_related(f"organ:{event.resource}", "by"))
        values = ((name, getattr(event, name)) for name in EVENT_ATTRIBUTES)
        attributes = [{"name": name, "value": value} for name, value in values if value]
        return {
            "id": event.id,
            "type": activity,
            "time": _moment(event),
            "attributes": attributes,
            "relationships": relations,
        }

    def objects(self) -> Iterator[dict[str, Any]]:
        for place in self.places:
            yield _object(f"place:{place}", "place")
        for resource, organ in self.organs.items():
            yield _object(f"organ:{resource}", "organ", [_attribute("organ", organ)])

    def event_types(self) -> list[dict[str, Any]]:
        attributes = [{"name": name, "type": "string"} for name in EVENT_ATTRIBUTES]
        return [{"name": name, "attributes": attributes} for name in sorted(self.types)]


def _matter(trace: Trace) -> dict[str, Any]:
    attributes = [_attribute(name, str(getattr(trace, name))) for name in MATTER_ATTRIBUTES]
    relations = [_related(f"place:{trace.place}", "at")]
    if trace.parent:
        relations.append(_related(trace.parent, "opened by"))
    return {**_object(trace.number, "matter", attributes), "relationships": relations}


def _object(name: str, kind: str, attributes: list[dict[str, str]] | None = None) -> dict[str, Any]:
    return {"id": name, "type": kind, "attributes": attributes or [], "relationships": []}


def _attribute(name: str, value: str) -> dict[str, str]:
    return {"name": name, "time": ALWAYS, "value": value}


def _related(name: str, qualifier: str) -> dict[str, str]:
    return {"objectId": name, "qualifier": qualifier}


def _object_types() -> list[dict[str, Any]]:
    return [
        {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}
        for kind, names in OBJECT_TYPES.items()
    ]


def _moment(event: Event) -> str:
    return event.at.isoformat(timespec="milliseconds")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
