"""What was counted and entered, ready for a formula. Each in one query, whatever the number of acts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum

from gongzhi.core.charter.commitments import Indicator
from gongzhi.core.indicator.figure import Figure, entered, figure
from gongzhi.core.indicator.periods import Period
from gongzhi.core.indicator.vocabulary import COUNTS, DURATIONS
from gongzhi.records.figures.models import CountedUpTo, EnteredFigure, EnteredMonth, FigureAppeal, Tally
from gongzhi.records.institutions.models import Adoption, CharterVersion, Place

Cell = tuple[str, str, int]  # name, kind, hours


@dataclass
class Sheet:
    """Tallies of a community over some months: (charter, month) -> procedure -> organ -> cell -> how many."""

    rows: dict[tuple[str, date], list[tuple[str, str, Cell, int]]] = field(default_factory=lambda: defaultdict(list))

    def counted(self, charter: str, indicator: Indicator, period: Period, organ: str | None = None) -> dict[Cell, int]:
        """What the formula needs of one period, of one organ or of all."""
        found: dict[Cell, int] = defaultdict(int)
        names = (indicator.part, indicator.whole, indicator.median)
        for procedure, by, cell, n in self._of(charter, period):
            if cell[0] in names and indicator.procedure in (None, procedure) and {organ, indicator.organ} <= {None, by}:
                found[cell] += n
        return found

    def organs(self, charter: str, period: Period) -> list[str]:
        """Organ types with anything counted in the period."""
        return sorted({by for _, by, _, _ in self._of(charter, period) if by})

    def _of(self, charter: str, period: Period) -> Iterator[tuple[str, str, Cell, int]]:
        """Rows of a charter, or of all charters for the empty name."""
        names = {name for name, _month in self.rows} if charter == "" else {charter}
        for name in sorted(names):
            for month in period.each:
                yield from self.rows.get((name, month), ())


def sheet(place: Place, first: date, last: date, names: Iterable[str] | None = None, together: bool = False) -> Sheet:
    """The tallies of a place from one day to another; of `names` alone where told. Two queries.

    `together` adds the durations of all organs and procedures up in the database: a page that shows neither needs no
    more, and its cost stays within the kinds of hours there are, however many matters were closed.
    """
    rows = Tally.objects.filter(place=place, month__gte=first, month__lte=last)
    wanted = set(names) if names is not None else {*COUNTS, *DURATIONS}
    found = Sheet()
    _add(found, rows.filter(name__in=wanted & COUNTS.keys()))
    if spans := wanted & DURATIONS.keys():
        _add(found, rows.filter(name__in=spans), together)
    return found


def _add(found: Sheet, rows: QuerySet[Tally], together: bool = False) -> None:
    whose = () if together else ("procedure", "organ")
    told = rows.values_list("charter", "month", "name", "kind", "hours", *whose).annotate(sum=Sum("n")).order_by()
    for charter, month, name, kind, hours, *by, n in told:
        procedure, organ = by or ("", "")
        found.rows[(charter, month)].append((procedure, organ, (name, kind, hours), n))


def figures(sheet_: Sheet, charter: str, indicator: Indicator, periods: Iterable[Period]) -> dict[date, Figure]:
    """First day of a period -> its figure."""
    return {one.first: figure(indicator, sheet_.counted(charter, indicator, one)) for one in periods}


def entered_in(paths: Iterable[str], first: date, last: date) -> dict[tuple[str, str, date], EnteredFigure]:
    """(charter, indicator, first day) -> the entry that counts at a place and what it lies in (`paths`), the nearest
    winning: a bureau enters once for its district. One query."""
    months = EnteredMonth.objects.filter(place__path__in=list(paths), month__gte=first, month__lte=last)
    found = {}
    for month in sorted(months.select_related("figure__organ", "place"), key=lambda row: len(row.place.path)):
        entry = month.figure
        found[(entry.charter, entry.indicator, entry.first)] = entry
    return found


def figure_of_entry(indicator: Indicator, entry: EnteredFigure | None) -> Figure:
    """What may be shown of an entry."""
    return entered(indicator, entry.part if entry else None, entry.whole if entry else None)


def versions_of(paths: Iterable[str], charter: str, indicator: str) -> QuerySet[EnteredFigure]:
    """All that was ever entered, newest period first, within it the newest first."""
    rows = EnteredFigure.objects.filter(place__path__in=list(paths), charter=charter, indicator=indicator)
    return rows.select_related("organ", "corrected_by").order_by("-first", "-at", "-pk")


def appeals_of(place: Place) -> QuerySet[FigureAppeal]:
    """What offices said against figures of a place and of those inside it, unanswered first, then newest."""
    rows = FigureAppeal.objects.filter(place__path__startswith=place.path)
    rows = rows.select_related("organ", "answered_by", "place")
    return rows.order_by("upheld", "-at")


@dataclass(frozen=True, slots=True)
class InForce:
    """Which version of each charter was in force since when at a place. A version never changes what was before it."""

    spans: Mapping[str, list[tuple[datetime, datetime | None, CharterVersion]]]

    def at(self, charter: str, start: datetime, end: datetime) -> CharterVersion | None:
        """The version in force when a period began; where none was, the first adopted in it."""
        spans = [span for span in self.spans.get(charter, ()) if span[0] < end and (span[1] is None or span[1] > start)]
        return min(spans, key=lambda span: span[0])[2] if spans else None


def in_force(place: Place, paths: Iterable[str]) -> InForce:
    """Adoptions of the place and of what it lies in (`paths`), the nearest winning. One query."""
    rows = Adoption.objects.filter(Q(place__path__in=list(paths))).select_related("charter_version", "place")
    nearest: dict[str, int] = {}
    for row in rows:
        nearest[row.charter] = max(nearest.get(row.charter, 0), len(row.place.path))
    spans: dict[str, list[tuple[datetime, datetime | None, CharterVersion]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.start):
        if len(row.place.path) == nearest[row.charter]:
            spans[row.charter].append((row.start, row.end, row.charter_version))
    return InForce(spans)


def counted_until() -> datetime | None:
    """When the tallies were last brought up to date."""
    mark = CountedUpTo.objects.filter(pk=1).first()
    return mark.at if mark else None
