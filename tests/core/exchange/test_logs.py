"""XES and OCEL: every event comes out once, in forms that others read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from lxml import etree

from gongzhi.core.calendar import CHINA
from gongzhi.core.exchange.events import BY_CLOCK, Event, Trace, events_of
from gongzhi.core.exchange.ocel import ocel_pieces
from gongzhi.core.exchange.xes import xes_lines

MONDAY = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
XES = "{http://www.xes-standard.org/}"
AWKWARD = 'a"<&>\x00\n甲'


def traces(matters: int = 3, acts: int = 4) -> Iterator[Trace]:
    for matter in range(matters):
        number = f"M{matter}"
        events = (
            Event(
                f"{number}.{act}", "done", MONDAY + timedelta(hours=act), "office", "head", "7", "step", "ok", AWKWARD
            )
            for act in range(acts)
        )
        yield Trace(number, "990101001001", "lamp", "lamp", "small", 2, events, "M0" if matter else "")


def test_xes_parses_and_has_every_event() -> None:
    root = etree.fromstring("\n".join(xes_lines(traces(), AWKWARD)).encode())
    assert root.tag == f"{XES}log"
    found = root.findall(f"{XES}trace")
    assert len(found) == 3
    assert len(root.findall(f"{XES}trace/{XES}event")) == 12
    event = {item.get("key"): item.get("value") for item in found[0].find(f"{XES}event")}
    assert event["org:group"] == "office" and event["org:role"] == "head" and event["org:resource"] == "7"
    assert event["concept:name"] == AWKWARD.replace("\x00", "\ufffd")
    assert event["time:timestamp"] == "2026-03-16T08:30:00.000+08:00"
    declared = {item.get("prefix") for item in root.findall(f"{XES}extension")}
    keys = {item.get("key") for item in root.iter() if item.get("key")}
    assert {key.partition(":")[0] for key in keys if ":" in key} <= declared


def test_ocel_is_whole_and_every_relation_leads_to_an_object() -> None:
    data = json.loads("".join(ocel_pieces(traces(), traces())))
    assert {"objectTypes", "eventTypes", "objects", "events"} == data.keys()
    assert len(data["events"]) == 12
    objects = {one["id"]: one for one in data["objects"]}
    assert len(objects) == len(data["objects"]) == 3 + 1 + 1
    types = {one["name"]: {a["name"] for a in one["attributes"]} for one in data["objectTypes"]}
    assert all({a["name"] for a in one["attributes"]} <= types[one["type"]] for one in data["objects"])
    declared = {one["name"]: {a["name"] for a in one["attributes"]} for one in data["eventTypes"]}
    assert all({a["name"] for a in one["attributes"]} <= declared[one["type"]] for one in data["events"])
    for one in [*data["events"], *data["objects"]]:
        assert all(relation["objectId"] in objects for relation in one["relationships"])
    assert {"objectId": "M0", "qualifier": "opened by"} in objects["M2"]["relationships"]


def test_nothing_happened_is_a_log_too() -> None:
    assert etree.fromstring("\n".join(xes_lines([], "x")).encode()).findall(f"{XES}trace") == []
    assert json.loads("".join(ocel_pieces([], [])))["events"] == []


def test_the_log_is_written_while_it_is_read() -> None:
    """A million matters: the first lines are there at once, nothing is gathered first."""
    endless = traces(matters=10**6, acts=10)
    assert len(list(islice(xes_lines(endless, "x"), 500))) == 500
    assert len(list(islice(ocel_pieces(traces(10**6), traces(10**6)), 500))) == 500


def test_a_lapse_is_an_event_of_its_own_before_the_act() -> None:
    act = Event("M1.4", "done", MONDAY, "office", "", "7", "confirm")
    left = {"effect": "Left", "at": MONDAY.isoformat(), "visit": "x#1"}
    effects = [
        {**left, "step": "confirm", "outcome": "no_answer", "assumed": True},
        {**left, "step": "after", "outcome": "ok", "assumed": False},
    ]
    first, second = events_of(act, effects)
    assert (first.id, first.kind, first.step, first.outcome, first.organ) == (
        "M1.4.1",
        BY_CLOCK,
        "confirm",
        "no_answer",
        "",
    )
    assert (second.id, second.step, second.outcome, second.organ) == ("M1.4", "after", "ok", "office")
    tick = Event("M1.5", "tick", MONDAY, "system")
    assert [one.kind for one in events_of(tick, effects[:1])] == [BY_CLOCK]
    assert [one.kind for one in events_of(tick, [])] == ["tick"]
