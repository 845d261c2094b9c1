"""评议: ratings sealed until every side has given its own, or the time is over; never told below five raters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from gongzhi.core.charter.spec import Charter, Step
from gongzhi.core.decision import RuleVersion, count
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.streak import Advice, advice
from gongzhi.desk.ballots import rule_of
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import Draft
from gongzhi.desk.standing import lives_in
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person, SeatTerm, held_at
from gongzhi.records.reviews import actions, queries
from gongzhi.records.reviews.models import ReviewRound

__all__ = [
    "Setting",
    "Side",
    "advice_for",
    "begin",
    "end",
    "groups_for",
    "rate",
    "rates_itself",
    "setting_of",
    "sides",
    "with_counts",
]

LEAST = 5  # raters of a group below which nothing is told (guardrail H15)
LONGEST = 1000
RESIDENTS = "residents"


@dataclass(frozen=True, slots=True)
class Setting:
    """A round with the charter, the case and the rule it runs under."""

    review: ReviewRound
    charter: Charter
    case: Case
    rule: RuleVersion

    @property
    def groups(self) -> dict[str, int]:
        """Groups of raters, each an organ of the charter or the residents, with how many of it have to rate."""
        return {group.name: max(group.least, LEAST) for group in self.rule.terms.groups}


@dataclass(frozen=True, slots=True)
class Side:
    """How far a group has come. `table` is None while it is sealed, and for good where too few rated."""

    group: str
    raters: int
    needed: int
    table: Mapping[str, int] | None = None


# --- effects ---


def begin(carried: Carried, effect: core.Entered) -> None:
    """A step that rates by a rule has a round from its beginning."""
    step = carried.step(carried.case.control.step) if carried.case.control.step in carried.procedure.steps else None
    organ = carried.organ(carried.case.control.holder)
    if step is None or organ is None or not _rates(carried.charter, step, effect.at):
        return
    about = _about(carried.charter, carried.case)
    title = carried.matter.subject[:200]
    actions.begin(carried.matter, carried.case.visit, organ, about, title, effect.at)


def end(carried: Carried, effect: core.Left) -> None:
    """The round ends with its step: revealed with its grade, or withheld."""
    found = queries.round_of(carried.matter, carried.before.visit) if carried.before else None
    if found is None or found.status != "open":
        return
    rule = rule_of(carried.charter, carried.step(effect.step), found.opened_at)
    told = None
    if rule is not None and effect.outcome == "rated":
        verdict = count(rule, carried.act.counts)
        told = next((fact.args for fact in verdict.because if fact.code == "rated"), None)
    actions.close(found, effect.at, str(told[0]) if told else "", int(told[1]) if told else None)


def _rates(charter: Charter, step: Step, at: datetime) -> bool:
    rule = rule_of(charter, step, at) if step.do == "rating" and step.rule else None
    return rule is not None and rule.kind == "rating"


def _about(charter: Charter, case: Case) -> str:
    """The organ or seat under review: the value of the procedure's field of type subject or organ given at filing."""
    fields = charter.procedures[case.procedure].fields.values()
    given = dict(case.control.given)
    return next((str(given[one.name]) for one in fields if one.given and one.name in given), "")


# --- rating ---


def setting_of(review: ReviewRound) -> Setting:
    """Raises Refused `review_closed` where the matter has moved on."""
    case = read_state(review.matter.state)
    charter = charter_by_digest(case.digest)
    step = charter.procedures[case.procedure].steps[review.visit.partition("#")[0]]
    rule = rule_of(charter, step, review.opened_at)
    if rule is None:
        raise Refused("review_closed")
    return Setting(review, charter, case, rule)


def groups_for(person: Person, found: Setting, at: datetime) -> list[str]:
    """Groups of the round to which a person belongs; none for somebody of the organ under review."""
    rated = found.review.about.partition(".")[0]
    held = _organs(person, found.case, at)
    if rated and rated in held:
        return []
    mine = [group for group in found.groups if group in held]
    lives = RESIDENTS in found.groups and lives_in(person, found.case.place)
    return [*mine, *([RESIDENTS] if lives else [])]


