"""Surveys at the desk: questions before anybody answers, sheets from the screen or from numbered paper, results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.core.opinion.sample import Interval, wilson
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.consultations import _held, _running
from gongzhi.desk.writing import writing
from gongzhi.records.consultations import actions, queries
from gongzhi.records.consultations.models import Consultation, SurveyAnswer, SurveyQuestion, SurveySheet
from gongzhi.records.crypto import blind_index
from gongzhi.records.people.models import Person

FEWEST = 10  # cells with fewer people are not shown (guardrails, cross-cutting control 3)
PAPER_DIGITS = 4
LONGEST = 1000


def set_questions(pk: int, person: Person, questions: Sequence[Mapping[str, Any]], at: datetime) -> Consultation:
    """The questions; refused once somebody has answered, since old answers would stand under new words."""
    with writing():
        found = _held(pk, person, at)
        if found.sheets.exists():
            raise Refused("survey_begun")
        actions.set_questions(found, questions)
    return found


def paper_number(consultation: Consultation, sheet: int) -> str:
    """What is printed on the sheet: its number and four digits that tell a slip of the pen from another sheet."""
    check = int(blind_index(f"sheet/{consultation.pk}", str(sheet))[:12], 16) % 10**PAPER_DIGITS
    return f"{sheet}-{check:0{PAPER_DIGITS}}"


def fill_in(pk: int, person: Person, typed: Mapping[int, str], at: datetime) -> SurveySheet:
    """A resident's own sheet, once. Raises Refused `answered_already`, `answer_value` ..."""
    with writing():
        found = _running(pk, person, at)
        values = read_answers(found.questions.order_by("number"), typed)
        sheet = actions.fill_in(found, values, voter=queries.voter_of(found, person))
        if sheet is None:
            raise Refused("answered_already")
    return sheet


def enter_paper(pk: int, person: Person, number: str, typed: Mapping[int, str], at: datetime) -> SurveySheet:
    """Staff enter a paper sheet by its printed number, once. Raises Refused `sheet_unknown`, `sheet_entered`."""
    with writing():
        found = _held(pk, person, at)
        sheet, _dash, _check = number.partition("-")
        if not sheet.isascii() or not sheet.isdecimal() or paper_number(found, int(sheet)) != number:
            raise Refused("sheet_unknown", number=number)
        values = read_answers(found.questions.order_by("number"), typed)
        kept = actions.fill_in(found, values, paper=number, source="paper")
        if kept is None:
            raise Refused("sheet_entered", number=number)
    return kept


def read_answers(questions: Iterable[SurveyQuestion], typed: Mapping[int, str]) -> dict[int, int | str]:
    """The answers of a sheet by question; what is left empty is not answered. Raises Refused."""
    found: dict[int, int | str] = {}
    for question in questions:
        said = typed.get(question.pk, "").strip()
        if said:
            found[question.pk] = said[:LONGEST] if question.kind == "text" else _number(question, said)
    if not found:
        raise Refused("contribution_empty")
    return found


def _number(question: SurveyQuestion, said: str) -> int:
    low, high = bounds(question)
    plain = said.removeprefix("-")
    value = int(said) if plain.isascii() and plain.isdecimal() and len(plain) < 10 else high + 1
    if not low <= value <= high:
        raise Refused("answer_value", question=question.number, low=low, high=high)
    return value


def bounds(question: SurveyQuestion) -> tuple[int, int]:
    """The smallest and largest answer; of a choice the places of its options."""
    return (0, len(question.options) - 1) if question.kind == "choice" else (question.low, question.high)


@dataclass(frozen=True, slots=True)
class Share:
    """How many gave this answer. `count` None: hidden, since fewer than ten did or it could be worked out."""

    label: str
    count: int | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Result:
    """A question with its sample; `shares` None where fewer than ten answered. `mean` in hundredths."""

    question: SurveyQuestion
    sample: int
    shares: tuple[Share, ...] | None
    mean: int | None


def results(consultation: Consultation) -> list[Result]:
    """Each question's result; two queries. Open answers are read by the organ that asked, and counted here."""
    given: dict[int, list[int]] = {}
    texts: Counter[int] = Counter()
    rows = SurveyAnswer.objects.filter(sheet__consultation=consultation).values_list("question_id", "value")
    for question, value in rows:
        if value is None:
            texts[question] += 1
        else:
            given.setdefault(question, []).append(value)
    questions = consultation.questions.order_by("number")
    return [_result(one, given.get(one.pk, []), texts[one.pk]) for one in questions]


def _result(question: SurveyQuestion, values: list[int], texts: int) -> Result:
    if question.kind == "text":
        return Result(question, texts, None, None)
    if len(values) < FEWEST:
        return Result(question, len(values), None, None)
    shares = None if question.kind == "number" else tuple(_shares(question, values))
    told = question.kind != "choice" and all(share.count is not None for share in shares or ())
    mean = round(sum(values) * 100 / len(values)) if told else None  # with a mean, hidden cells could be worked out
    return Result(question, len(values), shares, mean)


def _shares(question: SurveyQuestion, values: list[int]) -> list[Share]:
    counts, (low, high) = Counter(values), bounds(question)
    hidden = hidden_cells([counts[value] for value in range(low, high + 1)])
    found = []
    for at, value in enumerate(range(low, high + 1)):
        label = question.options[value] if question.kind == "choice" else str(value)
        count = None if at in hidden else counts[value]
        found.append(Share(label, count, None if count is None else wilson(count, len(values))))
    return found


def hidden_cells(counts: Sequence[int]) -> set[int]:
    """Cells of one to nine people; with a single one the next smallest too, or the total would give it away."""
    small = {at for at, count in enumerate(counts) if 0 < count < FEWEST}
    others = sorted((count, at) for at, count in enumerate(counts) if count >= FEWEST)
    if len(small) == 1 and others:
        small.add(others[0][1])
    return small
