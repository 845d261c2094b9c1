"""Family 6: conditions are CEL, know every name, and ask for nothing not answered before (R40, R41)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.parse import closest
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.answered import answered
from gongzhi.core.check.values import MOST, combinations, conditions, names_in, too_many
from gongzhi.core.check.view import path_of
from gongzhi.core.procedure.conditions import program

DEEPEST = 12  # brackets inside brackets
RESERVED = frozenset((
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
    "namespace", "null", "package", "passes", "return", "true", "uses", "var", "void", "while",
))  # fmt: skip

Answered = Mapping[str, frozenset[str]]


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ601 to GZ611."""
    found: list[Finding] = []
    for procedure in charter.procedures.values():
        for field in procedure.fields.values():
            if field.name in RESERVED:
                found.append(lines.finding("GZ609", f"{path_of(procedure)}.fields.{field.name}", field=field.name))
        known = answered(procedure)
        for step, path, text in conditions(procedure):
            found += _condition(charter, procedure, path, text, lines)
            found += _before_use(procedure, step, path, names_in(text), known, lines)
        for step in procedure.steps:
            found += _holders(procedure, procedure.steps[step], known, lines)
    return found


def _condition(charter: Charter, procedure: Procedure, path: str, text: str, lines: Lines) -> Iterator[Finding]:
    if _depth(text) > DEEPEST:
        yield lines.finding("GZ610", path, condition=text, most=DEEPEST)
        return
    try:
        compiled = program(text)
    except Exception as error:  # the library documents ValueError and has been seen to raise others
        yield lines.finding("GZ601", path, condition=text, problem=_short(error))
        return
    names = names_in(text)
    unknown = list(_unknown(procedure, names))
    for name, meant in unknown:
        yield lines.finding("GZ602", path, name=name, condition=text, meant=meant)
    if not unknown:
        yield from _values(charter, procedure, path, (text, compiled, names), lines)


def _unknown(procedure: Procedure, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    fields = [name for name, field in procedure.fields.items() if field.class_ == "plain"]
    counted = [f"uses.{name}" for name, step in procedure.steps.items() if step.at_most]
    known = [*fields, *counted, "passes"]
    for name in names:
        if name not in known:
            yield name, closest(name, known)


def _values(
    charter: Charter, procedure: Procedure, path: str, condition: tuple[str, Any, tuple[str, ...]], lines: Lines
) -> Iterator[Finding]:
    """Evaluate over all values: a wrong type is found here, not in a resident's matter."""
    text, compiled, names = condition
    fields = [name for name in names if name in procedure.fields]
    cases = combinations(fields, procedure, charter)
    cut = too_many(fields, procedure, charter)
    if cut:
        yield lines.finding("GZ607", path, condition=text, most=MOST)
    seen = set()
    for values in cases:
        try:
            result = compiled.execute({**values, **_counters(procedure, names)})
        except Exception as error:
            yield lines.finding("GZ603", path, condition=text, values=_shown(values), problem=_short(error))
            return
        if not isinstance(result, bool):
            yield lines.finding("GZ604", path, condition=text, result=str(result)[:40])
            return
        seen.add(result)
    if len(seen) == 1 and not cut and not any(name not in fields for name in names):
        yield lines.finding("GZ608", path, condition=text, always="true" if True in seen else "false")


def _counters(procedure: Procedure, names: tuple[str, ...]) -> dict[str, Any]:
    uses = {name: 0 for name, step in procedure.steps.items() if step.at_most}
    return {"uses": uses, "passes": 0} if any("." in name or name == "passes" for name in names) else {}


def _before_use(
    procedure: Procedure, step: str, path: str, names: tuple[str, ...], known: Answered, lines: Lines
) -> Iterator[Finding]:
    if step not in known:
        return
    for name in names:
        if name in procedure.fields and name not in known[step]:
            yield lines.finding("GZ605", path, field=name, step=step)


def _holders(procedure: Procedure, step: Step, known: Answered, lines: Lines) -> Iterator[Finding]:
    """Fields that decide who holds a step, when it is due, or what it opens."""
    wanted = [holder.name for holder in (step.by, step.asked_by) if holder and holder.kind == "field"]
    wanted += [step.before[0]] if step.before else []
    wanted += [step.opens.each] if step.opens and step.opens.each else []
    yield from _before_use(procedure, step.name, path_of(procedure, step.name), tuple(wanted), known, lines)
    for part in step.parts:
        if part.by.kind == "field" and part.if_ is None:
            path = path_of(procedure, step.name, "parts", part.name)
            yield from _before_use(procedure, step.name, path, (part.by.name,), known, lines)


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    return deepest


def _short(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error))[:120]


def _shown(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items())
