"""Consultations at the desk: planned with their step, opened, written to, voted on, moderated, answered, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.core.charter.spec import Charter, Step
from gongzhi.core.clauses import find_clauses
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import organ_of
from gongzhi.core.span import Span
from gongzhi.desk import calendars
from gongzhi.desk.carried import Carried
from gongzhi.desk.standing import lives_in
from gongzhi.desk.writing import writing
from gongzhi.records.consultations import actions, queries
from gongzhi.records.consultations.models import GROUNDS, Consultation, Contribution
from gongzhi.records.matters.models import Message
from gongzhi.records.people.limits import Limit, spend
from gongzhi.records.people.models import Person
from gongzhi.records.rows import insert

CONSULTS = ("consultation", "survey")
APPEAL = Span.parse("5wd")  # our choice: as long as an office has to answer a resident elsewhere
FROM_ADDRESS = Limit("contribution_address", 20, 3_600)
BY_PERSON = Limit("contribution_person", 10, 86_400)
LONGEST = {"statement": 140, "comment": 2000}
SHORTEST = 2
COVENANT = "covenant"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who writes or votes: the person, and the network address the request came from."""

    person: Person
    address: str = ""


def plan(carried: Carried, effect: core.Entered) -> None:
    """A step that consults has a consultation from the moment it begins; residents see it when it is opened."""
    step, organ = carried.step(effect.step), carried.organ(effect.holder)
    if step.do not in CONSULTS or organ is None:
        return
    elsewhere = _elsewhere(carried.charter, carried.case, step, effect.holder)
    actions.plan(carried.matter, effect.visit, organ, elsewhere, step.title)


def _elsewhere(charter: Charter, case: Case, step: Step, holder: str) -> int | None:
    """Another organ, to hear appeals: to whom lateness is raised, else who rules on handovers."""
    handover = charter.handover
    names = [*step.late.raise_, *([handover.adjudicator] if handover else [])]
    found = (case.cast.get(name) for name in names if name != organ_of(holder))
    return next((int(one) for one in found if one), None)


def end(carried: Carried, effect: core.Left) -> None:
    """The step is over. What people were asked has to be answered first: point by point, with a reason."""
    found = queries.consultation_of(carried.matter, effect.visit)
    if found is None or found.status == "planned":
        return
    if not effect.assumed:
        check_answered(found, effect.at)
    close(found, effect.at)


def check_answered(found: Consultation, at: datetime) -> None:
    """Raises Refused `points_unanswered`: something was heard, and not every main point has its answer (CY-10)."""
    heard = queries.shown(found, "comment", at).exists() or bool(queries.stances(found, at)) or found.sheets.exists()
    unanswered = found.replies.filter(decision="").count()
    if unanswered or (heard and not found.replies.exists()):
        raise Refused("points_unanswered", count=unanswered)


def close(found: Consultation, at: datetime) -> None:
    """Nobody votes or writes any more."""
    found.status, found.closed_at = "closed", at
    found.save(update_fields=["status", "closed_at"])


def open_up(pk: int, person: Person, values: Mapping[str, Any], at: datetime) -> Consultation:
    """The organ opens its consultation, or changes what it says: `title`, `intro`, `adds`, `until`."""
    with writing():
        found = _held(pk, person, at)
        if not values.get("title"):
            raise Refused("contribution_empty")
        if not (found.contributions.filter(kind="statement", state="shown").exists() or found.questions.exists()):
            raise Refused("nothing_to_ask")
        for name in ("title", "intro", "adds", "until"):
            setattr(found, name, values.get(name))
        found.status, found.opened_at = "open", found.opened_at or at
        found.save()
    return found


def seed(pk: int, person: Person, texts: Sequence[str], at: datetime) -> int:
    """Statements to begin with; how many were new. The same words twice are one statement."""
    with writing():
        found = _held(pk, person, at)
        known = {one.text for one in found.contributions.filter(kind="statement")}
        fresh = [said for said in dict.fromkeys(texts) if said not in known]
        for said in fresh:
            _check_length("statement", said)
            _check_wording(found, said)
            actions.contribute(found, "statement", said, None, "shown", at, "staff")
    return len(fresh)


def contribute(pk: int, by: Speaker, kind: str, said: str, at: datetime) -> Contribution:
    """A resident adds a statement or a comment; it waits until somebody has looked at it.

    Raises Refused: closed, not a resident, too long, said already, too many from one address or by one person.
    """
    _check_pace(by, at)
    with writing():
        found = _running(pk, by.person, at)
        if kind == "statement" and not found.adds:
            raise Refused("statements_fixed")
        _check_length(kind, said)
        if kind == "statement":
            _check_wording(found, said)
        same = (one for one in found.contributions.filter(kind=kind) if one.text == said)
        if next(same, None) is not None:
            raise Refused("said_already")
        made = actions.contribute(found, kind, said, by.person, "waiting", at, "self")
        tell(found, found.organ_id, "contribution_waits", at)
    return made


