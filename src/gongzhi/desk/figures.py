"""Figures of a community for every face: from the rollups and the formulas in force, in a handful of queries.

A figure of a period uses the formula in force when the period began, so a new formula never rewrites the past.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from gongzhi.core.calendar import CHINA, Span, in_china
from gongzhi.core.charter.commitments import Indicator
from gongzhi.core.charter.spec import Charter
from gongzhi.core.indicator.figure import Figure, figure, surveyed
from gongzhi.core.indicator.house import HOUSE
from gongzhi.core.indicator.periods import PERIODS, Period, period_named, period_of, periods_back
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import calendars
from gongzhi.desk.figures_surveys import Answers, answered, answers_in
from gongzhi.desk.writing import writing
from gongzhi.records.figures import actions, queries
from gongzhi.records.figures.models import EnteredFigure, FigureAppeal
from gongzhi.records.figures.queries import InForce, Sheet
from gongzhi.records.institutions.codes import paths_above
from gongzhi.records.institutions.models import Adoption, CharterVersion, OrganInstance, Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.people.models import Person, SeatTerm

BACK = 12  # periods shown
EVERYWHERE = ""  # the charter of a house formula: all charters of the place together
Told = tuple[Charter | None, Indicator]  # a formula of the house has no charter
ANSWER_WITHIN = Span(5, "wd")  # for an appeal of a figure; our choice


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a trend: its figure by the formula then in force, and the entry it rests on."""

    period: Period
    figure: Figure
    formula: Indicator | None
    version: int
    entry: EnteredFigure | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator at a place. `points` are oldest first and end with the last period that is over."""

    charter: str
    title_of: Charter | None
    indicator: Indicator
    points: Sequence[Point]
    running: Point
    organs: Sequence[tuple[str, Figure]]

    @property
    def key(self) -> str:
        return key_of(self.title_of, self.indicator)

    @property
    def now(self) -> Point:
        return self.points[-1]


@dataclass
class Board:
    """All figures of a place."""

    shown: list[Shown]
    until: datetime | None


def board(place: Place, at: datetime, only: str = "") -> Board:
    """Every figure of a place with its last periods; or `only` one key, and that one by organ as well.

    The number of queries does not grow with acts.
    """
    today = in_china(at).date()
    force = queries.in_force(place, paths_above(place.path))
    told = [(charter, one) for charter, one in _all(force, at) if only in ("", key_of(charter, one))]
    if not told:
        return Board([], queries.counted_until())
    widest = max((one.period for _, one in told), key=PERIODS.__getitem__)
    first = periods_back(period_of(today, widest), BACK + 1)[0].first
    kept = _kept(place, force, told, first, today, apart=bool(only))
    found = [_shown(charter, one, force, kept, today, bool(only)) for charter, one in told]
    return Board(found, queries.counted_until())


def key_of(charter: Charter | None, indicator: Indicator) -> str:
    """How addresses and forms name an indicator: `name.in_time`, `-.house_solved`."""
    return f"{charter.name if charter else '-'}.{indicator.name}"


def charters_here(place: Place, at: datetime) -> list[Charter]:
    """The charters in force at a place: they know the names of its organs."""
    force = queries.in_force(place, paths_above(place.path))
    found = (force.at(name, at, at + timedelta(seconds=1)) for name in sorted(force.spans))
    return [charter_of(version) for version in found if version is not None]


def formulas_under(place: Place, at: datetime) -> list[Told]:
    """Every formula in force at a place, inside it or above it, each once. One query, however many places."""
    inside = Q(place__path__startswith=place.path) | Q(place__path__in=paths_above(place.path))
    rows = Adoption.objects.filter(inside, Q(end=None) | Q(end__gt=at), start__lte=at)
    charters = {row.charter: charter_of(row.charter_version) for row in rows.select_related("charter_version")}
    found: list[Told] = [(None, one) for one in HOUSE.values()]
    for name in sorted(charters):
        found += [(charters[name], one) for one in charters[name].indicators.values()]
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """What figures rest on: tallies of the log, entries of offices, answers in surveys."""

    sheet: Sheet
    entries: Mapping[tuple[str, str, date], EnteredFigure]
    answers: Answers


def _kept(place: Place, force: InForce, told: Sequence[Told], first: date, today: date, apart: bool) -> Kept:
    """What these formulas need, in all their versions; tallies `apart` by organ as well."""
    formulas = [one for charter, indicator in told for one in _versions(charter, indicator, force)]
    names = {name for one in formulas for name in (one.part, one.whole, one.median) if name}
    together = not apart and not any(one.median and (one.procedure or one.organ) for one in formulas)
    return Kept(
        queries.sheet(place, first, today, names, together),
        queries.entered_in(paths_above(place.path), first, today),
        answers_in(place, {one.survey.asks for one in formulas if one.survey}, first, today),
    )


def _versions(charter: Charter | None, indicator: Indicator, force: InForce) -> Iterator[Indicator]:
    """The formula as it is and as it was in every version that was in force here."""
    yield indicator
    for _start, _end, version in force.spans.get(charter.name, ()) if charter else ():
        before = charter_of(version).indicators.get(indicator.name)
        if before is not None:
            yield before


def _all(force: InForce, at: datetime) -> Iterator[Told]:
    yield from ((None, indicator) for indicator in HOUSE.values())
    for name in sorted(force.spans):
        version = force.at(name, at, at + timedelta(seconds=1))
        if version is not None:
            charter = charter_of(version)
            yield from ((charter, indicator) for indicator in charter.indicators.values())


def _shown(
    charter: Charter | None, indicator: Indicator, force: InForce, kept: Kept, today: date, apart: bool
) -> Shown:
    running = period_of(today, indicator.period)
    line = [_point(charter, indicator, one, force, kept) for one in periods_back(running, BACK + 1)]
    name = charter.name if charter else EVERYWHERE
    organs = []
    if apart and indicator.entered is None and indicator.survey is None:
        period = line[-2].period
        for organ in (one for one in kept.sheet.organs(name, period) if indicator.organ in (None, one)):
            organs.append((organ, figure(indicator, kept.sheet.counted(name, indicator, period, organ))))
    return Shown(name, charter, indicator, line[:-1], line[-1], organs)


def _point(charter: Charter | None, now: Indicator, period: Period, force: InForce, kept: Kept) -> Point:
    if charter is None:
        return Point(period, figure(now, kept.sheet.counted(EVERYWHERE, now, period)), now, 1)
    start, end = (datetime.combine(day, time(), CHINA) for day in (period.first, period.last + timedelta(days=1)))
    version = force.at(charter.name, start, end)
    then = charter_of(version).indicators.get(now.name) if version else None
    if version is None or then is None or then.period != now.period:
        return Point(period, Figure(why="no_formula"), None, 0)
    if then.entered is not None:
        entry = kept.entries.get((charter.name, now.name, period.first))
        return Point(period, queries.figure_of_entry(then, entry), then, version.version, entry)
    if then.survey is not None:
        return Point(period, surveyed(then, *answered(then.survey, kept.answers, period)), then, version.version)
    return Point(period, figure(then, kept.sheet.counted(charter.name, then, period)), then, version.version)


# --- what offices enter ---


@dataclass(frozen=True, slots=True)
class Mine:
    """A figure that somebody answers for, by a seat of theirs."""

    charter: Charter
    indicator: Indicator
    seat: SeatTerm

    @property
    def key(self) -> str:
        return f"{self.charter.name}.{self.indicator.name}"


def to_enter(person: Person, at: datetime) -> list[Mine]:
    """Figures the person may enter: of charters in force where an organ of theirs works, if the formula names it."""
    found = []
    for seat in person.seats(at).select_related("organ_instance__place").order_by("pk"):
        organ = seat.organ_instance
        version = charter_for(organ.place, at, organ.charter) or _below(organ, at)
        charter = charter_of(version) if version else None
        for indicator in charter.indicators.values() if charter else ():
            if charter and indicator.entered is not None and indicator.entered.by == organ.organ:
                found.append(Mine(charter, indicator, seat))
    return found


def _below(organ: OrganInstance, at: datetime) -> CharterVersion | None:
    """The version of the organ's charter that a place inside its area adopted: charters of communities name bureaus."""
    rows = Adoption.objects.filter(charter=organ.charter, place__path__startswith=organ.place.path, start__lte=at)
    row = rows.filter(Q(end=None) | Q(end__gt=at)).select_related("charter_version").order_by("start").first()
    return row.charter_version if row else None


