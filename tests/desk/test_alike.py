"""Matters in which much the same was said are found, without a word being kept for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from gongzhi.desk.forget import forget_person
from gongzhi.desk.step import settle
from gongzhi.records.knowledge.models import Likeness
from gongzhi.records.knowledge.queries import alike_matters, alike_to
from gongzhi.records.matters.models import Matter
from tests.support.community import MONDAY, Community

LAMP = {"what": "三号楼门口路灯晚上不亮"}
pytestmark = pytest.mark.django_db


def test_the_same_said_again_is_found(community: Community) -> None:
    first = community.file(words=LAMP).matter
    other = community.file(words={"what": "垃圾桶满了没人清运"}).matter
    again = community.file("neighbour", words={"what": "路灯又不亮了，晚上门口很黑"}).matter
    assert [whose for whose, _ in alike_to(again)] == [first.pk]
    assert alike_to(other) == []
    assert {whose for whose, _ in alike_matters(community.place, "门口路灯晚上不亮")} == {first.pk, again.pk}


def test_what_is_kept_holds_no_word(community: Community) -> None:
    community.file(words=LAMP)
    with connection.cursor() as cursor:
        cursor.execute("select * from records_likeness")
        kept = cursor.fetchall()
    assert kept and not any(word in repr(kept) for word in ("路灯", "不亮", "晚上"))


def test_another_community_is_not_searched(community: Community) -> None:
    community.file(words=LAMP)
    Likeness.objects.update(line="440304999999")
    assert alike_matters(community.place, LAMP["what"]) == []


def test_one_lookup_whatever_was_said(community: Community, django_assert_num_queries: object) -> None:
    for hour in range(3):
        community.file(words=LAMP, at=MONDAY + timedelta(hours=hour))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(alike_matters(community.place, LAMP["what"])) == 3


def test_a_final_matter_is_not_alike_to_anything(community: Community) -> None:
    matter = community.file(words=LAMP).matter
    end = community.walk(matter, MONDAY)
    settle(matter.number, end + timedelta(days=400))
    matter.refresh_from_db()
    assert matter.status == "final" and not Likeness.objects.filter(matter=matter).exists()


def test_who_is_forgotten_leaves_no_likeness(community: Community) -> None:
    matter = community.file(words=LAMP).matter
    other = community.file("neighbour", words=LAMP).matter
    assert matter.filer is not None
    Matter.objects.filter(pk=matter.pk).update(status="closed")
    forget_person(matter.filer, MONDAY + timedelta(days=1))
    assert set(Likeness.objects.values_list("matter", flat=True)) == {other.pk}
