"""English titles: every Chinese title of a charter has one (warnings, since the charter works without)."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.load import ENGLISH_FILE
from gongzhi.core.charter.spec import Charter, Plan, Procedure, Step
from gongzhi.core.check.view import path_of


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ119 for a title without English, GZ120 for an English title of nothing, GZ123 for no English at all."""
    if not charter.english:
        return [lines.finding("GZ123", "title", file=ENGLISH_FILE)]
    seen: set[str] = set()
    found = []
    for path, title in titles(charter):
        if title not in charter.english and title not in seen:
            found.append(lines.finding("GZ119", path, title=title, file=ENGLISH_FILE))
        seen.add(title)
    seen.update(charter.parameter_titles)  # shown in the studio; English is welcome, not required
    for title in charter.english:
        if title not in seen:
            found.append(lines.finding("GZ120", f"english.{title}", title=title))
    return found


def titles(charter: Charter) -> Iterator[tuple[str, str]]:
    """Every Chinese title of a charter with the path where it stands."""
    yield "title", charter.title
    for organ in charter.organs.values():
        yield f"organs.{organ.name}", organ.title
        for seat in organ.seats.values():
            yield f"organs.{organ.name}.seats.{seat.name}", seat.title
    for category in charter.categories.values():
        yield f"categories.{category.name}", category.title
    for duty in charter.recurring.values():
        yield f"recurring.{duty.name}", duty.title
    for name, title in charter.documents.items():
        yield f"documents.{name}", title
    if charter.handover:
        yield from (("handover.grounds", title) for title in charter.handover.grounds.values())
    yield from _commitments(charter)
    yield from _rules(charter)
    for procedure in charter.procedures.values():
        yield from _procedure(procedure)


def _rules(charter: Charter) -> Iterator[tuple[str, str]]:
    """Titles of a charter's own rules, of their criteria, grades and groups, and on what they rest."""
    for name, rule in charter.own_rules.items():
        path = f"rules.{name}"
        yield path, rule.title
        if not rule.replaces:
            yield path, rule.law
        for key in ("criteria", "grades", "groups"):
            yield from ((path, item.title) for item in getattr(rule.terms, key, ()))


def _commitments(charter: Charter) -> Iterator[tuple[str, str]]:
    for key in ("rights", "disclosures", "funds", "norms", "indicators"):
        yield from ((f"{key}.{name}", item.title) for name, item in getattr(charter, key).items())
    for indicator in charter.indicators.values():
        if typed := indicator.entered:
            yield from ((f"indicators.{indicator.name}", text) for text in (typed.part, typed.whole) if text)
        if asked := indicator.survey:
            yield from ((f"indicators.{indicator.name}", text) for text in (asked.asks, *asked.counts))
    for norm in charter.norms.values():
        yield from ((f"norms.{norm.name}", title) for title in norm.facts.values())
    for plan in charter.plans.values():
        yield from _plan(plan)
    for at, note in enumerate(charter.law_notes):
        yield f"law_notes.{at}", note.says
        yield f"law_notes.{at}", note.law


def _plan(plan: Plan) -> Iterator[tuple[str, str]]:
    path = f"plans.{plan.name}"
    yield path, plan.title
    yield from ((path, title) for title in (*plan.sections.values(), *plan.phases))
    for task in plan.tasks.values():
        target = (task.target.part, task.target.whole) if task.target else ()
        texts = (task.title, task.goal, task.locked, task.instead, *target)
        yield from ((f"{path}.tasks.{task.name}", text) for text in texts if text)


def _procedure(procedure: Procedure) -> Iterator[tuple[str, str]]:
    base = path_of(procedure)
    yield f"{base}.title", procedure.title
    if procedure.handover:
        yield from ((f"{base}.handover.grounds", title) for title in procedure.handover.grounds.values())
    for field in procedure.fields.values():
        path = f"{base}.fields.{field.name}"
        yield path, field.title
        yield from ((path, title) for title in field.choices.values())
    for limit in procedure.limits:
        yield f"{base}.limits", limit.title
    for end in procedure.ends.values():
        yield f"{base}.ends.{end.name}", end.title
    for step in procedure.steps.values():
        yield from _step(procedure, step)


def _step(procedure: Procedure, step: Step) -> Iterator[tuple[str, str]]:
    path = path_of(procedure, step.name)
    yield path, step.title
    for result in step.then.values():
        yield f"{path}.then.{result.name}", result.title
    for part in step.parts:
        if part.title:
            yield f"{path}.parts.{part.name}", part.title
    if step.pause:
        yield from ((f"{path}.pause", title) for title in step.pause.grounds.values())
