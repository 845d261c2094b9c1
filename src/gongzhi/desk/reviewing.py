"""A review day: sealed weights, presentations in turn, questions and answers, the scoring, the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from gongzhi.core.decision import RuleVersion
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.ballots import rule_of
from gongzhi.desk.review_ready import paper_of, ranking, voting_step, weights_digest
from gongzhi.desk.writing import writing
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.records.projects import actions, queries
from gongzhi.records.projects.models import ASKERS, DECIDED, ReviewDay, ReviewEntry, ReviewQuestion

MOST = 60  # projects on one day


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A project as it is put on the day. `asked` in yuan."""

    place: Place
    title: str
    asked: int = 0
    vulnerable: bool = False
    project: Matter | None = None


def rule_at(matter: Matter, at: datetime) -> RuleVersion | None:
    """The scoring rule of the matter's charter; None where it has no review day."""
    case = read_state(matter.state)
    charter = charter_by_digest(case.digest)
    return rule_of(charter, voting_step(charter.procedures[case.procedure]), at)


def begin(matter: Matter, person: Person, at: datetime) -> ReviewDay:
    """Seal the weights: their digest is shown from now on. Raises Refused `not_holder`, `no_review_day`."""
    lead.check_leads(matter, person, at)
    rule = rule_at(matter, at)
    if rule is None:
        raise Refused("no_review_day")
    with writing():
        return actions.begin_day(matter, weights_digest(rule), at)


def add(day: ReviewDay, new: NewEntry, person: Person, at: datetime) -> ReviewEntry:
    """Put a project on the day. Raises Refused `not_holder`, `scoring_begun`, `entry_twice`, `too_many_entries`."""
    lead.check_leads(day.matter, person, at)
    try:
        with writing():
            _not_voting(day)
            if day.entries.count() >= MOST:
                raise Refused("too_many_entries", n=MOST)
            return actions.add_entry(day, new.place, new.title, new.asked, new.vulnerable, new.project)
    except IntegrityError as clash:
        raise Refused("entry_twice") from clash


def _not_voting(day: ReviewDay) -> None:
    actions.locked(day)
    if Ballot.objects.filter(matter=day.matter).exclude(status__in=("planned", "dropped")).exists():
        raise Refused("scoring_begun")


def start(entry: ReviewEntry, person: Person, at: datetime) -> None:
    """The presentation begins: the clock on the screen in the hall runs from here."""
    _mark(entry, "started_at", person, at)


def presented(entry: ReviewEntry, person: Person, at: datetime) -> None:
    """It is over; questions now."""
    _mark(entry, "presented_at", person, at)


def answered(entry: ReviewEntry, person: Person, at: datetime) -> None:
    """All questions are answered. Raises Refused `nothing_asked`: a presentation without a question is not heard."""
    if entry.presented_at is None or not entry.questions.exists():
        raise Refused("nothing_asked")
    _mark(entry, "answered_at", person, at)


def _mark(entry: ReviewEntry, name: str, person: Person, at: datetime) -> None:
    lead.check_leads(entry.day.matter, person, at)
    with writing():
        _not_voting(entry.day)
        if getattr(entry, name) is None:
            setattr(entry, name, at)
            actions.save(entry, (name,))


def ask(entry: ReviewEntry, by: str, text: str, answer: str, person: Person, at: datetime) -> ReviewQuestion:
    """A question and its answer. Raises Refused `not_holder`, `not_presented`, `question_empty`, `scoring_begun`."""
    lead.check_leads(entry.day.matter, person, at)
    if entry.presented_at is None:
        raise Refused("not_presented")
    if by not in ASKERS or not text.strip() or not answer.strip():
        raise Refused("question_empty")
    with writing():
        _not_voting(entry.day)
        return actions.ask(entry, by, text.strip(), answer.strip(), at)


def set_paper(ballot: Ballot, closes_at: datetime, person: Person, at: datetime) -> Ballot:
    """What is scored: every project of the day by every criterion. Raises Refused as `ballots_lead.set_terms`."""
    day, rule = queries.day_of(ballot.matter), rule_at(ballot.matter, at)
    if day is None or rule is None:
        raise Refused("no_review_day")
    return lead.set_terms(ballot, paper_of(day, rule), "", closes_at, person, at)


def decide(
    entry: ReviewEntry, outcome: str, granted: int, reason: str, person: Person, at: datetime
) -> ReviewEntry:  # fmt: skip
    """The final word on one project, on the ground of the ranking. `granted` in yuan.

    Raises Refused `not_holder`, `not_ranked`, `decided_already`, `granted_wrong`. A missing reason is refused when the
    step ends, because only then it is known which projects are out of order.
    """
    lead.check_leads(entry.day.matter, person, at)
    if outcome not in DECIDED or not 0 <= granted <= entry.asked or (outcome == "funded") != (granted > 0):
        raise Refused("granted_wrong", most=entry.asked)
    with writing():
        day = actions.locked(entry.day)
        if not ranking(day):
            raise Refused("not_ranked")
        if day.decided_at is not None:
            raise Refused("decided_already")
        entry.outcome, entry.granted, entry.reason = outcome, granted, reason.strip()
        actions.save(entry, ("outcome", "granted", "reason"))
    return entry
