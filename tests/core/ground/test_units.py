"""Where a point belongs, what is wrong with a division, coordinates of other systems, files with faults."""

import io
import json
import zipfile

import pytest
import shapefile
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.ground import shift
from gongzhi.core.ground.files import BadFile, read_units
from gongzhi.core.ground.shapes import BadShape, area_of, as_geojson, read_area
from gongzhi.core.ground.units import Size, Unit, check_units, levels_of, locate

EAST, NORTH = 118.75, 32.08  # Nanjing
STEP = 0.003  # about 283 m by 333 m


def box(column: float, row: float, wide: float = 1, high: float = 1) -> dict:
    x, y = EAST + column * STEP, NORTH + row * STEP
    x2, y2 = x + wide * STEP, y + high * STEP
    return {"type": "Polygon", "coordinates": [[[x, y], [x2, y], [x2, y2], [x, y2], [x, y]]]}


def unit(code: str, *at: float, people: int | None = 4500) -> Unit:
    return Unit(code, f"网格{code}", read_area(box(*at)), people)


def feature(code: str, geometry: object, **more: object) -> dict:
    return {"type": "Feature", "properties": {"code": code, "name": f"网格{code}", **more}, "geometry": geometry}


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


UNITS = [unit("1", 0, 0), unit("2", 1, 0)]


@pytest.mark.parametrize(
    ("column", "row", "code", "how"),
    [
        (0.5, 0.5, "1", "inside"),
        (1.5, 0.5, "2", "inside"),
        (1, 0.5, "1", "border"),  # shared: the smaller code
        (1.0005, 0.5, "1", "border"),  # 14 cm beside it
        (2.1, 0.5, "2", "near"),  # 28 m outside
        (2.5, 0.5, "", "outside"),  # 141 m outside: to coordination
    ],
)
def test_a_point_belongs_to_one_unit_or_to_coordination(column: float, row: float, code: str, how: str) -> None:
    found = locate(UNITS, (EAST + column * STEP, NORTH + row * STEP))
    assert (found.code, found.how) == (code, how)
    assert found.among == (("1", "2") if how == "border" else ())


def test_the_order_of_units_decides_nothing_and_the_innermost_one_wins() -> None:
    nested = [unit("1", 0, 0), unit("1-2", 0, 0, 0.5, 1), unit("1-1", 0.5, 0, 0.5, 1)]
    point = (EAST + 0.25 * STEP, NORTH + 0.5 * STEP)
    assert {locate(order, point).code for order in (nested, nested[::-1])} == {"1-2"}
    assert locate([], point).how == "outside"


def test_how_near_is_near_is_declared() -> None:
    point = (EAST + 2.1 * STEP, NORTH + 0.5 * STEP)
    assert locate(UNITS, point, near=20).code == "" and locate(UNITS, point, near=30).code == "2"
    assert locate(UNITS, point).metres == pytest.approx(28.3, abs=0.2)


def test_an_area_is_measured_in_square_metres() -> None:
    # One degree at 32.08 N is 94,434 m by 110,881 m on the ellipsoid (geodesic tables).
    assert area_of(read_area(box(0, 0))) == pytest.approx(94_434 * 110_881 * STEP**2, rel=2e-3)


def test_a_good_division_has_no_faults() -> None:
    assert check_units(UNITS, Size()) == []


def test_faults_of_a_division_are_found_and_hard_ones_come_first() -> None:
    units = [
        unit("1", 0, 0),
        unit("2", 0.9, 0, people=3999),
        unit("3", 3, 0, people=5001),
        unit("4", 5, 0, people=None),
    ]
    found = check_units([*units, unit("3-1", 3.5, 0, 1, 0.001)], Size(units=52, levels=3))
    by_code = {fault.code: fault for fault in found}
    assert [fault.code for fault in found[:2]] == ["overlap", "sticks_out"] and found[0].hard and not found[2].hard
    assert by_code["overlap"].units == ("1", "2") and by_code["overlap"].found["area"] == pytest.approx(9424, rel=0.01)
    assert by_code["too_few"].found == {"people": 3999, "least": 4000}
    assert by_code["count"].found == {"units": 5, "wanted": 52} and by_code["levels"].found["levels"] == 2
    assert by_code["no_people"].units == ("4",) and by_code["too_small"].units == ("3-1",)
    assert "too_many" not in by_code  # unit 3 holds another one, so the one in it is measured


@pytest.mark.parametrize(("people", "codes"), [(4000, []), (5000, []), (3999, ["too_few"]), (5001, ["too_many"])])
def test_both_ends_of_the_size_are_inside(people: int, codes: list[str]) -> None:
    assert [fault.code for fault in check_units([unit("1", 0, 0, people=people)], Size())] == codes


def test_fifty_two_units_in_three_levels() -> None:
    outer = [unit(str(n), n * 4, 0, 4, 4) for n in range(4)]  # 4 + 16 + 32
    middle = [unit(f"{n}-{m}", n * 4 + m, 0, 1, 4) for n in range(4) for m in range(4)]
    inner = [unit(f"{n}-{m}-{k}", n * 4 + m, k * 2, 1, 2) for n in range(4) for m in range(4) for k in range(2)]
    units = [*outer, *middle, *inner]
    assert (len(units), levels_of(units)) == (52, 3)
    assert check_units(units, Size(units=52, levels=3)) == []


