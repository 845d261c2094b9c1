"""Places by code, charters by place, organs by the nearest place upwards (R3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.charter.spec import Charter, Organ
from gongzhi.records.institutions import codes
from gongzhi.records.institutions.actions import (
    add_place,
    dissolve_organ,
    found_organ,
    joined_title,
    put_in_force,
    store_charter,
)
from gongzhi.records.institutions.models import CharterVersion, Place
from gongzhi.records.institutions.queries import charter_for, find_place, line_of, nearest_cast, places_in

NOW = datetime(2026, 3, 16, 8, 30, tzinfo=UTC)
STREET, COMMUNITY = "990101001000", "990101001001"


def charter(version: int = 1, name: str = "trial") -> Charter:
    organs = {
        "office": Organ("office", "街道办事处", "street", "government"),
        "committee": Organ("committee", "社区居委会", "community", "self_government"),
        "owners": Organ("owners", "业主委员会", "estate", "self_government"),
    }
    places = ("street", "community", "estate")
    return Charter(name, "试验", version, places, organs, {}, digest=f"{name}{version}".ljust(64, "0"))


@pytest.fixture
def tree() -> dict[str, Place]:
    street = add_place(STREET, "试验街道", "street")
    community = add_place(COMMUNITY, "试验社区", "community", street, short="trial")
    neighbour = add_place("990101001002", "邻社区", "community", street)
    estate = add_place(f"{COMMUNITY}-1", "1号小区", "estate", community)
    twelve = add_place(f"{COMMUNITY}-12", "12号小区", "estate", community)
    return {p.name: p for p in (street, community, neighbour, estate, twelve)}


@given(
    st.sampled_from(["province", "city", "district", "street", "community"]),
    st.integers(1, 10**12 - 1),
    st.lists(st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True), max_size=3),
)
def test_what_lies_above_follows_from_the_code(level: str, number: int, suffixes: list[str]) -> None:
    digits = f"{number:012}"[: codes.DIGITS[level]]
    code = digits.ljust(12, "0")
    if level == "community":
        code = "-".join([code, *suffixes])
    path = codes.path_of(code, level if "-" not in code else "estate")
    above = codes.paths_above(path)
    assert above[0] == path
    assert all(path.startswith(upper) for upper in above)
    assert len(above) == len(set(above))


@pytest.mark.parametrize(
    ("code", "level"),
    [("32", "province"), ("320106007011", "street"), ("320106007011", "estate"), ("320106007011-4", "community"),
     ("32010600701x", "community"), ("320106007011-", "estate"), ("320106007011-A", "estate")],
)  # fmt: skip
def test_a_code_that_does_not_fit_its_level_is_refused(code: str, level: str) -> None:
    with pytest.raises(codes.BadCode):
        codes.path_of(code, level)


@pytest.mark.django_db
def test_estate_1_does_not_hold_estate_12(tree: dict[str, Place]) -> None:
    assert list(places_in(tree["1号小区"])) == [tree["1号小区"]]
    assert set(places_in(tree["试验社区"])) == {tree["试验社区"], tree["1号小区"], tree["12号小区"]}
    assert line_of(tree["12号小区"]) == [tree["12号小区"], tree["试验社区"], tree["试验街道"]]
    assert find_place("trial") == find_place(COMMUNITY) == tree["试验社区"]


@pytest.mark.django_db
def test_a_place_does_not_lie_where_its_code_does_not(tree: dict[str, Place]) -> None:
    with pytest.raises(codes.BadCode):
        add_place("990102001001", "别处社区", "community", tree["试验街道"])


@pytest.mark.django_db
def test_the_cast_is_the_nearest_living_organ_upwards(tree: dict[str, Place]) -> None:
    rules = charter()
    office = found_organ(rules, "office", tree["试验街道"])
    committee = found_organ(rules, "committee", tree["试验社区"])
    other = found_organ(rules, "committee", tree["邻社区"])
    owners = found_organ(rules, "owners", tree["12号小区"])
    assert nearest_cast(rules, tree["试验社区"]) == {"office": str(office.pk), "committee": str(committee.pk)}
    assert nearest_cast(rules, tree["邻社区"])["committee"] == str(other.pk)
    assert nearest_cast(rules, tree["12号小区"])["owners"] == str(owners.pk)
    assert "owners" not in nearest_cast(rules, tree["1号小区"])
    dissolve_organ(committee, NOW)
    assert "committee" not in nearest_cast(rules, tree["试验社区"])
    assert nearest_cast(rules, tree["试验社区"], NOW - timedelta(days=1))["committee"] == str(committee.pk)
    assert found_organ(rules, "committee", tree["试验社区"]).pk != committee.pk


@pytest.mark.django_db
def test_the_charter_in_force_is_the_nearest_one_at_that_time(tree: dict[str, Place]) -> None:
    first, second = (store_charter(charter(n), {}, NOW) for n in (1, 2))
    own = store_charter(charter(1, "own"), {}, NOW)
    put_in_force(first, tree["试验街道"], NOW, "system")
    put_in_force(second, tree["试验街道"], NOW + timedelta(days=10), "system")
    put_in_force(own, tree["邻社区"], NOW, "system")
    estate = tree["1号小区"]
    assert charter_for(estate, NOW - timedelta(days=1)) is None
    assert charter_for(estate, NOW) == first
    assert charter_for(estate, NOW + timedelta(days=10)) == second
    assert charter_for(tree["邻社区"], NOW) == own
    assert charter_for(tree["邻社区"], NOW, "trial") == first


@pytest.mark.django_db
def test_adopting_and_storing_twice_changes_nothing(tree: dict[str, Place]) -> None:
    version = store_charter(charter(), {"a": "b"}, NOW)
    assert store_charter(charter(), {"a": "b"}, NOW) == version
    one = put_in_force(version, tree["试验街道"], NOW, "system")
    assert put_in_force(version, tree["试验街道"], NOW + timedelta(days=1), "system") == one


@pytest.mark.django_db
def test_a_stored_charter_cannot_be_changed(tree: dict[str, Place]) -> None:
    version = store_charter(charter(), {}, NOW)
    version.title = "别的"
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    assert CharterVersion.objects.get().title == "试验"


@pytest.mark.parametrize(
    ("place", "organ", "title"),
    [("试验街道", "街道办事处", "试验街道办事处"), ("试验社区", "社区居委会", "试验社区居委会"),
     ("1号小区", "业主委员会", "1号小区业主委员会"), ("试验区", "区建设局", "试验区建设局")],
)  # fmt: skip
def test_titles_say_what_both_names_share_once(place: str, organ: str, title: str) -> None:
    assert joined_title(place, organ) == title


@pytest.mark.django_db
def test_no_new_matter_reaches_a_temporary_organ_after_its_last_day(tree: dict[str, Place]) -> None:
    rules = charter()
    command = replace(rules.organs["office"], name="command", expires=NOW.date())
    rules = replace(rules, organs={**rules.organs, "command": command})
    found_organ(rules, "command", tree["试验街道"])
    last = NOW.replace(hour=15)  # 23:00 in China
    assert "command" in nearest_cast(rules, tree["试验社区"], last)
    assert "command" not in nearest_cast(rules, tree["试验社区"], last + timedelta(hours=1))
