"""Entering totals, correcting them, appealing a figure and answering. The desk asks first who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.commitments import Indicator
from gongzhi.core.indicator.formula import formula_digest
from gongzhi.core.indicator.periods import Period
from gongzhi.core.procedure.effects import Refused
from gongzhi.records.figures.models import EnteredFigure, EnteredMonth, FigureAppeal
from gongzhi.records.institutions.models import OrganInstance, Place

GRACE = 15  # days after a period within which a figure is not late; our choice
BIGGEST = 2_000_000_000
REASON = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """What an office typed: `part` of `whole`, where it is from, and why it is corrected."""

    part: int
    whole: int | None
    source: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who answers for it."""

    organ: OrganInstance
    seat: str
    by: str


def enter(
    place: Place, charter: str, indicator: Indicator, period: Period, typed: Typed, signed: Signed, now: datetime
) -> EnteredFigure:
    """Store a figure, or a new version of the one of the same period; both stay.

    Raises Refused: not_entered_kind, period_not_over, part_over_whole, whole_missing, no_source, no_correction_reason,
    period_overlaps.
    """
    _check(indicator, period, typed, now)
    before = _current(place, charter, indicator.name, period)
    if before is not None and not typed.why.strip():
        raise Refused("no_correction_reason")
    row = EnteredFigure(
        place=place, charter=charter, indicator=indicator.name, formula=formula_digest(indicator), first=period.first,
        last=period.last, part=typed.part, whole=typed.whole, source=typed.source.strip()[:200], organ=signed.organ,
        seat=signed.seat, by=signed.by, at=now, late=(in_china(now).date() - period.last).days > GRACE,
        why=typed.why.strip()[:300], corrects=before,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
            _put_months(row, period)
    except IntegrityError:
        raise Refused("period_overlaps") from None
    return row


def _check(indicator: Indicator, period: Period, typed: Typed, now: datetime) -> None:
    if indicator.entered is None:
        raise Refused("not_entered_kind", indicator=indicator.title)
    if in_china(now).date() <= period.last:
        raise Refused("period_not_over", last=period.last.isoformat())
    if (typed.whole is None) != (indicator.entered.whole is None):
        raise Refused("whole_missing")
    if typed.whole is not None and typed.part > typed.whole:
        raise Refused("part_over_whole", part=typed.part, whole=typed.whole)
    if not 0 <= typed.part <= BIGGEST or (typed.whole or 0) > BIGGEST:
        raise Refused("too_big")
    if not typed.source.strip():
        raise Refused("no_source")


def _current(place: Place, charter: str, indicator: str, period: Period) -> EnteredFigure | None:
    """The version to correct: the newest of exactly this period."""
    rows = EnteredFigure.objects.filter(place=place, charter=charter, indicator=indicator, corrected_by=None)
    return rows.filter(first=period.first, last=period.last).first()


def _put_months(row: EnteredFigure, period: Period) -> None:
    if row.corrects is not None:
        EnteredMonth.objects.filter(figure=row.corrects).update(figure=row)
        return
    for month in period.each:
        EnteredMonth.objects.create(
            figure=row, place=row.place, charter=row.charter, indicator=row.indicator, month=month
        )


def appeal(
    place: Place,
    charter: str,
    indicator: str,
    period: Period,
    organ: OrganInstance,
    reason: str,
    now: datetime,
    due: datetime,
) -> FigureAppeal:
    """An office says that a figure is wrong. Raises Refused `no_reason`, `appealed_already`."""
    if not reason.strip():
        raise Refused("no_reason")
    try:
        with transaction.atomic():
            return FigureAppeal.objects.create(
                place=place, charter=charter, indicator=indicator, first=period.first, organ=organ,
                reason=reason.strip()[:REASON], at=now, due=due,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("appealed_already") from None


def answer(pk: int, organ: OrganInstance, upheld: bool, text: str, now: datetime) -> FigureAppeal:
    """Answer an appeal, once. Raises Refused `no_reason`, `appeal_answered`, `own_appeal`."""
    with transaction.atomic():
        row = FigureAppeal.objects.select_for_update().filter(pk=pk, answered_at=None).first()
        if row is None:
            raise Refused("appeal_answered")
        if not text.strip():
            raise Refused("no_reason")
        if row.organ_id == organ.pk:
            raise Refused("own_appeal")
        row.upheld, row.answer, row.answered_by, row.answered_at = upheld, text.strip()[:REASON], organ, now
        row.save()
    return row
