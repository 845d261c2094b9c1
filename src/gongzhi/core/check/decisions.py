"""Family 7, decisions: who may decide by which rule, and where the source's rule and the law differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.view import path_of

OWNERS = "owners"
NO_VOTE = ("company", "government", "association")  # 居民委员会组织法 46: units are not members

# Elections and recalls of committees are voted at the booth: secret, on paper, three proxies at most, and none where
# representatives vote (居民委员会组织法 19, 20; 村民委员会组织法 18, 19). Requests with signatures are no votes.
AT_THE_BOOTH = re.compile(r"[a-z]+_(election|rerun|seats|recall)(?!.*request)")
PROXIES = 3

BINDING = ("threshold", "election")  # a ranking or a rating informs; it obliges nobody by itself


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ750 to GZ756, GZ759, GZ768."""
    found = [*_notes(charter, lines)]
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            if step.rule in charter.rules:
                found += _rule(charter, procedure, step, lines)
                found += _units(charter, procedure, step, lines)
                found += _delegated(charter, procedure, step, lines)
            found += _booth(charter, procedure, step, lines)
            found += _unruled(procedure, step, lines)
    return found


def _unruled(procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    """A meeting or ballot that passes or fails something without a rule: whoever holds it would name the outcome."""
    votes = step.do in ("meeting", "ballot") and set(step.then) >= {"passed", "failed"}
    if step.rule is None and (votes or step.roll is not None):
        yield lines.finding("GZ768", path_of(procedure, step.name), step=step.name)


def _notes(charter: Charter, lines: Lines) -> Iterator[Finding]:
    """What the charter says itself about the law, in both languages."""
    for at, note in enumerate(charter.law_notes):
        says = (note.says, charter.english.get(note.says, note.says))
        law = (note.law, charter.english.get(note.law, note.law))
        yield lines.finding("GZ750", f"law_notes.{at}", source=note.source, at=note.at, says=says, law=law)


def _rule(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    path = path_of(procedure, step.name, "rule")
    name = str(step.rule)
    versions = charter.rules[name]
    undated = all(version.from_ is None and version.to is None for version in versions)
    agreed = any(version.local and not version.replaces for version in versions)
    if (undated or agreed) and versions[-1].kind in BINDING:
        # what a law sets has a day; what a community agreed on has none, or is its own
        yield lines.finding("GZ751", path, step=step.name, rule=name)
    of_owners = step.roll is not None and step.roll.of == OWNERS and "area" in step.roll.weight
    by_area = any("area_total" in version.counts for version in versions)
    if by_area != of_owners:
        yield lines.finding("GZ752", path, step=step.name, rule=name)


def _booth(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    """A statutory election or recall that the charter would have voted online, openly or by too many proxies."""
    fills = {charter.organs[name].kind for name in procedure.elects if name in charter.organs}
    law = any(not version.local for version in charter.rules.get(step.rule or "", ()))
    statutory = "self_government" in fills or (law and AT_THE_BOOTH.match(step.rule or ""))
    if step.do != "ballot" or step.ballot is None or not statutory:
        return
    allowed = 0 if (step.rule or "").endswith("representatives") else PROXIES
    elsewhere = set(step.ballot.means) - {"paper"} or step.ballot.secrecy == "open"
    if elsewhere or step.ballot.proxies > allowed:
        yield lines.finding("GZ759", path_of(procedure, step.name, "ballot"), step=step.name, proxies=allowed)


def _units(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    """An assembly in which units sit decides."""
    names = [step.by.name, step.roll.of if step.roll else ""]
    for name in dict.fromkeys(names):
        assembly = charter.organs.get(name)
        members = [charter.organs[one] for one in assembly.members if one in charter.organs] if assembly else []
        for unit in members:
            if unit.kind in NO_VOTE:
                path = path_of(procedure, step.name, "rule")
                yield lines.finding("GZ755", path, step=step.name, organ=name, unit=unit.name)


def _delegated(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    given = [one for one in charter.delegations if one.to == step.by.name]
    if given and not any(procedure.name in one.in_ for one in given):
        path = path_of(procedure, step.name, "by")
        yield lines.finding("GZ756", path, step=step.name, organ=step.by.name, procedure=procedure.name)
