"""Answers of surveys for figures: sums only, by question and month. No sheet, no person, no open answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Count

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.charter.commitments import Surveyed
from gongzhi.core.indicator.periods import Period
from gongzhi.records.consultations.models import SurveyAnswer, SurveyQuestion
from gongzhi.records.institutions.models import Place

__all__ = ["Answers", "answered", "answers_in"]

# (question, month) -> answers as (what was chosen, how much on the scale, how often)
Answers = Mapping[tuple[str, date], list[tuple[str, int, int]]]


def answers_in(place: Place, asks: Collection[str], first: date, last: date) -> Answers:
    """Answers to these questions, in these very words, in surveys of the place closed in these months. Two queries."""
    if not asks:
        return {}
    start, end = (datetime.combine(day, time(), CHINA) for day in (first, last + timedelta(days=1)))
    rows = SurveyQuestion.objects.filter(
        text__in=asks, kind__in=("choice", "scale"), consultation__matter__place__path__startswith=place.path,
        consultation__closed_at__gte=start, consultation__closed_at__lt=end,
    )  # fmt: skip
    fields = ("pk", "text", "kind", "options", "consultation__closed_at")
    questions = {pk: (text, kind, options, closed) for pk, text, kind, options, closed in rows.values_list(*fields)}
    found: dict[tuple[str, date], list[tuple[str, int, int]]] = {}
    told = SurveyAnswer.objects.filter(question__in=questions).exclude(value=None)
    for pk, value, n in told.values_list("question_id", "value").annotate(n=Count("pk")).order_by():
        text, kind, options, closed = questions[pk]
        month = in_china(closed).date().replace(day=1)
        label = options[value] if kind == "choice" else ""
        found.setdefault((text, month), []).append((label, value, n))
    return found


def answered(asked: Surveyed, answers: Answers, period: Period) -> tuple[int, int]:
    """How many answers count, of how many."""
    rows = [row for month in period.each for row in answers.get((asked.asks, month), ())]
    part = sum(n for label, value, n in rows if _counts(asked, label, value))
    return part, sum(n for _label, _value, n in rows)


def _counts(asked: Surveyed, label: str, value: int) -> bool:
    return value >= asked.at_least if asked.at_least is not None else label in asked.counts
