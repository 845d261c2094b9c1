"""Family 8, norms: a norm can be computed, and gives what its own examples say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongzhi.core.charter.commitments import Norm
from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter
from gongzhi.core.check.values import names_in
from gongzhi.core.procedure.conditions import program


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ861 to GZ863."""
    return [finding for norm in charter.norms.values() for finding in _norm(norm, lines)]


def met(norm: Norm, facts: Mapping[str, int]) -> bool:
    """Does a place with these numbers meet the norm? Raises ValueError when it cannot be computed."""
    missing = sorted(set(norm.facts) - set(facts))
    if missing:
        raise ValueError(f"not given: {', '.join(missing)}")
    result = program(norm.test).execute({name: facts[name] for name in norm.facts})
    if not isinstance(result, bool):
        raise ValueError(f"not yes or no: {result}")
    return result


def _norm(norm: Norm, lines: Lines) -> Iterator[Finding]:
    path = f"norms.{norm.name}"
    strange = [name for name in names_in(norm.test) if name not in norm.facts]
    if strange:
        yield lines.finding("GZ861", path, norm=norm.name, problem=", ".join(strange))
        return
    if not norm.holds or not norm.fails:
        yield lines.finding("GZ863", path, norm=norm.name)
    examples = [(facts, True) for facts in norm.holds] + [(facts, False) for facts in norm.fails]
    for facts, wanted in examples:
        try:
            result = met(norm, facts)
        except Exception as error:  # the library documents ValueError and has been seen to raise others
            yield lines.finding("GZ861", path, norm=norm.name, problem=str(error)[:120])
            return
        if result is not wanted:
            shown = ", ".join(f"{name}={number}" for name, number in facts.items())
            yield lines.finding("GZ862", path, norm=norm.name, facts=shown)