def _check_pace(by: Speaker, at: datetime) -> None:
    for limit, who in ((FROM_ADDRESS, by.address), (BY_PERSON, by.person.digest)):
        if who and (wait := spend(limit, who, at)):
            raise Refused("too_many_contributions", minutes=-(-wait // 60))


def _check_length(kind: str, said: str) -> None:
    if len("".join(said.split())) < SHORTEST:
        raise Refused("contribution_empty")
    if len(said) > LONGEST[kind]:
        raise Refused("words_too_long", most=LONGEST[kind], found=len(said))


def _check_wording(found: Consultation, said: str) -> None:
    """A clause proposed for a covenant: a fine can be talked about in a comment, not proposed (guardrail H17)."""
    if found.matter.kind == COVENANT and (clauses := find_clauses(said)):
        raise Refused("wording_forbidden", clauses=[{"kind": one.kind, "sentence": one.sentence} for one in clauses])


def vote(pk: int, statement: int, person: Person, answer: int, at: datetime) -> None:
    """Agree 1, disagree -1, pass 0; once. Raises Refused `voted_already`, `consultation_closed`, `not_resident`."""
    with writing():
        found = _running(pk, person, at)
        row = queries.shown(found, "statement", at).filter(pk=statement).first()
        if row is None or answer not in (-1, 0, 1):
            raise Refused("contribution_unknown")
        if not actions.answer(row, queries.voter_of(found, person), answer):
            raise Refused("voted_already")


def unvote(pk: int, statement: int, person: Person, at: datetime) -> None:
    """Take a vote back while the consultation runs, to cast it anew."""
    with writing():
        found = _running(pk, person, at)
        row = found.contributions.filter(pk=statement, kind="statement").first()
        if row is None:
            raise Refused("contribution_unknown")
        actions.take_back(row, queries.voter_of(found, person))


def moderate(pk: int, person: Person, at: datetime, ground: str = "", reason: str = "") -> Contribution:
    """Show a contribution, or reject it with a ground and a reason that everybody can read."""
    with writing():
        row = _contribution(pk)
        _check_seat(person, row.consultation.organ_id, at)
        if row.state not in ("waiting", "shown") or row.consultation.status == "closed":
            raise Refused("moderated_already")
        if ground and (ground not in GROUNDS or not reason):
            raise Refused("ground_missing")
        row.state, row.ground, row.reason, row.moderated_at = "rejected" if ground else "shown", ground, reason, at
        row.save()
        if row.author_id:
            _tell_author(row, "contribution_rejected" if ground else "contribution_shown", at)
    return row


def appeal(pk: int, person: Person, why: str, at: datetime) -> Contribution:
    """The author asks another organ, which has five working days; without an answer the words are shown again."""
    with writing():
        row = _contribution(pk)
        if row.author_id != person.pk or row.state != "rejected" or row.consultation.appeals_id is None:
            raise Refused("no_appeal")
        calendar, _digest = calendars.current()
        row.state, row.appeal, row.appealed_at = "appealed", why, at
        row.appeal_due = calendar.explained(at, APPEAL, None).at
        row.save()
        tell(row.consultation, row.consultation.appeals_id, "contribution_appealed", at)
    return row


def answer_appeal(pk: int, person: Person, upheld: bool, answer: str, at: datetime) -> Contribution:
    """The other organ decides, with a public reason. `upheld`: the words are shown."""
    with writing():
        row = _contribution(pk)
        _check_seat(person, row.consultation.appeals_id, at)
        if row.state != "appealed":
            raise Refused("moderated_already")
        if not answer:
            raise Refused("ground_missing")
        row.state, row.answer, row.answered_at = "shown" if upheld else "confirmed", answer, at
        row.save()
        _tell_author(row, "appeal_answered", at)
    return row


def answer_points(pk: int, person: Person, points: Sequence[Mapping[str, str]], at: datetime) -> Consultation:
    """意见采纳表 as it now stands; a decision without its reason is refused."""
    if any(one["decision"] and not one["reason"] for one in points):
        raise Refused("ground_missing")
    with writing():
        found = _held(pk, person, at)
        actions.set_points(found, points)
    return found


def _held(pk: int, person: Person, at: datetime) -> Consultation:
    """The consultation, for somebody of the organ that holds it. Raises Refused."""
    found = _locked(pk)
    _check_seat(person, found.organ_id, at)
    if found.status == "closed":
        raise Refused("consultation_closed")
    return found


def _locked(pk: int) -> Consultation:
    found = Consultation.objects.select_for_update(of=("self",)).select_related("matter").filter(pk=pk).first()
    if found is None:
        raise Refused("no_consultation")
    return found


def _running(pk: int, person: Person, at: datetime) -> Consultation:
    """The consultation, for somebody who lives there, while it runs. Raises Refused."""
    found = _locked(pk)
    if not lives_in(person, found.matter.place.code):
        raise Refused("not_resident")
    if not queries.is_open(found, at):
        raise Refused("consultation_closed")
    return found


def _contribution(pk: int) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("consultation__matter", "author")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Refused("contribution_unknown")
    return found


def _check_seat(person: Person, organ: int | None, at: datetime) -> None:
    if organ is None or not person.seats(at).filter(organ_instance=organ).exists():
        raise Refused("not_of_organ")


def tell(found: Consultation, organ: int | None, code: str, at: datetime) -> None:
    if organ is None:
        return
    insert([_message(found, code, at, organ_id=organ)])


def _tell_author(row: Contribution, code: str, at: datetime) -> None:
    if row.author is not None:
        insert([_message(row.consultation, code, at, person=row.author)])


def _message(found: Consultation, code: str, at: datetime, **to: Any) -> Message:
    return Message(matter=found.matter, channel="in_app", code=code, args={"title": found.title}, visit=found.visit,
                   next_try=at, created_at=at, **to)  # fmt: skip
