"""Tallies kept step by step are those of the whole log; what offices enter stays, never overlaps, and hides few."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.commitments import Entered, Indicator
from gongzhi.core.indicator import Period
from gongzhi.core.procedure.effects import Refused
from gongzhi.records.figures import actions, queries, rollup
from gongzhi.records.figures.actions import Signed, Typed
from gongzhi.records.figures.models import EnteredFigure, EnteredMonth, FigureAppeal, Tally
from tests.support.community import MONDAY, Community

NOW = datetime(2026, 4, 10, 9, tzinfo=CHINA)
MARCH = Period(date(2026, 3, 1))
QUARTER = Period(date(2026, 1, 1), 3)
TRAINED = Indicator(
    "trained", "培训率", period="quarter", target=">= 100%", entered=Entered("street", "受过训的", "应受训的")
)


def test_tallies_step_by_step_are_those_of_the_whole_log(community: Community) -> None:
    first, second = community.file().matter, community.file("neighbour").matter
    assert rollup.count_new(MONDAY) == 2
    community.walk(first, MONDAY)
    community.do(second, "neighbour", "withdraw", MONDAY + timedelta(hours=3))
    assert rollup.count_new(MONDAY) == 2
    assert rollup.count_new(MONDAY) == 0, "nothing new, nothing to count"
    kept = rollup.stored()
    assert kept == rollup.recounted()
    rollup.rebuild(MONDAY)
    assert rollup.stored() == kept
    names: Counter[tuple[str, str]] = Counter()
    for key, n in kept.items():
        names[(key.name, key.kind)] += n
    assert (names[("filed", "plain")], names[("filed", "withdrawn")], names[("content", "plain")]) == (1, 1, 1)
    assert names[("in_time", "plain")] == 1


def test_a_forged_row_is_found(community: Community) -> None:
    community.file()
    rollup.count_new(MONDAY)
    Tally.objects.filter(name="filed").update(n=90)
    assert rollup.stored() != rollup.recounted()


def test_figures_come_from_rollups_in_two_queries(community: Community, django_assert_num_queries: object) -> None:
    community.walk(community.file().matter, MONDAY)
    rollup.count_new(MONDAY)
    with django_assert_num_queries(2):  # type: ignore[operator]
        sheet = queries.sheet(community.place, MARCH.first, MARCH.last)
    with django_assert_num_queries(1):  # type: ignore[operator]
        few = queries.sheet(community.place, MARCH.first, MARCH.last, ["closed"])
    assert {cell[0] for rows in few.rows.values() for _procedure, _organ, cell, _n in rows} == {"closed"}
    in_time = Indicator("in_time", "按时", part="in_time", whole="closed")
    charter = community.charter.name
    assert queries.figures(sheet, charter, in_time, [MARCH])[MARCH.first].value == 1
    assert queries.figures(sheet, charter, in_time, [Period(date(2026, 2, 1))])[date(2026, 2, 1)].why == "no_whole"
    other = Indicator("in_time", "按时", part="in_time", whole="closed", procedure="no_such")
    assert queries.figures(sheet, charter, other, [MARCH])[MARCH.first].why == "no_whole"


def _signed(community: Community) -> Signed:
    return Signed(community.organs["street"], "deputy", community.who["deputy"].digest)


def _enter(community: Community, period: Period = QUARTER, now: datetime = NOW, **typed: object) -> EnteredFigure:
    told = {"part": 40, "whole": 40, "source": "培训签到册", **typed}
    return actions.enter(community.place, "lamp", TRAINED, period, Typed(**told), _signed(community), now)  # type: ignore[arg-type]


def test_a_correction_keeps_both_and_the_newest_counts(community: Community) -> None:
    first = _enter(community)
    with pytest.raises(Refused, match="no_correction_reason"):
        _enter(community, part=39)
    second = _enter(community, part=39, whole=50, why="少录了一个班")
    current = queries.entered_in([community.place.path], QUARTER.first, QUARTER.last)
    assert current[("lamp", "trained", QUARTER.first)] == second
    rows = list(queries.versions_of([community.place.path], "lamp", "trained"))
    assert rows == [second, first] and rows[1].corrected_by == second
    assert queries.figure_of_entry(TRAINED, second).met is False
    with pytest.raises(TypeError):
        first.save()


def test_periods_never_overlap_whoever_writes(community: Community) -> None:
    row = _enter(community)
    with pytest.raises(Refused, match="period_overlaps"):
        _enter(community, Period(date(2026, 1, 1), 6), datetime(2026, 7, 3, tzinfo=CHINA))
    with pytest.raises(IntegrityError), transaction.atomic():
        EnteredMonth.objects.create(
            figure=row, place=community.place, charter="lamp", indicator="trained", month=date(2026, 2, 1)
        )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"part": 41}, "part_over_whole"), ({"whole": None}, "whole_missing"), ({"source": " "}, "no_source"),
        ({"part": 2_000_000_001, "whole": 2_000_000_001}, "too_big"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(community: Community, typed: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        _enter(community, **typed)
    assert not EnteredFigure.objects.exists()


def test_a_period_that_runs_is_not_over_and_a_late_entry_says_so(community: Community) -> None:
    with pytest.raises(Refused, match="period_not_over"):
        _enter(community, now=datetime(2026, 3, 31, 23, tzinfo=CHINA))
    assert not _enter(community).late
    assert _enter(community, now=NOW + timedelta(days=6), why="迟到的更正").late


def test_few_are_hidden(community: Community) -> None:
    row = _enter(community, part=3, whole=9000)
    assert queries.figure_of_entry(TRAINED, row).why == "too_few"
    assert queries.figure_of_entry(TRAINED, None).why == "not_entered"


def test_an_appeal_is_answered_once_and_by_another(community: Community) -> None:
    works, street = community.organs["works"], community.organs["street"]
    row = actions.appeal(community.place, "lamp", "in_time", MARCH, works, "停电不算我们", NOW, NOW + timedelta(days=7))
    with pytest.raises(Refused, match="appealed_already"):
        actions.appeal(community.place, "lamp", "in_time", MARCH, works, "再说一次", NOW, NOW)
    with pytest.raises(Refused, match="own_appeal"):
        actions.answer(row.pk, works, True, "对", NOW)
    assert actions.answer(row.pk, street, True, "已更正", NOW).upheld
    with pytest.raises(Refused, match="appeal_answered"):
        actions.answer(row.pk, street, False, "不对", NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        FigureAppeal.objects.filter(pk=row.pk).update(answered_by=works)
