"""Ratings: sealed until every side has rated, once each, never by who is rated, never told below five."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.streak import advice
from gongzhi.desk import reviews
from gongzhi.desk.audit import audit
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.records.reviews.models import ReviewMark, ReviewRound
from tests.support.planning import place_of, worker

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 2, 9, tzinfo=CHINA)
SUMMARY = {"review_summary": "汇总"}


class Both:
    """A review of both sides under way: street and units, each with people."""

    def __init__(self) -> None:
        self.place: Place = place_of("huayin")
        self.office = worker("city_organisation", BEGIN)
        self.street = [worker("street_party", BEGIN, f"street{n}") for n in range(6)]
        self.units = [worker("unit_party", BEGIN, f"unit{n}") for n in range(6)]
        new = NewMatter(self.place, "double_review", {"what": "年度"}, organ="city_organisation", public=True)
        self.matter: Matter = file_matter(new, self.office, BEGIN, None).matter
        self.do("open#1", outcome="opened")
        self.round = ReviewRound.objects.get(matter=self.matter)

    def do(self, visit: str, at: datetime = BEGIN, **more: object) -> None:
        draft = Draft("done", visit, **more)  # type: ignore[arg-type]
        take_step(self.matter.number, draft, self.office, at, None)

    def rate(self, who: list[Person], grade: str, words: str = "") -> None:
        for person in who:
            reviews.rate(self.round.pk, person, grade, words, BEGIN)

    def refused(self, person: Person, grade: str = "good", at: datetime = BEGIN) -> str:
        with pytest.raises(Refused) as found:
            reviews.rate(self.round.pk, person, grade, "", at)
        return found.value.code


@pytest.fixture
def both(settings: Settings, tmp_path: Path) -> Both:
    settings.GONGZHI_HOME = tmp_path
    return Both()


def test_both_sides_stay_sealed_until_both_have_rated(both: Both) -> None:
    both.rate(both.street[:5], "good", "来得快")
    with pytest.raises(Refused) as refused:
        both.do("both#1", words=SUMMARY)
    assert refused.value.code == "review_sealed" and refused.value.args_map["groups"] == ["unit_party"]
    both.rate(both.units[:4], "fair")
    with pytest.raises(Refused):
        both.do("both#1", words=SUMMARY)
    assert all(side.table is None for side in reviews.sides(reviews.setting_of(both.round)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM records_reviewsheet")
        assert "good" not in str(cursor.fetchall())
    both.rate(both.units[4:5], "fair")
    with pytest.raises(Refused) as typed:
        both.do("both#1", words=SUMMARY, counts={"eligible": 12, "present": 12})
    assert typed.value.code == "counts_from_review"
    both.do("both#1", words=SUMMARY)
    both.round.refresh_from_db()
    assert (both.round.status, both.round.grade, both.round.mean) == ("revealed", "good", 8000)
    tables = {side.group: side.table for side in reviews.sides(reviews.setting_of(both.round))}
    assert tables == {"street_party": {"good": 5}, "unit_party": {"fair": 5}}
    assert audit().broken == []


def test_four_raters_are_withheld_for_good(both: Both) -> None:
    both.rate(both.street[:5], "good")
    both.rate(both.units[:4], "poor")
    both.do("both#1", BEGIN + timedelta(days=31), words=SUMMARY)  # after the time: no result
    both.round.refresh_from_db()
    assert (both.round.status, both.round.grade) == ("withheld", "")
    assert all(side.table is None for side in reviews.sides(reviews.setting_of(both.round)))
    assert Matter.objects.get(pk=both.matter.pk).visit == "both#2"


def test_nobody_rates_twice_and_only_who_is_asked(both: Both) -> None:
    both.rate(both.street[:1], "good")
    assert both.refused(both.street[0], "poor") == "rated_already"
    assert ReviewMark.objects.count() == 1
    assert both.refused(both.office) == "not_a_rater"
    assert both.refused(both.units[0], "splendid") == "grade_unknown"
    assert both.refused(both.units[0], at=BEGIN + timedelta(days=40)) == "review_closed"


def test_who_is_under_review_does_not_rate(both: Both) -> None:
    ReviewRound.objects.filter(pk=both.round.pk).update(about="unit_party")
    assert both.refused(both.units[0]) == "rates_itself"
    both.rate(both.street[:1], "good")


@pytest.mark.parametrize(
    ("years", "grade", "run", "suggests"),
    [
        ([(2024, "excellent"), (2025, "excellent"), (2026, "excellent")], "excellent", 3, "may_promote"),
        ([(2023, "excellent"), (2025, "excellent"), (2026, "excellent")], "excellent", 2, "none"),
        ([(2024, "mediocre"), (2025, "mediocre"), (2026, "mediocre")], "mediocre", 3, "may_move"),
        ([(2025, "poor"), (2026, "poor")], "poor", 2, "may_end"),
        ([(2025, "poor"), (2026, "good")], "good", 1, "none"),
        ([], "", 0, "none"),
    ],
)
def test_years_in_a_row_only_suggest(years: list[tuple[int, str]], grade: str, run: int, suggests: str) -> None:
    found = advice(years)
    assert (found.grade, found.years, found.suggests) == (grade, run, suggests)
