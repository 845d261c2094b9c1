"""A charter's own decision rules: new ones, and stricter ones in place of the law's (semantics R30, R46)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gongzhi.core.charter.parse import Parser
from gongzhi.core.charter.read import Node
from gongzhi.core.decision import RuleError, RuleVersion, read_rule
from gongzhi.core.decision.faults import unusable
from gongzhi.core.decision.stricter import laxer

Rules = Mapping[str, tuple[RuleVersion, ...]]


def own_rules(
    root: Node, values: Mapping[str, Mapping[str, Any]], law: Rules, english: Mapping[str, str], parser: Parser
) -> dict[str, RuleVersion]:
    """The rules under `rules:` of a charter; what is wrong with one is reported at its place as GZ757 or GZ758."""
    found = {}
    for name, item in values.items():
        row = {key: value for key, value in item.items() if value is not None}
        try:
            found[name] = _own(name, row, law, english)
        except RuleError as error:
            _report(root, name, error, parser)
    return found


def all_rules(law: Rules, own: Mapping[str, RuleVersion]) -> dict[str, tuple[RuleVersion, ...]]:
    """Those of the law and the charter's own. A rule that replaces one of the law goes before it under both names,
    so that a step that names the law's rule is decided by the stricter one on the days it holds.
    """
    rules = dict(law)
    for name, version in own.items():
        rules[name] = (version, *law.get(version.replaces, ()))
        if version.replaces:
            rules[version.replaces] = (version, *rules.get(version.replaces, ()))
    return rules


def _own(name: str, row: dict[str, Any], law: Rules, english: Mapping[str, str]) -> RuleVersion:
    if name in law:
        raise unusable(name, "replaces", "the law has a rule of this name", "name_of_law")
    if "replaces" not in row:
        read = read_rule(name, {"law": row.get("source"), **row})
        return replace(read, title_en=english.get(read.title, ""), law_en=english.get(read.law, ""), local=True)
    ground = law.get(row["replaces"])
    if not ground:
        raise unusable(name, "replaces", f"the law has no rule {row['replaces']!r}", "not_of_law", row["replaces"])
    for key in ("from", "source"):
        if key not in row:
            raise unusable(name, key, "a rule in place of the law's says since when and by whose decision", "not_dated")
    latest = ground[-1]
    read = read_rule(name, {"law": latest.law, "recused": latest.recused, **row})
    read = replace(read, title_en=english.get(read.title, ""), law_en=latest.law_en, local=True)
    for version in ground:
        if _together(read, version):
            _check_stricter(read, version)
    return read


def _check_stricter(own: RuleVersion, law: RuleVersion) -> None:
    if own.kind != "threshold" or law.kind != "threshold" or set(own.counts) != set(law.counts):
        raise unusable(own.name, "counts", "must count what the rule of the law counts", "other_counts", law.name)
    missed = laxer(own, law)
    if missed:
        raise unusable(own.name, "replaces", f"laxer than {law.name}", "not_stricter", law.name, "; ".join(missed))


def _together(own: RuleVersion, law: RuleVersion) -> bool:
    """Whether both hold on some day."""
    begins_late = own.from_ is not None and law.to is not None and own.from_ > law.to
    ends_early = own.to is not None and law.from_ is not None and own.to < law.from_
    return not (begins_late or ends_early)


def _report(root: Node, name: str, error: RuleError, parser: Parser) -> None:
    rules = root.get("rules")
    node = rules.get(name) if rules else None
    _, key, text, why, *more = error.details
    code = "GZ758" if why == "not_stricter" else "GZ757"
    at = node or rules or root
    first = str(key).partition(".")[0]
    line = node.line_of(first) if node and node.get(first) else at.line
    said = ", ".join(map(str, more)) or (text if why == "wrong" else key)
    parser.report(code, at, line, rule=name, key=key, why=why, more=said)
