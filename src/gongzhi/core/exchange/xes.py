"""Event logs as XES (IEEE 1849-2016), line by line, so that a log of any length needs no memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import quoteattr

from gongzhi.core.exchange.events import Event, Trace
from gongzhi.core.exchange.xml_text import HEAD, fit

NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = (
    ("Concept", "concept", f"{NAMESPACE}concept.xesext"),
    ("Lifecycle", "lifecycle", f"{NAMESPACE}lifecycle.xesext"),
    ("Organizational", "org", f"{NAMESPACE}org.xesext"),
    ("Time", "time", f"{NAMESPACE}time.xesext"),
)
NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def xes_lines(traces: Iterable[Trace], name: str) -> Iterator[str]:
    """The whole document. `name` is the title of the log."""
    yield HEAD.rstrip("\n")
    yield f'<log xes.version="1849-2016" xes.features="" xmlns="{NAMESPACE}">'
    for title, prefix, uri in EXTENSIONS:
        yield f'  <extension name="{title}" prefix="{prefix}" uri="{uri}"/>'
    yield f'  <global scope="trace">{_text("concept:name", "-")}</global>'
    yield f'  <global scope="event">{"".join(_always(Event("-", "-", NEVER, activity="-")))}</global>'
    yield '  <classifier name="Activity" keys="concept:name"/>'
    yield f"  {_text('concept:name', name)}"
    for trace in traces:
        yield from _trace(trace)
    yield "</log>"


def _trace(trace: Trace) -> Iterator[str]:
    yield "  <trace>"
    yield f"    {_text('concept:name', trace.number)}"
    for key in ("place", "category", "procedure", "charter", "parent"):
        if value := getattr(trace, key):
            yield f"    {_text(key, value)}"
    yield f'    <int key="version" value="{trace.version}"/>'
    for event in trace.events:
        yield f"    <event>{''.join([*_always(event), *_where_known(event)])}</event>"
    yield "  </trace>"


def _always(event: Event) -> Iterator[str]:
    yield _text("concept:name", event.activity or event.kind)
    yield f'<date key="time:timestamp" value="{event.at.isoformat(timespec="milliseconds")}"/>'
    yield _text("lifecycle:transition", "complete")


def _where_known(event: Event) -> Iterator[str]:
    known = {
        "org:resource": event.resource or event.organ,
        "org:group": event.organ,
        "org:role": event.seat,
        "kind": event.kind,
        "step": event.step,
        "outcome": event.outcome,
    }
    return (_text(key, value) for key, value in known.items() if value)


def _text(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(fit(value))}/>'
