"""机构关系: organs, seats and how they stand to each other, drawn and as a list that says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Organ, Relation, Seat
from gongzhi.web.access import requires
from gongzhi.web.diagram_organs import Mark, Tie, organogram
from gongzhi.web.studio import labels
from gongzhi.web.studio.page import Opened, chosen, opened, options, show

__all__ = ["organs"]


@requires("public")
@require_GET
def organs(request: HttpRequest, key: str) -> HttpResponse:
    """All organs, or those of one level or kind; all ties between them, or those of one kind."""
    one = opened(key)
    used = {
        "at": {organ.at for organ in one.charter.organs.values()},
        "kind": {str(organ.kind) for organ in one.charter.organs.values()},
        "verb": {str(tie.verb) for tie in one.charter.relations},
    }
    tables = {"at": labels.LEVELS, "kind": labels.KINDS, "verb": labels.VERBS}
    names = {"at": _("层级"), "kind": _("性质"), "verb": _("关系")}
    wanted = {name: chosen(request, name, known) for name, known in used.items()}
    fields = [
        {"name": name, "label": names[name], "value": wanted[name],
         "options": options([(k, labels.label(table, k)) for k in table if k in used[name]], _("全部"))}
        for name, table in tables.items()
    ]  # fmt: skip
    shown = [organ for organ in _in_order(one) if _fits(organ, wanted)]
    ties = [tie for tie in one.charter.relations if wanted["verb"] in ("", tie.verb)]
    drawn = organogram([_mark(one, organ) for organ in shown], [Tie(tie.subject, tie.verb, tie.object) for tie in ties])
    sentences = {
        strand.number: labels.related(one.terms, Relation(strand.tie.subject, strand.tie.verb, strand.tie.object))  # type: ignore[arg-type]
        for strand in drawn.strands
    }
    verbs = {str(strand.tie.verb) for strand in drawn.strands}
    return show(
        request, "studio/organs.html", one, fields=fields, drawn=drawn, sentences=sentences,
        verbs={verb: labels.label(labels.VERBS, verb) for verb in labels.VERBS if verb in verbs},
        organs=[_told(one, one.charter.organs[name], ties) for name in drawn.order], total=len(one.charter.organs),
    )  # fmt: skip


def _in_order(one: Opened) -> list[Organ]:
    """By level from the top, within a level as the charter lists them."""
    levels = list(labels.LEVELS)
    found = list(one.charter.organs.values())
    return sorted(found, key=lambda organ: levels.index(organ.at) if organ.at in levels else len(levels))


def _fits(organ: Organ, wanted: dict[str, str]) -> bool:
    return wanted["at"] in ("", organ.at) and wanted["kind"] in ("", organ.kind)


def _mark(one: Opened, organ: Organ) -> Mark:
    note = f"{labels.label(labels.LEVELS, organ.at)} · {labels.label(labels.KINDS, organ.kind)}"
    return Mark(organ.name, one.terms.text(organ.title), note)


def _told(one: Opened, organ: Organ, ties: list[Relation]) -> dict[str, Any]:
    own = [tie for tie in ties if organ.name in (tie.subject, tie.object)]
    return {
        "name": organ.name,
        "title": one.terms.text(organ.title),
        "at": labels.label(labels.LEVELS, organ.at),
        "kind": labels.label(labels.KINDS, organ.kind),
        "power": one.terms.power(organ.name),
        "outside": organ.outside,
        "recorded_by": one.terms.organ(organ.recorded_by) if organ.recorded_by else "",
        "expires": organ.expires,
        "ties": [labels.related(one.terms, tie) for tie in own],
        "seats": [_seat(one, organ, seat) for seat in organ.seats.values()],
        "procedures": list(_works_in(one, organ)),
        "duties": [one.terms.category(duty.category) for duty in one.charter.duties if duty.answers == organ.name],
    }


def _seat(one: Opened, organ: Organ, seat: Seat) -> dict[str, Any]:
    stand_in = organ.seats.get(seat.stand_in) if seat.stand_in else None
    return {
        "title": one.terms.text(seat.title),
        "count": seat.count,
        "basis": labels.label(labels.BASES, seat.basis),
        "term": labels.span(seat.term),
        "stand_in": one.terms.text(stand_in.title) if stand_in else "",
    }


def _works_in(one: Opened, organ: Organ) -> Iterator[dict[str, str]]:
    """Procedures in which the organ holds a step or has a part."""
    for procedure in one.charter.procedures.values():
        holders = [step.by for step in procedure.steps.values()]
        holders += [part.by for step in procedure.steps.values() for part in step.parts]
        if any(holder is not None and holder.name == organ.name for holder in holders):
            yield {"name": procedure.name, "title": one.terms.text(procedure.title)}
