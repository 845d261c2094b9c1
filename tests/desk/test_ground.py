"""Grid units taken into force: versions, hard faults, the unit of a point, who stands in; points of things only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from typer import Typer
from typer.testing import CliRunner

from gongzhi.commands import grid
from gongzhi.core.charter.commitments import Norm
from gongzhi.core.ground.units import Size, Unit
from gongzhi.desk.ground import HardFaults, put_point, size_of, take_units, units_of
from gongzhi.records.institutions.models import Place
from gongzhi.records.patrols.ground_actions import answer_for
from gongzhi.records.patrols.ground_queries import coarse, locate_at, units_at
from gongzhi.records.patrols.units import GridUnit, MatterPoint, Part
from tests.core.ground.test_units import EAST, NORTH, STEP, box, collection, feature, unit
from tests.support.community import MONDAY, Community, found_community

pytestmark = pytest.mark.django_db
MIDDLE = (EAST + 0.5 * STEP, NORTH + 0.5 * STEP)


@pytest.fixture
def here() -> Community:
    return found_community()


def test_units_come_into_force_and_a_changed_one_gets_a_new_version(here: Community) -> None:
    assert take_units(here.place, [unit("1", 0, 0), unit("2", 1, 0)], MONDAY)["added"] == 2
    assert take_units(here.place, units_of(here.place), MONDAY) == {"added": 0, "changed": 0, "same": 2, "ended": 0}
    first = units_at(here.place)[0]
    organ = here.organs["committee"]
    answer_for(first, organ, "member", [(organ, "director"), (organ, "director"), (organ, "member")])
    later = MONDAY + timedelta(days=1)
    assert take_units(here.place, [unit("1", 0, 0, 1, 0.9)], later, replace_all=True) == {
        "added": 0, "changed": 1, "same": 0, "ended": 1,
    }  # fmt: skip
    now = units_at(here.place).get()
    assert (now.version, now.place.level, now.seat) == (2, "grid", "member")
    assert [(one.rank, one.seat) for one in now.stand_ins.all()] == [(1, "director")]
    assert sorted(GridUnit.objects.filter(end=later).values_list("version", flat=True)) == [1, 1]


def test_a_division_with_overlaps_changes_nothing(here: Community) -> None:
    take_units(here.place, [unit("1", 0, 0)], MONDAY)
    with pytest.raises(HardFaults) as refused:
        take_units(here.place, [unit("2", 0.5, 0)], MONDAY)
    assert refused.value.faults[0].units == ("1", "2") and units_at(here.place).count() == 1


def test_only_one_version_of_a_unit_is_in_force(here: Community) -> None:
    take_units(here.place, [unit("1", 0, 0)], MONDAY)
    row = GridUnit.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        GridUnit.objects.create(place=row.place, version=2, geometry=row.geometry, start=MONDAY)


def test_a_point_is_a_things_and_falls_to_a_unit(here: Community) -> None:
    take_units(here.place, [unit("1", 0, 0), unit("2", 1, 0)], MONDAY)
    matter = here.file().matter
    found = put_point(matter, here.place, MIDDLE, "路灯")
    assert found.unit is not None and (found.unit.name, found.how) == ("网格1", "inside")
    moved = put_point(matter, here.place, (EAST + 9 * STEP, NORTH), "路灯")
    assert (moved.pk, moved.unit, moved.how) == (found.pk, None, "outside")
    for wrong in ({"thing": ""}, {"x": 200}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MatterPoint.objects.filter(pk=found.pk).update(**wrong)


def test_a_part_has_a_whole_point_or_none(here: Community) -> None:
    values = {"kind": "0101", "name": "井盖", "place": here.place, "changed_at": MONDAY}
    Part.objects.create(code="a", **values)
    for number, wrong in enumerate(({"x": 1.0}, {"y": 1.0}, {"x": 200.0, "y": 1.0}, {"state": "lost"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            Part.objects.create(code=str(number), **values, **wrong)


def test_a_public_point_is_the_middle_of_a_cell() -> None:
    assert coarse(118.75234, 32.08199) == (118.7525, 32.0815) == coarse(118.75299, 32.08101)
    assert coarse(-0.0001, 0.0001) == (-0.0005, 0.0005)


def test_locating_costs_the_same_for_many_units(here: Community) -> None:
    def cost(units: list[Unit]) -> int:
        take_units(here.place, units, MONDAY)
        with CaptureQueriesContext(connection) as asked:
            assert locate_at(here.place, MIDDLE).code
        return len(asked)

    assert cost([unit("1", 0, 0)]) == cost([unit(str(n), n, 0) for n in range(2, 30)])


def test_the_size_is_what_the_charter_says(here: Community) -> None:
    assert size_of(here.charter) == Size(4000, 5000, None, None)
    unit_norm = Norm("grid_unit", "网格规模", {"people": "常住人口"}, "people >= 1000 && people <= 1500", (), ())
    system = Norm("grid_system", "三级52个", {"units": "网格", "levels": "级"}, "units == 52 && levels == 3", (), ())
    charter = replace(here.charter, norms={"grid_unit": unit_norm, "grid_system": system})
    assert size_of(charter) == Size(1000, 1500, 52, 3)


# --- commands ---


def run(command: object, *arguments: str) -> tuple[int, str]:
    app = Typer()
    app.command()(command)  # type: ignore[type-var]
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def test_grid_is_imported_and_checked_from_the_command_line(here: Community, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.geojson", tmp_path / "bad.geojson"
    good.write_bytes(collection(feature("1", box(0, 0), people=4500), feature("2", box(1, 0), people=3000)))
    bad.write_bytes(collection(feature("3", box(3, 0)), feature("3", box(4, 0))))
    code, said = run(grid.import_grid, str(bad), "--place", here.place.code)
    assert code == 2 and "第2个图形" in said and not GridUnit.objects.exists()
    code, said = run(grid.import_grid, str(good), "--place", here.place.code)
    assert code == 0 and "新增2个网格" in said and "少于4000人" in said
    code, said = run(grid.check, "--place", here.place.code, "--json")
    assert code == 1 and [one["code"] for one in json.loads(said)["faults"]] == [
        "too_few", "no_one", "no_one",
    ]  # fmt: skip
    assert run(grid.check, "--place", "nowhere")[0] == 2
    assert Place.objects.filter(level="grid").count() == 2
