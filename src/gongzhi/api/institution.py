"""A charter as the API's schemas, with titles in the reader's language."""

from __future__ import annotations

from gongzhi.api.schemas import charters as out
from gongzhi.api.schemas.common import Titled
from gongzhi.api.schemas.matters import FlowOut, Stop, Way
from gongzhi.core.charter.spec import Charter, Field, Organ, Procedure, Result, Step
from gongzhi.words.flow import flow_of
from gongzhi.words.terms import Terms


def charter(found: Charter) -> out.CharterOut:
    terms = Terms(found)
    return out.CharterOut(
        name=found.name,
        title=terms.text(found.title),
        version=found.version,
        digest=found.digest,
        organs=[_organ(terms, organ) for organ in found.organs.values()],
        categories=[_category(terms, name) for name in found.categories],
        relations=[out.Relation(subject=r.subject, verb=r.verb, object=r.object) for r in found.relations],
        procedures=[Titled(key=name, title=terms.procedure(name)) for name in found.procedures],
        documents=[Titled(key=name, title=terms.document(name)) for name in found.documents],
        covers=list(found.covers),
    )


def _organ(terms: Terms, organ: Organ) -> out.OrganType:
    return out.OrganType(
        key=organ.name,
        title=terms.text(organ.title),
        at=organ.at,
        kind=organ.kind,
        outside=organ.outside,
        seats=[Titled(key=seat.name, title=terms.text(seat.title)) for seat in organ.seats.values()],
    )


def _category(terms: Terms, name: str) -> out.CategoryOut:
    duty = terms.charter.duty_for(name)
    return out.CategoryOut(
        key=name,
        title=terms.category(name),
        procedure=terms.charter.categories[name].procedure,
        answers=duty.answers if duty else None,
        coordinates=duty.coordinates if duty else None,
        law=duty.law if duty else None,
    )


def procedure(found: Charter, one: Procedure) -> out.ProcedureOut:
    terms = Terms(found)
    flow = flow_of(terms, one)
    return out.ProcedureOut(
        key=one.name,
        title=terms.text(one.title),
        of=one.of,
        files=list(one.files),
        start=one.start,
        steps=[_step(terms, step) for step in one.steps.values()],
        ends=[Titled(key=end.name, title=terms.text(end.title)) for end in one.ends.values()],
        fields=[_field(terms, field) for field in one.fields.values()],
        covers=list(one.covers),
        flow=FlowOut(stops=[Stop.from_orm(stop) for stop in flow.stops], ways=[Way.from_orm(way) for way in flow.ways]),
    )


def _step(terms: Terms, step: Step) -> out.StepOut:
    return out.StepOut(
        key=step.name,
        title=terms.text(step.title),
        do=step.do,
        by=str(step.by),
        parts=[Titled(key=part.name, title=terms.part(step, part.name)) for part in step.parts],
        within=str(step.within) if step.within else None,
        lasts=str(step.for_) if step.for_ else None,
        asks=list(step.asks),
        documents=list(step.makes),
        outcomes=[_outcome(terms, step, result) for result in step.then.values()],
        raises_to=list(step.late.raise_),
        assumes=step.late.assume,
        at_most=step.at_most,
        beyond=step.beyond,
    )


def _outcome(terms: Terms, step: Step, result: Result) -> out.OutcomeOut:
    documents = step.makes if result.makes is None else result.makes
    return out.OutcomeOut(
        key=result.name, title=terms.outcome(step, result.name), go=result.go, documents=list(documents)
    )


def _field(terms: Terms, field: Field) -> out.FieldOut:
    return out.FieldOut(
        key=field.name,
        title=terms.text(field.title),
        type=field.type,
        class_=field.class_,
        given=field.given,
        choices={key: terms.text(title) for key, title in field.choices.items()},
        purpose=field.purpose,
        basis=field.basis,
        keep=str(field.keep) if field.keep else None,
    )