def enter(person: Person, key: str, label: str, typed: actions.Typed, now: datetime) -> EnteredFigure:
    """Store what the person's office answers for. Raises Refused `not_your_figure`, `unknown_period`, and those of
    `records.figures.actions.enter`."""
    mine = next((one for one in to_enter(person, now) if one.key == key), None)
    if mine is None:
        raise Refused("not_your_figure")
    period = period_named(label, mine.indicator.period)
    if period is None:
        raise Refused("unknown_period")
    organ = mine.seat.organ_instance
    signed = actions.Signed(organ, mine.seat.seat or "", person.digest)
    with writing():
        return actions.enter(organ.place, mine.charter.name, mine.indicator, period, typed, signed, now)


def appeal(place: Place, key: str, label: str, organ: OrganInstance, reason: str, now: datetime) -> FigureAppeal:
    """An office says that a figure is wrong; the answer is due in five working days. Raises Refused."""
    one = next(iter(board(place, now, key).shown), None)
    if one is None:
        raise Refused("unknown_indicator")
    period = period_named(label, one.indicator.period)
    if period is None or period.first > in_china(now).date():
        raise Refused("unknown_period")
    charter, _dot, indicator = key.partition(".")
    calendar, _digest = calendars.current()
    due = calendar.add(now, ANSWER_WITHIN).at
    with writing():
        return actions.appeal(place, charter, indicator, period, organ, reason, now, due)


def answer(pk: int, organs: Sequence[OrganInstance], upheld: bool, text: str, now: datetime) -> FigureAppeal:
    """Answer for an organ whose area holds the place of the appeal and that did not appeal itself. Raises Refused."""
    row = FigureAppeal.objects.select_related("place").filter(pk=pk).first()
    if row is None:
        raise Refused("appeal_answered")
    fits = [one for one in organs if one.pk != row.organ_id and row.place.path.startswith(one.place.path)]
    if not fits:
        raise Refused("own_appeal")
    with writing():
        return actions.answer(pk, fits[0], upheld, text, now)