def test_slivers_of_lines_drawn_by_hand_are_let_through() -> None:
    assert check_units([unit("1", 0, 0, 1.0002, 1), unit("2", 1, 0)], Size()) == []  # 19 m2


@given(st.floats(73.7, 134.9), st.floats(18.2, 53.4))
def test_shifted_points_come_back(east: float, north: float) -> None:
    for there, back in ((shift.wgs84_to_gcj02, "GCJ-02"), (shift.wgs84_to_bd09, "bd09")):
        moved = there((east, north))
        found = shift.to_wgs84(moved, back)
        assert found == pytest.approx((east, north), abs=1e-8) and moved != pytest.approx((east, north), abs=1e-4)


def test_the_shift_is_the_known_one_and_nothing_is_shifted_abroad() -> None:
    # Tiananmen in the three systems, as published with the common converters.
    assert shift.wgs84_to_gcj02((116.404, 39.915)) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)
    assert shift.wgs84_to_gcj02((2.35, 48.85)) == (2.35, 48.85)
    with pytest.raises(shift.UnknownCrs):
        shift.to_wgs84((1, 1), "mars")


def test_a_file_is_read_and_its_faults_name_the_feature() -> None:
    crossing = {"type": "Polygon", "coordinates": [[[118, 32], [118.1, 32.1], [118.1, 32], [118, 32.1], [118, 32]]]}
    far = {"type": "Polygon", "coordinates": [[[1180, 32], [118, 33], [119, 32], [1180, 32]]]}
    found = read_units(collection(
        feature("1", box(0, 0), people=4200),
        feature("1", box(1, 0)),
        feature("3", crossing),
        feature("4", {"type": "Point", "coordinates": [1, 2]}),
        feature("5", far),
        feature("6", box(2, 0), people="很多"),
        feature("", box(2, 0)),
        {"type": "Feature", "properties": None, "geometry": box(3, 0)},
        "?",
        feature("7", {"type": "Polygon", "coordinates": [["x"]]}),
    ))  # fmt: skip
    assert [(unit.code, unit.people) for unit in found.units] == [("1", 4200)]
    assert [(fault.number, fault.code) for fault in found.faults] == [
        (2, "twice"), (3, "crossing"), (4, "not_area"), (5, "out_of_range"), (6, "bad_people"), (7, "no_code"),
        (8, "no_name"), (9, "not_area"), (10, "not_numbers"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"type":"FeatureCollection","features":[NaN]}', "not_json"),
        (b"{}", "not_features"),
        (b"PK\x03\x04nothing", "not_zip"),
    ],
)
def test_what_is_no_file_of_units_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_units(content)
    assert refused.value.code == code


def zipped(encoding: str, cpg: bool, leave_out: str = "") -> bytes:
    files = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**files, encoding=encoding) as writer:
        writer.field("NAME", "C", 40)
        writer.field("CODE", "C", 10)
        writer.field("PEOPLE", "N", 10)
        writer.poly(box(0, 0)["coordinates"])
        writer.record("东一网格", "1", 4300)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for ending, file in files.items():
            if ending != leave_out:
                archive.writestr(f"grid/units.{ending}", file.getvalue())
        if cpg:
            archive.writestr("grid/units.cpg", "UTF-8")
    return out.getvalue()


@pytest.mark.parametrize(("encoding", "cpg"), [("gbk", False), ("utf-8", True)])
def test_a_zipped_shapefile_is_read_in_both_encodings(encoding: str, cpg: bool) -> None:
    found = read_units(zipped(encoding, cpg))
    assert [(one.code, one.name, one.people) for one in found.units] == [("1", "东一网格", 4300)] and not found.faults


def test_a_shapefile_without_its_parts_is_refused() -> None:
    with pytest.raises(BadFile) as refused:
        read_units(zipped("gbk", False, leave_out="dbf"))
    assert refused.value.code == "no_shp"


def test_a_declared_system_is_turned_into_ours() -> None:
    moved = [list(shift.wgs84_to_gcj02((x, y))) for x, y in box(0, 0)["coordinates"][0]]
    found = read_units(collection(feature("1", {"type": "Polygon", "coordinates": [moved]})), "GCJ-02")
    assert as_geojson(found.units[0].area)["coordinates"][0][0] == pytest.approx((EAST, NORTH), abs=2e-7)
    with pytest.raises(BadFile):
        read_units(b"{}", "mars")


def test_an_area_keeps_its_hole() -> None:
    geometry = box(0, 0)
    hole = box(0.4, 0.4, 0.2, 0.2)["coordinates"][0]
    ring = read_area({"type": "Polygon", "coordinates": [*geometry["coordinates"], hole]})
    middle = (EAST + 0.5 * STEP, NORTH + 0.5 * STEP)
    assert locate([Unit("1", "一", ring)], middle, near=10).how == "outside"
    with pytest.raises(BadShape):
        read_area({"type": "Polygon", "coordinates": []})
