"""Cases, acts and effects as plain JSON values and back, exactly (`case_from(case_to(case)) == case`).

Only what differs from the default is written, with sorted keys where order means nothing, so that equal cases
give equal text. Times are ISO 8601 with offset.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any

import orjson

from gongzhi.core.calendar import Remaining, Span
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.case import Case, Clock, Control, Doer, History, State, evolve
from gongzhi.core.procedure.effects import Effect, Reason

PAIRS = {"parts", "objections", "uses", "kept", "given", "visits", "dates", "links"}
TUPLES = {"declined_by", "made", "parties"}
TIMES = {"filed", "last", "start", "due", "at"}


def canonical(value: Any) -> str:
    """JSON text with sorted keys and no spaces: the form that is hashed. Times are written in ISO 8601."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _defaults(kind: Any) -> dict[str, Any]:
    return {f.name: f.default if f.default is not MISSING else MISSING for f in fields(kind)}


DEFAULTS: dict[Any, dict[str, Any]] = {kind: _defaults(kind) for kind in (Control, Clock, History)}


def _dump(thing: Control | Clock | History) -> dict[str, Any]:
    """The fields that differ from their defaults; pairs become objects."""
    defaults = DEFAULTS[type(thing)]
    return {
        name: dict(value) if name in PAIRS else value
        for name, value in vars(thing).items()
        if value is not None and value != defaults[name]
    }


def _tuple(value: Any) -> Any:
    return tuple(_tuple(item) for item in value) if isinstance(value, list) else value


def _load(kind: type[State], data: dict[str, Any]) -> State:
    """The state that `_dump` wrote. Canonical text has its keys sorted, and so are pairs."""
    state = dict(DEFAULTS[kind])
    for name, value in data.items():
        if name in TIMES:
            state[name] = datetime.fromisoformat(value)
        elif name in PAIRS:
            state[name] = tuple((key, _tuple(item)) for key, item in sorted(value.items()))
        elif name in TUPLES:
            state[name] = tuple(value)
        else:
            state[name] = value
    loaded = object.__new__(kind)
    loaded.__dict__.update(state)
    return loaded


# --- cases ---


def case_to(case: Case) -> dict[str, Any]:
    return {
        "charter": case.charter,
        "version": case.version,
        "digest": case.digest,
        "procedure": case.procedure,
        "place": case.place,
        "category": case.category,
        "cast": dict(case.cast),
        "headcount": case.headcount,
        "public": case.public,
        "channel": case.channel,
        "parties": case.parties,
        "control": _dump(case.control),
        "clocks": [_clock_to(clock) for clock in case.clocks],
        "history": _history_to(case.history),
        **({"marks": dict(case.marks)} if case.marks else {}),
    }


def case_from(data: dict[str, Any]) -> Case:
    """The case again. Raises KeyError, TypeError or ValueError on data that `case_to` did not write."""
    return Case(
        **{name: data[name] for name in ("charter", "version", "digest", "procedure", "place", "category")},
        cast=data["cast"],
        marks=data.get("marks", {}),
        headcount=data["headcount"],
        public=data["public"],
        channel=data["channel"],
        parties=tuple(data["parties"]),
        control=_load(Control, data["control"]),
        clocks=tuple(_clock_from(clock) for clock in data["clocks"]),
        history=_history_from(data["history"]),
    )


def _clock_to(clock: Clock) -> dict[str, Any]:
    out = _dump(clock)
    if clock.span is not None:
        out["span"] = str(clock.span)
    return out


def _clock_from(data: dict[str, Any]) -> Clock:
    clock = _load(Clock, data)
    span = Span.parse(data["span"]) if "span" in data else None
    return evolve(clock, span=span, extensions=_tuple(data.get("extensions", [])))


def _history_to(history: History) -> dict[str, Any]:
    out = _dump(history)
    out["doers"] = [[d.step, d.visit, d.person, d.organ, d.seat] for d in history.doers]
    if history.paused_left is not None:
        out["paused_left"] = [history.paused_left.n, history.paused_left.unit, history.paused_left.us]
    return out


def _history_from(data: dict[str, Any]) -> History:
    left = data.get("paused_left")
    return evolve(
        _load(History, data),
        doers=tuple(Doer(*row) for row in data["doers"]),
        paused_left=Remaining(*left) if left else None,
    )


# --- acts ---


def act_to(act: Act) -> dict[str, Any]:
    """The facts of an act for the log; `by` is kept beside it as columns but is part of what is hashed."""
    out = {
        name: value
        for name, value in ((name, getattr(act, name)) for name in ACT_FIELDS)
        if name not in ("filing", "by", "fields", "documents", "counts") and value
    }
    out["by"] = {"person": act.by.person, "organ": act.by.organ, "seat": act.by.seat}
    for name in ("fields", "documents", "counts"):
        if mapping := getattr(act, name):
            out[name] = dict(mapping)
    if act.filing is not None:
        out["filing"] = _filing_to(act.filing)
    return out


def act_from(data: dict[str, Any]) -> Act:
    kept = {name: value for name, value in data.items() if name not in ("by", "filing", "at")}
    if "fields" in kept:
        kept["fields"] = {key: _tuple(value) for key, value in kept["fields"].items()}
    return Act(
        at=datetime.fromisoformat(data["at"]),
        by=Actor(**data["by"]),
        filing=_filing_from(data["filing"]) if "filing" in data else None,
        **kept,
    )


def _filing_to(filing: Filing) -> dict[str, Any]:
    out = {name: getattr(filing, name) for name in FILING_FIELDS} | {"cast": dict(filing.cast)}
    return out if filing.in_force else {name: value for name, value in out.items() if name != "in_force"}


def _filing_from(data: dict[str, Any]) -> Filing:
    return Filing(**{**data, "parties": tuple(data["parties"])})


# --- effects and reasons (read by timelines; never read back by the engine) ---


def effect_to(effect: Effect) -> dict[str, Any]:
    kind = type(effect)
    if kind not in EFFECT_FIELDS:
        EFFECT_FIELDS[kind] = tuple(f.name for f in fields(kind))
    return {"effect": kind.__name__} | {name: getattr(effect, name) for name in EFFECT_FIELDS[kind]}


def reason_to(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code} | dict(reason.args)


ACT_FIELDS = tuple(f.name for f in fields(Act))
FILING_FIELDS = tuple(f.name for f in fields(Filing))
EFFECT_FIELDS: dict[type[Effect], tuple[str, ...]] = {}
