"""评议 on pages: another look at a rating, what came of it, and the required answer how the result was used."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.streak import advice
from gongzhi.desk import reviews
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.people.models import Person
from gongzhi.records.reviews import queries
from gongzhi.records.reviews.models import ReviewRound
from gongzhi.web import clock
from tests.support.planning import place_of, worker
from tests.support.visitors import visitor
from tests.web.bench import text_of

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 2, 9, tzinfo=CHINA)
BOARD = "board_reviews"


@pytest.fixture
def who(settings: Settings, tmp_path: Path) -> dict[str, Person]:
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    clock.set_story_time(BEGIN)
    organs = ("deliberation_committee", "residents_committee", "street_office", "district_government")
    place_of("chaoyang")
    found = {organ: worker(organ, BEGIN) for organ in organs}
    return found | {f"r{n}": worker("residents_representatives", BEGIN, f"r{n}") for n in range(5)}


def done(who: Person, visit: str, outcome: str = "", papers: str = "", **fields: bool) -> None:
    number = ReviewRound.objects.get().matter.number
    words = {papers: "写明"} if papers else {}
    take_step(number, Draft("done", visit, outcome=outcome, words=words, fields=fields), who, BEGIN, None)


def rated(who: dict[str, Person]) -> ReviewRound:
    """The street office is rated by five representatives; the result lies open."""
    place = place_of("chaoyang")
    new = NewMatter(place, "office_review", {"what": "年度"}, fields={"office": "street_office"}, public=True,
                    organ="residents_representatives")  # fmt: skip
    number = file_matter(new, who["r0"], BEGIN, None).matter.number
    take_step(number, Draft("done", "open#1", outcome="opened"), who["deliberation_committee"], BEGIN, None)
    for n in range(5):
        reviews.rate(ReviewRound.objects.get().pk, who[f"r{n}"], "not", "", BEGIN)
    done(who["residents_committee"], "rate#1", papers="review_summary")
    return ReviewRound.objects.get()


def test_a_rating_set_aside_counts_nowhere_and_its_use_has_to_be_told(who: dict[str, Person]) -> None:
    found = rated(who)
    assert (found.grade, advice(queries.earlier(found)).years) == ("not", 1)
    street = visitor(who["street_office"])
    assert "现在轮到您的单位" in text_of(street.get(reverse("work_reviews"))), "who was rated responds from here"
    done(who["street_office"], "reply#1", "appeals", "reply")
    assert "正在复核" in text_of(Client().get(reverse(BOARD)))
    done(who["district_government"], "look_again#1", "set_aside", "reply")
    found.refresh_from_db()
    assert (found.appeal, advice(queries.earlier(found)).years) == ("set_aside", 0)
    page = text_of(Client().get(reverse(BOARD)))
    assert "复核后撤销" in page and "还没有说明结果怎样用" in page
    done(who["district_government"], "use#1", "told", "how_used", used=False)
    page = text_of(Client().get(reverse(BOARD)))
    assert "结果是否用于考评任免奖惩 否" in page and "署名决定" in page


def test_the_board_asks_the_same_for_one_round_and_for_ten(who: dict[str, Person]) -> None:
    found = rated(who)
    with CaptureQueriesContext(connection) as one:
        Client().get(reverse(BOARD))
    for n in range(2, 11):
        ReviewRound.objects.create(matter=found.matter, visit=f"rate#{n}", organ=found.organ, title="再评",
                                   opened_at=BEGIN, closed_at=BEGIN, status="withheld")  # fmt: skip
    with CaptureQueriesContext(connection) as ten:
        Client().get(reverse(BOARD))
    assert len(ten) <= len(one) + 2 * 9, "each round adds its sums and its earlier years, nothing else"
