"""Family 2: everything a charter names exists and is of the right kind (semantics section 10.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.parse import closest
from gongzhi.core.charter.rooms import ROOM_FACTS
from gongzhi.core.charter.spec import GROUPS, Charter, Procedure
from gongzhi.core.check.claims import Claim, filers, of_charter, of_procedure
from gongzhi.core.check.claims_commitments import of_commitments
from gongzhi.core.check.view import path_of

START_EVENTS = ("arrival", "filed", "served")
CODES = {
    "organ": "GZ201", "filer": "GZ201", "group": "GZ201", "step": "GZ203", "target": "GZ203", "end": "GZ203",
    "field": "GZ204", "document": "GZ205", "rule": "GZ206", "category": "GZ207", "procedure": "GZ208",
    "level": "GZ209", "event": "GZ210", "fund": "GZ216", "spot": "GZ217", "party": "GZ201",
}  # fmt: skip


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ201 to GZ217, GZ765: names without a thing, things of the wrong kind."""
    claims = [*of_charter(charter), *of_commitments(charter)]
    found = [finding for claim in claims for finding in _test(charter, None, claim, lines)]
    for procedure in charter.procedures.values():
        for claim in of_procedure(procedure):
            found += _test(charter, procedure, claim, lines)
    return [*found, *_met_by(charter, lines), *_incomplete(charter, lines), *_unasked(charter, lines)]


def _unasked(charter: Charter, lines: Lines) -> Iterator[Finding]:
    """A room fills in facts; a step that does not ask for them would lose what it decides by."""
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            missing = [name for name in ROOM_FACTS.get(step.room or "", ()) if name not in step.asks]
            if missing:
                fields = ", ".join(missing)
                yield lines.finding(
                    "GZ765", path_of(procedure, step.name), step=step.name, room=step.room, fields=fields
                )


def _test(charter: Charter, procedure: Procedure | None, claim: Claim, lines: Lines) -> Iterator[Finding]:
    if not claim.name:
        return
    if claim.kind == "seat":
        yield from _seat(charter, claim, lines)
        return
    known = list(_known(charter, procedure, claim.kind))
    if claim.name not in known:
        meant = closest(claim.name, known)
        yield lines.finding(CODES[claim.kind], claim.path, name=claim.name, meant=meant)
    elif claim.types and procedure:
        field = procedure.fields[claim.name]
        if field.type not in claim.types:
            wanted = ", ".join(claim.types)
            yield lines.finding("GZ213", claim.path, field=field.name, type=field.type, wanted=wanted)


def _known(charter: Charter, procedure: Procedure | None, kind: str) -> Iterable[str]:
    of_charter: dict[str, Iterable[str]] = {
        "organ": charter.organs,
        "filer": filers(charter),
        "group": [*GROUPS, *charter.organs],
        "category": charter.categories,
        "procedure": charter.procedures,
        "level": charter.places,
        "document": charter.documents,
        "rule": charter.rules,
        "fund": charter.funds,
        "spot": list(_spots(charter)) if kind == "spot" else (),
    }
    if kind in of_charter or procedure is None:
        return of_charter.get(kind, ())
    return {
        "party": [*charter.organs, *procedure.fields, "filer", "other_side"],
        "step": list(procedure.steps),
        "target": [*procedure.steps, *procedure.ends],
        "field": list(procedure.fields),
        "event": [*START_EVENTS, *_outcomes(procedure)],
    }[kind]


def _spots(charter: Charter) -> Iterator[str]:
    """What a note about the law can be about: an organ, a procedure, a step of one."""
    yield from charter.organs
    for procedure in charter.procedures.values():
        yield procedure.name
        yield from (f"{procedure.name}.{step}" for step in procedure.steps)


def _outcomes(procedure: Procedure) -> Iterator[str]:
    for step in procedure.steps.values():
        yield from (f"{step.name}.{outcome}" for outcome in step.then)


def _seat(charter: Charter, claim: Claim, lines: Lines) -> Iterator[Finding]:
    """An organ, or an organ with one of its seats."""
    organ, _, seat = str(claim.name).partition(".")
    if organ not in charter.organs:
        yield lines.finding("GZ201", claim.path, name=organ, meant=closest(organ, charter.organs))
    elif seat and seat not in charter.organs[organ].seats:
        meant = closest(seat, charter.organs[organ].seats)
        yield lines.finding("GZ202", claim.path, organ=organ, name=seat, meant=meant)


def _met_by(charter: Charter, lines: Lines) -> Iterator[Finding]:
    for duty in charter.recurring.values():
        procedure = charter.procedures.get(duty.opens)
        if procedure and duty.met_by not in procedure.ends:
            meant = closest(duty.met_by, procedure.ends)
            yield lines.finding("GZ203", f"recurring.{duty.name}.met_by", name=duty.met_by, meant=meant)


def _incomplete(charter: Charter, lines: Lines) -> Iterator[Finding]:
    for organ in charter.organs.values():
        if organ.outside and not organ.recorded_by:
            yield lines.finding("GZ214", f"organs.{organ.name}", organ=organ.name)
    for procedure in charter.procedures.values():
        for field in procedure.fields.values():
            if field.type == "choice" and not field.choices:
                path = f"{path_of(procedure)}.fields.{field.name}"
                yield lines.finding("GZ215", path, field=field.name)
