"""Cases, acts and effects as plain JSON values and back, exactly (`case_from(case_to(case)) == case`).

Only what differs from the default is written, with sorted keys where order means nothing, so that equal cases
give equal text. Times are ISO 8601 with offset.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from gongzhi.core.calendar import Remaining, Span
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.case import Case, Clock, Control, Doer, History
from gongzhi.core.procedure.effects import Effect, Reason

PAIRS = {"parts", "objections", "uses", "kept", "given", "visits", "dates", "links"}
TUPLES = {"declined_by", "made", "parties"}
TIMES = {"filed", "last", "start", "due", "at"}


def canonical(value: Any) -> str:
    """JSON text with sorted keys and no spaces: the form that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=64)
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default if f.default is not MISSING else MISSING) for f in fields(kind))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _dump(thing: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, default in _defaults(type(thing)):  # type: ignore[arg-type]
        value = getattr(thing, name)
        if value == default or value is None:
            continue
        out[name] = {key: _plain(item) for key, item in value} if name in PAIRS else _plain(value)
    return out


def _tuple(value: Any) -> Any:
    return tuple(_tuple(item) for item in value) if isinstance(value, list) else value


def _load(data: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in data.items():
        if name in PAIRS:
            out[name] = tuple(sorted((key, _tuple(item)) for key, item in value.items()))
        elif name in TIMES:
            out[name] = datetime.fromisoformat(value)
        elif name in TUPLES:
            out[name] = tuple(value)
        else:
            out[name] = value
    return out


# --- cases ---


def case_to(case: Case) -> dict[str, Any]:
    return {
        "charter": case.charter,
        "version": case.version,
        "digest": case.digest,
        "procedure": case.procedure,
        "place": case.place,
        "category": case.category,
        "cast": dict(sorted(case.cast.items())),
        "headcount": case.headcount,
        "public": case.public,
        "channel": case.channel,
        "parties": list(case.parties),
        "control": _dump(case.control),
        "clocks": [_clock_to(clock) for clock in case.clocks],
        "history": _history_to(case.history),
    }


def case_from(data: dict[str, Any]) -> Case:
    """The case again. Raises KeyError, TypeError or ValueError on data that `case_to` did not write."""
    return Case(
        **{name: data[name] for name in ("charter", "version", "digest", "procedure", "place", "category")},
        cast=data["cast"],
        headcount=data["headcount"],
        public=data["public"],
        channel=data["channel"],
        parties=tuple(data["parties"]),
        control=Control(**_load(data["control"])),
        clocks=tuple(_clock_from(clock) for clock in data["clocks"]),
        history=_history_from(data["history"]),
    )


def _clock_to(clock: Clock) -> dict[str, Any]:
    out = _dump(clock)
    if clock.span is not None:
        out["span"] = str(clock.span)
    return out


def _clock_from(data: dict[str, Any]) -> Clock:
    kept = _load(data)
    kept["extensions"] = tuple((a, b) for a, b in data.get("extensions", ()))
    kept["span"] = Span.parse(data["span"]) if "span" in data else None
    return Clock(**kept)


def _history_to(history: History) -> dict[str, Any]:
    out = _dump(history)
    out["doers"] = [[d.step, d.visit, d.person, d.organ, d.seat] for d in history.doers]
    if history.paused_left is not None:
        out["paused_left"] = [history.paused_left.n, history.paused_left.unit, history.paused_left.us]
    return out


def _history_from(data: dict[str, Any]) -> History:
    kept = _load(data)
    kept["doers"] = tuple(Doer(*row) for row in data["doers"])
    left = data.get("paused_left")
    kept["paused_left"] = Remaining(*left) if left else None
    return History(**kept)


# --- acts ---


def act_to(act: Act) -> dict[str, Any]:
    """The facts of an act for the log; `by` is kept beside it as columns but is part of what is hashed."""
    out = {
        name: _plain(value)
        for name, value in ((f.name, getattr(act, f.name)) for f in fields(Act))
        if name not in ("filing", "by", "fields", "documents", "counts") and value
    }
    out["by"] = {"person": act.by.person, "organ": act.by.organ, "seat": act.by.seat}
    for name in ("fields", "documents", "counts"):
        if mapping := getattr(act, name):
            out[name] = {key: _plain(value) for key, value in sorted(mapping.items())}
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
    out = {f.name: _plain(getattr(filing, f.name)) for f in fields(Filing)}
    out["cast"] = dict(sorted(filing.cast.items()))
    return out


def _filing_from(data: dict[str, Any]) -> Filing:
    return Filing(**{**data, "parties": tuple(data["parties"])})


# --- effects and reasons (read by timelines; never read back by the engine) ---


def effect_to(effect: Effect) -> dict[str, Any]:
    return {"effect": type(effect).__name__} | {f.name: _plain(getattr(effect, f.name)) for f in fields(effect)}


def reason_to(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code} | {key: _plain(value) for key, value in reason.args}
