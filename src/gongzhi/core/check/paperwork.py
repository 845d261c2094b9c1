"""Family 8, paperwork: papers speak of what is known; a covenant's clauses are looked at before it is voted on."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.parse import closest
from gongzhi.core.charter.spec import Charter
from gongzhi.core.charter.templates import FACTS, KEPT, placeholders
from gongzhi.core.check.view import path_of


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ881 to GZ883."""
    return [*_facts(charter, lines), *_blanks(charter, lines), *_votes(charter, lines)]


def _facts(charter: Charter, lines: Lines) -> Iterator[Finding]:
    known = set(FACTS) | {f"organ.{name}" for name in charter.organs} | {f"paper.{name}" for name in charter.documents}
    known |= {f"field.{name}" for procedure in charter.procedures.values() for name in procedure.fields}
    known |= {f"kept.{name}" for name in KEPT}
    for document, template in charter.templates.items():
        for name in dict.fromkeys(placeholders(template)):
            if name not in known:
                meant = closest(name, sorted(known))
                yield lines.finding("GZ881", f"documents.{document}", document=document, name=name, meant=meant)


def _blanks(charter: Charter, lines: Lines) -> Iterator[Finding]:
    for document, template in charter.templates.items():
        names = [name for section in template.sections for name in section.asks]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield lines.finding("GZ883", f"documents.{document}", document=document, name=name)


def _votes(charter: Charter, lines: Lines) -> Iterator[Finding]:
    """A covenant knows no fines, cut-offs or lists of names; the vote itself has to ask for it (H17)."""
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            passed = step.then.get("passed")
            if procedure.of == "covenant" and step.rule and passed and not passed.clean:
                yield lines.finding("GZ882", path_of(procedure, step.name), step=step.name)
