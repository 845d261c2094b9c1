"""A procedure as the plain values of the charter language: what a file under `procedures/` would say.

The opposite of `charter.build`: reading these values gives an equal `Procedure`. Shared parts are written out and
parameters filled in, because the object no longer knows of them. What equals its default is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from gongzhi.core.charter.keys import NOUNS
from gongzhi.core.charter.spec import Holder, Late, Part, Procedure, Result, Step
from gongzhi.core.span import Span

Plain = dict[str, Any]

SHORT_FORMS = {"sign": "signed_by", "attend": "calls", "help": "with"}
_BY_HAND = ("title", "do", "by", "offer", "before", "publish", "apart_from", "then", "when", "late", "parts")
_STEP_DONE = frozenset([*_BY_HAND, *SHORT_FORMS.values()])


def procedure_plain(procedure: Procedure) -> Plain:
    """Every key of a procedure that differs from its default, steps and ends in their order."""
    names = {"procedure": procedure.name, "start": procedure.start}
    inside = {
        "fields": {name: _keys("field", item) for name, item in procedure.fields.items()},
        "migrates": _keys("migrates", procedure.migrates) if procedure.migrates else {},
        "limits": [_keys("limit", item) for item in procedure.limits],
        "steps": {name: step_plain(step) for name, step in procedure.steps.items()},
        "ends": {name: _keys("end", end) for name, end in procedure.ends.items()},
    }
    plain = names | _keys("procedure", procedure, done={*names, *inside, "use"})
    return plain | {key: value for key, value in inside.items() if value}


def step_plain(step: Step) -> Plain:
    """Every key of a step that differs from its default."""
    written: Plain = {"do": step.do, **_parts(step)}
    if step.by.kind != "organ" or step.by.name:
        written["by"] = str(step.by)
    if step.offer != (step.do == "task"):
        written["offer"] = step.offer
    if step.before:
        written["before"] = {"date": step.before[0], "by": str(step.before[1])}
    if step.publish:
        written["publish"] = {"board": step.publish}
    written |= _some("apart_from", [{"step": item.step, "level": item.level} for item in step.apart_from])
    written |= _some("then", {name: result_plain(item) for name, item in step.then.items()})
    written |= _some("when", [_keys("when", line) for line in step.when])
    written |= _some("late", _late(step.late))
    plain = {"title": step.title} | written | _keys("step", step, done=_STEP_DONE)
    return {key: plain[key] for key in NOUNS["step"] if key in plain}


def result_plain(result: Result) -> Plain:
    """One outcome, always written long."""
    plain: Plain = {"title": result.title, "go": result.go}
    plain |= {} if result.makes is None else {"makes": list(result.makes)}
    return plain | _some("clean", list(result.clean))


def _parts(step: Step) -> Plain:
    """In the short forms where every part can be said so in their order, else all under `parts`."""
    usual = "blocks" if step.do == "payment" else "absent"
    short = [(SHORT_FORMS.get(part.do, ""), _call(part, usual)) for part in step.parts]
    order = list(SHORT_FORMS.values())
    ranks = [order.index(key) if key in order else -1 for key, _ in short]
    if -1 in ranks or ranks != sorted(ranks) or not all(map(_is_short, step.parts)):
        return _some("parts", {part.name: _part(part, usual) for part in step.parts})
    return {key: calls for key in order if (calls := [call for form, call in short if form == key])}


def _is_short(part: Part) -> bool:
    who = part.by.name if part.by.kind in ("field", "same") else str(part.by)
    return part.name == f"{part.do}.{who}" and not part.title and (part.do != "sign" or not _more(part))


def _more(part: Part) -> bool:
    return bool(part.within or part.if_ or part.at_least != 1 or part.late != "absent")


def _part(part: Part, usual: str) -> Plain:
    plain = _some("title", part.title) | {"by": str(part.by), "do": part.do}
    return plain | _terms(part, usual)


def _call(part: Part, usual: str) -> Any:
    terms = _terms(part, usual)
    return {"who": str(part.by), **terms} if terms else str(part.by)


def _terms(part: Part, usual: str) -> Plain:
    plain = _some("within", part.within and str(part.within)) | _some("if", part.if_)
    if part.at_least != 1:
        plain["at_least"] = part.at_least
    return plain if part.late == usual else plain | {"late": part.late}


def _late(late: Late) -> Plain:
    plain = _some("raise", list(late.raise_)) | _some("assume", late.assume)
    return plain if late.rung == Late().rung else plain | {"rung": str(late.rung)}


def _some(key: str, value: Any) -> Plain:
    return {} if value is None or value in ("", [], {}) else {key: value}


def _keys(noun: str, thing: object, done: Collection[str] = ()) -> Plain:
    """Every key of a noun that says something else than its default; what Python reserves ends in `_` in the spec."""
    plain: Plain = {}
    for key, rule in NOUNS[noun].items():
        if key in done:
            continue
        value = getattr(thing, f"{key}_" if hasattr(type(thing), f"{key}_") else key)
        if rule.required or (value not in (None, "", (), {}) and value != rule.then):
            plain[key] = _value(value)
    return plain


def _value(value: Any) -> Any:
    if isinstance(value, Span | Holder | date):
        return str(value)
    if is_dataclass(value):
        pairs = ((item.name, getattr(value, item.name)) for item in fields(value))
        return {name.removesuffix("_"): _value(inner) for name, inner in pairs if inner is not None}
    if isinstance(value, Mapping):
        return {key: _value(inner) for key, inner in value.items()}
    return [_value(inner) for inner in value] if isinstance(value, tuple) else value
