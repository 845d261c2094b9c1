"""A place adopts a charter: organs come to exist, the text is stored for good, errors refuse everything."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from gongzhi.core.calendar import CHINA
from gongzhi.desk.adopt import CannotAdopt, adopt
from gongzhi.desk.organisations import classes
from gongzhi.desk.setup import KEY_FILE, set_up_demo
from gongzhi.desk.worker import erase_due
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.models import Adoption, CharterVersion, OrganInstance, Place
from gongzhi.records.institutions.queries import (
    UnknownCharter,
    charter_by_digest,
    charter_for,
    charter_of,
    nearest_cast,
)
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Allowance, Person, SeatTerm, SignInCode
from gongzhi.records.people.signin import make_code
from tests.support.demo import demo_community

AT = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
NAME = next(
    path.parent.name for path in Path(settings.GONGZHI_CHARTERS).glob("*/people.yaml")
)  # the demo, with estates
pytestmark = pytest.mark.django_db


@pytest.fixture
def charters(tmp_path: Path) -> Path:
    """A copy of the shipped charters that a test may spoil."""
    copy = tmp_path / "charters"
    shutil.copytree(settings.GONGZHI_CHARTERS, copy)
    return copy


@pytest.fixture
def community() -> Place:
    place = None
    for code, name, level in [
        ("990101000000", "试验区", "district"), ("990101001000", "试验街道", "street"),
        ("990101001001", "试验社区", "community"), ("990101001001-1", "一号院", "estate"),
        ("990101001001-2", "二号院", "estate"),
    ]:  # fmt: skip
        place = add_place(code, name, level)
    assert place
    return Place.objects.get(code="990101001001")


def test_organs_come_to_exist_above_at_and_inside_the_place(charters: Path, community: Place) -> None:
    adoption, organs = adopt(charters / NAME, community, AT, "system")
    charter = charter_of(adoption.charter_version)
    by_level = {(organ.organ, organ.place.name) for organ in organs}
    assert {name for name, _ in by_level} == set(charter.organs)
    for name, declared in charter.organs.items():
        places = {place for organ, place in by_level if organ == name}
        assert places == ({"一号院", "二号院"} if declared.at == "estate" else {_named(declared.at)})
    cast = nearest_cast(charter, Place.objects.get(code="990101001001-2"))
    assert set(cast) == set(charter.organs)


def _named(level: str) -> str:
    return {"district": "试验区", "street": "试验街道", "community": "试验社区"}[level]


def test_adopting_again_changes_nothing(charters: Path, community: Place) -> None:
    first, organs = adopt(charters / NAME, community, AT, "system")
    again, same = adopt(charters / NAME, community, AT + timedelta(days=1), "system")
    assert (again, same) == (first, organs)
    assert CharterVersion.objects.count() == Adoption.objects.count() == 1


def test_a_stored_charter_loads_when_its_folder_is_gone(charters: Path, community: Place) -> None:
    adoption, _ = adopt(charters / NAME, community, AT, "system")
    shutil.rmtree(charters)
    charter_by_digest.cache_clear()
    version = adoption.charter_version
    charter = charter_of(version)
    assert (charter.digest, charter.name, charter.version) == (version.digest, version.name, version.version)
    assert set(charter.procedures) and charter.rules
    with pytest.raises(UnknownCharter):
        charter_by_digest("0" * 64)


def test_a_new_text_is_a_new_version_from_its_day_on(charters: Path, community: Place) -> None:
    first, _ = adopt(charters / NAME, community, AT, "system")
    file = charters / NAME / "charter.yaml"
    file.write_text(file.read_text("utf-8").replace("version: 1", "version: 2", 1), encoding="utf-8")
    later = AT + timedelta(days=30)
    second, _ = adopt(charters / NAME, community, later, "system")
    assert second.charter_version.digest != first.charter_version.digest
    assert charter_for(community, later - timedelta(seconds=1)) == first.charter_version
    assert charter_for(community, later) == second.charter_version
    assert charter_of(first.charter_version).version == 1
    assert OrganInstance.objects.filter(place=community, organ="residents_committee").count() == 1


def test_the_classes_of_a_register_are_pinned_with_the_version(charters: Path, community: Place) -> None:
    file = charters / NAME / "registers.yaml"
    file.write_text("services: {old: {title: 旧类, en: Old}}\n", encoding="utf-8")
    first, _ = adopt(charters / NAME, community, AT, "system")
    file.write_text("services: {new: {title: 新类, en: New}}\n", encoding="utf-8")
    second, _ = adopt(charters / NAME, community, AT + timedelta(days=30), "system")
    assert first.charter_version.digest != second.charter_version.digest
    assert list(classes(first.charter_version, "services")) == ["old"]
    assert list(classes(charter_for(community, AT + timedelta(days=31)), "services")) == ["new"]
    file.write_text("services: {new: 新类}\nrooms: {}\n", encoding="utf-8")
    with pytest.raises(CannotAdopt) as refused:
        adopt(charters / NAME, community, AT + timedelta(days=60), "system")
    assert {"GZ101", "GZ103"} <= {one.code for one in refused.value.findings}


def test_a_charter_with_errors_is_refused_with_every_finding_and_leaves_nothing(
    charters: Path, community: Place
) -> None:
    file = charters / NAME / "charter.yaml"
    file.write_text(file.read_text("utf-8") + "\nunknown_key: 1\nanother_one: 2\n", encoding="utf-8")
    with pytest.raises(CannotAdopt) as refused:
        adopt(charters / NAME, community, AT, "system")
    assert len(refused.value.findings) >= 2
    assert not CharterVersion.objects.exists() and not OrganInstance.objects.exists()


def test_the_demo_is_set_up_once_however_often(home: Path) -> None:
    first = set_up_demo(home, Path(settings.GONGZHI_CHARTERS))
    counts = [model.objects.count() for model in (Place, Person, SeatTerm, OrganInstance, Adoption)]
    again = set_up_demo(home, Path(settings.GONGZHI_CHARTERS))
    assert again == first
    assert [model.objects.count() for model in (Place, Person, SeatTerm, OrganInstance, Adoption)] == counts
    kept = home / KEY_FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text())["password"] == first.password


def test_each_home_has_its_own_password(tmp_path: Path) -> None:
    one, other = demo_community(tmp_path / "a"), set_up_demo(tmp_path / "b", Path(settings.GONGZHI_CHARTERS))
    assert one.password != other.password and one.secret != other.secret


def test_every_role_the_demo_needs_can_sign_in(home: Path) -> None:
    demo = demo_community(home)
    for account in demo.accounts:
        if account.login:
            person = Person.objects.get(login=account.login)
            assert person.check_password(demo.password) and person.second_factor.confirmed_at, account
            assert person.is_staff_member(AT) and person.display_name == account.name
    assert sum(not account.login for account in demo.accounts) >= 2


def test_codes_and_counters_do_not_outlive_their_use(home: Path) -> None:
    from gongzhi.records.people import limits

    now = timezone.now()
    make_code(parse_contact("a@example.org"), now)
    limits.spend(limits.FILING, "somebody", now)
    erase_due(now)
    assert SignInCode.objects.count() == Allowance.objects.count() == 1
    erase_due(now + timedelta(days=2))
    assert SignInCode.objects.count() == Allowance.objects.count() == 0
