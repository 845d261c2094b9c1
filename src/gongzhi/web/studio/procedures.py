"""程序: the list with the duty list below it, and each procedure drawn beside its steps in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Duty, Field, Procedure
from gongzhi.core.exchange.bpmn import to_bpmn
from gongzhi.core.exchange.mermaid import to_mermaid
from gongzhi.core.exchange.pnml import to_pnml
from gongzhi.web.access import requires
from gongzhi.web.diagram import Edge, Node
from gongzhi.web.studio import labels
from gongzhi.web.studio.page import Opened, chosen, opened, options, show
from gongzhi.web.studio.steps import days_note, ends_told, steps_told
from gongzhi.words.drawing import shown_holder
from gongzhi.words.flow import Flow, flow_of
from gongzhi.words.prose import prose_of

__all__ = ["drawing", "drawing_file", "procedure", "procedures"]

FILES = {"bpmn": "BPMN 2.0", "pnml": "PNML", "mmd": "Mermaid"}


@requires("public")
@require_GET
def procedures(request: HttpRequest, key: str) -> HttpResponse:
    """All procedures, or those an organ works in; then who answers for which category."""
    one = opened(key)
    holders = _holders(one)
    wanted = chosen(request, "organ", set(one.charter.organs))
    fields = [{"name": "organ", "label": _("哪个机构参与"), "value": wanted,
               "options": options([(name, one.terms.organ(name)) for name in one.charter.organs
                                   if any(name in found for found in holders.values())], _("全部"))}]  # fmt: skip
    shown = [found for name, found in one.charter.procedures.items() if not wanted or wanted in holders[name]]
    duties = [duty for duty in one.charter.duties if not wanted or wanted in (duty.answers, duty.coordinates)]
    return show(
        request, "studio/procedures.html", one, fields=fields, rows=[_row(one, found) for found in shown],
        total=len(one.charter.procedures), duties=[_duty(one, duty) for duty in duties],
    )  # fmt: skip


def _holders(one: Opened) -> dict[str, set[str]]:
    """Procedure -> organs that hold a step of it, or have a part in one."""
    return {
        name: {step.by.name for step in found.steps.values()}
        | {part.by.name for step in found.steps.values() for part in step.parts}
        for name, found in one.charter.procedures.items()
    }


def _row(one: Opened, found: Procedure) -> dict[str, Any]:
    times = one.study.report.worst.get(found.name)
    return {
        "name": found.name, "title": one.terms.text(found.title), "of": labels.label(labels.MATTERS, found.of),
        "files": labels.filers(one.terms, found), "steps": len(found.steps),
        "slow": times.slow if times else 0, "late": times.late if times else 0,
    }  # fmt: skip


def _duty(one: Opened, duty: Duty) -> dict[str, Any]:
    category = one.charter.categories.get(duty.category)
    name = category.procedure if category and category.procedure in one.charter.procedures else ""
    return {
        "category": one.terms.category(duty.category), "at": labels.label(labels.LEVELS, duty.at),
        "answers": one.terms.organ(duty.answers), "name": name, "procedure": one.terms.procedure(name) if name else "",
        "coordinates": one.terms.organ(duty.coordinates) if duty.coordinates else "",
        "law": f"《{duty.law}》" if duty.law else "", "list": duty.list or "", "from": duty.from_,
    }  # fmt: skip


@requires("public")
@require_GET
def procedure(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One procedure: the drawing, the same in words with the days each step can take, facts asked, ends, limits."""
    one = opened(key)
    found = one.procedure(name)
    flow = flow_of(one.terms, found)
    return show(
        request, "studio/procedure.html", one, row=_row(one, found), steps=steps_told(one, found, flow),
        ends=ends_told(one, found), fields=[_field(one, field) for field in found.fields.values()],
        rules=[rule for rule in _rules(one, found) if rule], covers=found.covers,
        files=[(form, FILES[form]) for form in FORMS] if one.study.report.charter else [],
        **drawing(one, found, flow),
    )  # fmt: skip


def drawing(one: Opened, found: Procedure, flow: Flow) -> dict[str, Any]:
    """The procedure as the drawing takes it, the first step first; ways that lead nowhere are left out."""
    stops = sorted(flow.stops, key=lambda stop: stop.key != found.start)
    notes = {step.name: days_note(one, step) for step in found.steps.values()}
    known = {stop.key for stop in stops}
    nodes = {stop.key: Node(stop.key, stop.title, stop.state, stop.kind, notes.get(stop.key, "")) for stop in stops}
    edges = [Edge(way.start, way.end, way.label) for way in flow.ways if {way.start, way.end} <= known]
    return {"nodes": list(nodes.values()), "edges": edges}


def _field(one: Opened, field: Field) -> dict[str, Any]:
    return {
        "title": one.terms.text(field.title), "type": labels.label(labels.ASKED, field.type),
        "class": labels.label(labels.CLASSES, field.class_), "purpose": one.terms.text(field.purpose or ""),
        "keep": labels.span(field.keep), "filing": field.given == "filing",
    }  # fmt: skip


def _rules(one: Opened, found: Procedure) -> Iterator[str]:
    """What holds for the whole procedure, one sentence or two each."""
    yield prose_of(one.terms, found).opening
    if found.set_aside_by:
        organs = _("、").join(one.terms.organ(name) for name in found.set_aside_by)
        yield _("{organs}可以撤销某一步，退回重办，须写理由。").format(organs=organs)
    if found.withdraw:
        yield _("反映人可以撤回。")
    for limit in found.limits:
        if limit.law:
            yield _("{title}的依据：《{law}》").format(title=one.terms.text(limit.title), law=limit.law)


@requires("public")
@require_GET
def drawing_file(request: HttpRequest, key: str, name: str, form: str) -> HttpResponse:
    """A procedure as another program draws it: BPMN, PNML or Mermaid. 404 for another form."""
    one = opened(key)
    found = one.procedure(name)
    if form not in FORMS or one.study.report.charter is None:
        raise Http404("no such form")
    media, written = FORMS[form]
    answer = HttpResponse(written(one, found), content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{one.study.name}-{name}.{form}"'
    return answer


def _naming(one: Opened, found: Procedure) -> Callable[[str], str]:
    return partial(shown_holder, one.terms, found)


FORMS: dict[str, tuple[str, Callable[[Opened, Procedure], str]]] = {
    "bpmn": ("application/xml; charset=utf-8", lambda one, found: to_bpmn(found, _naming(one, found))),
    "pnml": ("application/xml; charset=utf-8", lambda one, found: to_pnml(found, one.terms.text)),
    "mmd": ("text/plain; charset=utf-8", lambda one, found: to_mermaid(found, one.terms.text, _naming(one, found))),
}
