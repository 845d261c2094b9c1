"""Running matters under a new version, and the version before again: what moves, what stays, and what the log says."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.adopt import CannotAdopt, NothingBefore, adopt, previous, roll_back
from gongzhi.desk.audit import audit
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.migrate import move, move_all
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.models import Adoption, OrganInstance, Place
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person, SeatTerm

GOOD = Path(__file__).parents[1] / "charters" / "good"
AT = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    street = add_place("990101001000", "试验街道", "street")
    return add_place("990101001001", "试验社区", "community", street)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Version 1 of a charter, beside the law."""
    shutil.copytree(Path(settings.GONGZHI_CHARTERS) / "_law", tmp_path / "_law")
    shutil.copytree(GOOD / "next_version" / "versions" / "1", tmp_path / "sample")
    return tmp_path / "sample"


def renew(folder: Path) -> Path:
    """Version 2 takes the place of version 1 in the folder: `handle` is called `mend` there."""
    shutil.rmtree(folder)
    shutil.copytree(GOOD / "next_version", folder)
    return folder


def person(organ: str, seat: str = "") -> Person:
    login = f"{organ}.{seat}"
    found, made = Person.objects.get_or_create(
        login=login, defaults={"joined_at": AT, "purpose": "test", "legal_basis": "test", "collected_from": "self"}
    )
    if made:
        instance = OrganInstance.objects.get(organ=organ)
        SeatTerm.objects.create(
            person=found, organ_instance=instance, seat=seat, slot=1 if seat else None, start=AT - HOUR
        )
    return found


def filed(place: Place, until: str = "handle") -> Matter:
    matter = file_matter(NewMatter(place, "repair", {"what": "灯不亮"}), None, AT, None).matter
    if until != "receive":
        take_step(matter.number, Draft("done", outcome="sent"), person("committee", "director"), AT + HOUR, None)
    return Matter.objects.get(pk=matter.pk)


def test_a_running_matter_goes_on_at_its_place_with_its_deadline_and_counts(place: Place, folder: Path) -> None:
    old = adopt(folder, place, AT - 9 * HOUR, "system")[0].charter_version
    offered, first = filed(place), filed(place, "receive")
    before = read_state(offered.state)
    new = adopt(renew(folder), place, AT + 2 * HOUR, "system")[0].charter_version
    report = move_all(place, new, AT + 2 * HOUR)
    assert (report.moved, report.later, report.refused) == ([offered.number, first.number], [], [])
    offered.refresh_from_db()
    case = read_state(offered.state)
    assert (case.control.step, case.control.phase, case.control.holder) == ("mend", "offered", "station")
    assert (case.clocks, case.control.passes) == (before.clocks, before.control.passes)
    assert case.control.uses == (("mend", 1),) and case.visit == "mend#1"
    assert offered.charter_version == new and offered.due is not None
    log = json.loads(offered.acts.get(kind="migrate").payload)["act"]
    assert (log["ground"], log["to"]) == (old.digest, new.digest)
    station = person("station")
    take_step(offered.number, Draft("accept"), station, AT + 3 * HOUR, None)
    take_step(offered.number, Draft("done", outcome="done", words={"result": "好"}), station, AT + 3 * HOUR, None)
    refused = Draft("done", outcome="good")
    take_step(offered.number, refused, person("committee", "director"), AT + 4 * HOUR, None)
    assert audit().broken == []
    assert move_all(place, new, AT + 5 * HOUR).count == 0  # nothing is left to move


def test_the_audit_notices_a_migration_that_was_written_by_hand(place: Place, folder: Path) -> None:
    adopt(folder, place, AT - 9 * HOUR, "system")
    matter = filed(place)
    new = adopt(renew(folder), place, AT + 2 * HOUR, "system")[0].charter_version
    Matter.objects.filter(pk=matter.pk).update(charter_version=new)
    assert "row:charter_version" in {one.what for one in audit().broken}


def test_what_the_mapping_forgets_is_not_adopted(place: Place, folder: Path) -> None:
    adopt(folder, place, AT - 9 * HOUR, "system")
    file = renew(folder) / "procedures" / "repair.yaml"
    file.write_text(file.read_text().replace("{handle: mend}", "{}"))
    with pytest.raises(CannotAdopt) as refused:
        adopt(folder, place, AT, "system")
    assert [finding.code for finding in refused.value.findings] == ["GZ772"]


def test_matters_of_a_version_that_is_not_named_stay_and_say_why(place: Place, folder: Path) -> None:
    adopt(folder, place, AT - 9 * HOUR, "system")
    matter = filed(place)
    file = renew(folder) / "procedures" / "repair.yaml"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if not line.startswith("migrates")))
    new = adopt(folder, place, AT + 2 * HOUR, "system")[0].charter_version
    (stays,) = move_all(place, new, AT + 2 * HOUR).refused
    assert (stays.number, stays.code) == (matter.number, "no_migration")
    with pytest.raises(Refused):
        move(matter.number, new, AT + 3 * HOUR)
    assert Matter.objects.get(pk=matter.pk).charter_version != new and audit().broken == []


def test_rolling_back_is_adopting_the_version_before_again(place: Place, folder: Path) -> None:
    old = adopt(folder, place, AT - 9 * HOUR, "system")[0].charter_version
    assert previous(place, "sample") is None
    with pytest.raises(NothingBefore):
        roll_back(place, "sample", AT, "system")
    adopt(renew(folder), place, AT - 2 * HOUR, "system")
    adoption = roll_back(place, "sample", AT - HOUR, "system")
    assert adoption.charter_version == old and Adoption.objects.filter(place=place).count() == 3
    assert filed(place).charter_version == old