def _organs(person: Person, case: Case, at: datetime) -> set[str]:
    kinds = {int(instance): organ for organ, instance in case.cast.items()}
    rows = SeatTerm.objects.filter(held_at(at), person=person, organ_instance__in=kinds)
    return {kinds[organ] for organ in rows.values_list("organ_instance_id", flat=True)}


def rate(pk: int, person: Person, grade: str, words: str, at: datetime) -> None:
    """One rating, once, for the first group the person belongs to; sealed at once.

    Raises Refused `review_unknown`, `review_closed`, `rates_itself`, `not_a_rater`, `rated_already`, `grade_unknown`.
    """
    with writing():
        review = queries.locked(pk)
        if review is None:
            raise Refused("review_unknown")
        found = setting_of(review)
        _check_open(found, at)
        if grade not in {one.name for one in found.rule.terms.grades}:
            raise Refused("grade_unknown")
        group = _group(person, found, at)
        if not actions.rate(review, queries.rater_of(review, person), group, grade, words.strip()[:LONGEST]):
            raise Refused("rated_already")


def _check_open(found: Setting, at: datetime) -> None:
    due = found.review.matter.due
    if found.review.status != "open" or found.case.visit != found.review.visit or (due is not None and at > due):
        raise Refused("review_closed")


def _group(person: Person, found: Setting, at: datetime) -> str:
    if rates_itself(person, found, at):
        raise Refused("rates_itself")
    mine = groups_for(person, found, at)
    if not mine:
        raise Refused("not_a_rater")
    return mine[0]


# --- counting ---


def with_counts(matter: Matter, charter: Charter, case: Case, draft: Draft, at: datetime) -> Draft:
    """The draft that ends a rating, with the counts of its round. Called with the matter locked.

    A round in which nobody rated here was held on paper: its counts are typed. Raises Refused `counts_from_review`
    when somebody types them beside sealed ratings, `review_sealed` while a side is missing and the time not over.
    """
    if draft.kind != "done":
        return draft
    found = queries.round_of(matter, case.visit)
    if found is None or found.status != "open" or not found.marks.exists():
        return draft
    if draft.counts:
        raise Refused("counts_from_review")
    on, given = setting_of(found), queries.raters(found)
    waiting = [group for group, least in on.groups.items() if given.get(group, 0) < least]
    if waiting and matter.due is not None and at <= matter.due:
        raise Refused("review_sealed", groups=waiting, until=matter.due)
    return replace(draft, counts=_counts(on, given, at))


def _counts(on: Setting, given: Mapping[str, int], at: datetime) -> dict[str, int]:
    tables = queries.tables(on.review)
    roll = {group: max(_size(on, group, at), given.get(group, 0)) for group in on.groups}
    counts = {f"grade.{group}.{grade}": many for group, table in tables.items() for grade, many in table.items()}
    counts |= {f"eligible.{group}": many for group, many in roll.items()}
    return dict(sorted({**counts, "eligible": sum(roll.values()), "present": sum(given.values())}.items()))


def _size(on: Setting, group: str, at: datetime) -> int:
    """How many could rate for a group: those who work in the organ, or who are registered in the place."""
    if group == RESIDENTS:
        return Person.objects.filter(home__path__startswith=on.review.matter.place.path, erased_at=None).count()
    organ = on.case.cast.get(group)
    rows = SeatTerm.objects.filter(held_at(at), organ_instance=int(organ)) if organ else SeatTerm.objects.none()
    return rows.values("person").distinct().count()


def sides(found: Setting) -> list[Side]:
    """Each group's progress; its table only when the round is revealed and at least five of it rated."""
    given = queries.raters(found.review)
    tables = queries.tables(found.review) if found.review.status == "revealed" else {}
    return [
        Side(group, given.get(group, 0), least, tables.get(group) if given.get(group, 0) >= LEAST else None)
        for group, least in found.groups.items()
    ]


def advice_for(review: ReviewRound) -> Advice:
    """What the grades of the last years in a row suggest; somebody named decides."""
    return advice(queries.earlier(review))


def rates_itself(person: Person, found: Setting, at: datetime) -> bool:
    """Does the person work in the organ under review?"""
    rated = found.review.about.partition(".")[0]
    return bool(rated) and rated in _organs(person, found.case, at)
