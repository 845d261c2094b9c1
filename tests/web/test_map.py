"""The map: who sees which matters and how exactly; grids and parts kept on pages; the place marked when filing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from gongzhi.config.environment import read_environment
from gongzhi.config.map import OSM, Tiles, map_tiles
from gongzhi.desk.ground import put_point, take_units
from gongzhi.desk.things import check_rows, things
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.ground_queries import units_at
from gongzhi.records.patrols.units import MatterPoint, Part
from gongzhi.web.clock import now
from gongzhi.web.map import read_point
from tests.core.ground.test_units import EAST, NORTH, STEP, box, collection, feature, unit
from tests.support.demo import staff
from tests.support.residents import filed, set_up, signed_in
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db
INSIDE = (EAST + 0.4123 * STEP, NORTH + 0.4321 * STEP)


@pytest.fixture(autouse=True)
def here(db: None, tmp_path: Path) -> Place:
    set_up(tmp_path)
    return Place.objects.get(short="fuqu")


@pytest.fixture
def worker(here: Place) -> Client:
    return visitor(staff("director"))


def at_point(public: bool = True, point: tuple[float, float] = INSIDE) -> Matter:
    matter = filed(public=public)
    put_point(matter, Place.objects.get(short="fuqu"), point, "路灯")
    return matter


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def layer(client: Client, name: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/places/fuqu/map/{name}", asked)
    assert answer.status_code == 200, said(answer)
    found: dict[str, Any] = answer.json()
    return found


def test_the_public_finds_public_matters_in_a_cell_and_no_others(here: Place) -> None:
    shown, hidden = at_point(), at_point(public=False)
    found = layer(Client(), "matters")["features"]
    assert [one["properties"]["number"] for one in found] == [shown.number]
    x, y = found[0]["geometry"]["coordinates"]
    assert (x, y) != INSIDE and abs(x - INSIDE[0]) <= 0.0005 and abs(y - INSIDE[1]) <= 0.0005
    page = said(Client().get("/board/map"))
    assert shown.number in page and hidden.number not in page and "thing" not in found[0]["properties"]


def test_a_small_frame_tells_no_more_than_its_cell(here: Place) -> None:
    at_point()
    tiny = 1e-6
    cell = (EAST // 0.001 * 0.001, NORTH // 0.001 * 0.001)
    beside = (round((INSIDE[0] // 0.001) * 0.001 + 0.0001, 6), round((INSIDE[1] // 0.001) * 0.001 + 0.0001, 6))
    frame = ",".join(str(value) for value in (*beside, beside[0] + tiny, beside[1] + tiny))
    assert len(layer(Client(), "matters", bbox=frame)["features"]) == 1
    assert (
        layer(Client(), "matters", bbox=f"{cell[0] - 1},{cell[1] - 1},{cell[0] - 0.9},{cell[1] - 0.9}")["features"]
        == []
    )


def test_staff_find_the_exact_point_of_what_they_may_know_of(here: Place, worker: Client) -> None:
    matter, station = at_point(public=False), visitor(staff("station"))
    assert layer(worker, "work")["features"] == []  # not on the director's desk, and not public
    found = layer(station, "work")["features"]
    assert [one["properties"]["number"] for one in found] == [matter.number]
    assert found[0]["geometry"]["coordinates"] == list(INSIDE) and found[0]["properties"]["thing"] == "路灯"
    assert matter.number in said(station.get("/work/map"))
    assert Client().get("/api/v1/places/fuqu/map/work").status_code == 401
    assert signed_in().get("/api/v1/places/fuqu/map/work").status_code == 403


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "3,0,1,1", "nan,0,1,1", "0,0,1,100"])
def test_a_frame_that_is_none_is_refused(here: Place, bbox: str) -> None:
    assert Client().get("/api/v1/places/fuqu/map/matters", {"bbox": bbox}).status_code == 422


def test_what_does_not_fit_the_limit_is_said(here: Place) -> None:
    at_point(), at_point()
    found = layer(Client(), "matters", limit=1)
    assert len(found["features"]) == 1 and found["more"] is True


def test_pages_and_layers_ask_as_often_for_many_as_for_one(here: Place, worker: Client) -> None:
    def cost(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    addresses = [(Client(), "/board/map"), (worker, "/work/map"), (worker, "/work/grid"), (worker, "/work/parts"),
                 (Client(), "/api/v1/places/fuqu/map/matters"), (Client(), "/api/v1/places/fuqu/map/parts")]  # fmt: skip
    at_point()
    take_units(here, [unit("1", 0, 0)], now())
    Part.objects.create(code="a", kind="0106", name="路灯", place=here, x=1, y=1, changed_at=now())
    before = [cost(*one) for one in addresses]
    at_point(), at_point()
    take_units(here, [unit(str(n), n, 0) for n in range(2, 12)], now())
    for n in range(9):
        Part.objects.create(code=str(n), kind="0106", name="路灯", place=here, x=1, y=1, changed_at=now())
    assert [cost(*one) for one in addresses] == before


def test_filters_stand_in_the_address_and_unknown_ones_are_the_open_matters(here: Place) -> None:
    matter = at_point()
    assert matter.number in said(Client().get("/board/map?show=nonsense&category=nonsense"))
    assert matter.number not in said(Client().get("/board/map?show=closed"))


def test_a_unit_is_found_for_a_point(here: Place) -> None:
    take_units(here, [unit("1", 0, 0)], now())
    answer = Client().get("/api/v1/places/fuqu/map/locate", {"x": INSIDE[0], "y": INSIDE[1]}).json()
    assert (answer["name"], answer["how"]) == ("网格1", "inside")
    answer = Client().get("/api/v1/places/fuqu/map/locate", {"x": 1, "y": 1}).json()
    assert (answer["code"], answer["how"]) == ("", "outside")


# --- filing ---


@pytest.mark.parametrize("text", ["", "1", "a,b", "1,2,3", "nan,1", "181,1", "1,91"])
def test_what_is_no_point_is_none(text: str) -> None:
    assert read_point(text) is None


def test_a_place_marked_on_the_map_goes_with_the_matter(here: Place) -> None:
    take_units(here, [unit("1", 0, 0)], now())
    client = signed_in()
    client.post("/say", {"what": "路灯坏了三天没人修，晚上看不见路"})
    point = f"{INSIDE[0]:.6f},{INSIDE[1]:.6f}"
    client.post("/say/where", {"place": f"{here.code}-1", "spot": "大门口的路灯", "point": point})
    client.post("/say/contact", {"seen_by": "course", "headcount": "1"})
    page = said(client.get("/say/check"))
    assert "在地图上标了" in page
    key = page.split('name="idempotency_key" value="')[1].split('"')[0]
    client.post("/say/check", {"idempotency_key": key})
    found = MatterPoint.objects.get()
    assert (found.thing, found.unit and found.unit.name) == ("大门口的路灯", "网格1")


# --- grid and parts ---


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_grids_are_imported_drawn_answered_for_and_ended(here: Place, worker: Client) -> None:
    file = upload("g.geojson", collection(feature("1", box(0, 0), people=4500)))
    assert worker.post("/work/grid/import", {"file": file, "crs": "wgs84"}).status_code == 302
    draw = {"code": "2", "name": "东网格", "people": "4000", "geometry": json.dumps(box(1, 0)), "crs": "wgs84"}
    assert worker.post("/work/grid/draw", draw).status_code == 302
    refused = worker.post("/work/grid/draw", {**draw, "code": "3", "name": "重叠网格"})
    assert (
        refused.status_code == 422 and "重叠" in said(refused) and "重叠网格" in said(refused)
    )  # nothing typed is lost
    first = units_at(here)[0]
    page = said(worker.get("/work/grid"))
    seat = page.split('<option value="')
    values = [one.split('"')[0] for one in seat if one.split('"')[0].endswith(".director")]
    assert (
        worker.post(f"/work/grid/{first.pk}/answer", {"answers": values[0], "stand_in_1": values[0]}).status_code == 302
    )
    assert worker.post(f"/work/grid/{first.pk}/answer", {"answers": "9999.x"}).status_code == 422
    first.refresh_from_db()
    assert first.seat == "director" and not first.stand_ins.exists()
    exported = worker.get("/work/grid/grid.geojson").json()
    assert [one["properties"]["code"] for one in exported["features"]] == ["1", "2"]
    worker.post(f"/work/grid/{first.pk}/end")
    assert [row.place.name for row in units_at(here)] == ["东网格"]
    assert worker.post(f"/work/grid/{first.pk}/end").status_code == 404


def test_who_works_for_an_estate_only_changes_no_grid(here: Place) -> None:
    owners = visitor(staff("owners"))
    assert owners.get("/work/grid").status_code == 200
    assert owners.post("/work/grid/draw", {"code": "1"}).status_code == 403
    assert owners.post("/work/parts/import", {}).status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.geojson", b"{", "读不懂"),
        ("a.zip", b"PK\x03\x04", "压缩包"),
        ("a.geojson", collection(feature("1", None)), "第1个图形"),
    ],
)
def test_a_bad_file_of_grids_says_why(here: Place, worker: Client, name: str, content: bytes, word: str) -> None:
    answer = worker.post("/work/grid/import", {"file": upload(name, content), "crs": "wgs84"})
    assert answer.status_code == 422 and word in said(answer)


def workbook(*rows: list[Any]) -> SimpleUploadedFile:
    book = Workbook()
    for row in (["编码"], *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return upload("parts.xlsx", out.getvalue())


def test_parts_go_out_and_in_again_without_a_change(here: Place, worker: Client) -> None:
    rows = [
        ["LD-1", "路灯", "", "", "", "大门口", 118.75, 32.08, ""],
        ["'=J-2", "0102", "污水井盖", here.code, "", "", "", "", "broken"],
    ]
    assert worker.post("/work/parts/import", {"file": workbook(*rows), "crs": "wgs84"}).status_code == 302
    assert list(Part.objects.order_by("kind").values_list("code", "kind", "state", "x")) == [
        ("=J-2", "0102", "broken", None), ("LD-1", "0106", "in_use", 118.75),
    ]  # fmt: skip
    changed = set(Part.objects.values_list("changed_at", flat=True))
    file = worker.get("/work/parts/parts.xlsx").content
    assert load_workbook(io.BytesIO(file)).active["A2"].data_type == "s"
    assert worker.post("/work/parts/import", {"file": upload("p.xlsx", file), "crs": "wgs84"}).url.endswith("done=0")
    assert set(Part.objects.values_list("changed_at", flat=True)) == changed
    assert "LD-1" in said(worker.get("/work/parts?q=大门")) and "LD-1" not in said(worker.get("/work/parts?kind=04"))


def test_a_workbook_with_faults_changes_nothing_and_names_the_rows(here: Place, worker: Client) -> None:
    rows = [["a", "路灯"], ["a", "路灯"], ["b", "飞船"], ["c", "路灯", "", "火星"], ["d", "路灯", "", "", "无此单位"],
            ["e", "路灯", "", "", "", "", 118, ""], ["", "路灯"], ["f", "路灯", "", "", "", "", "", "", "lost"]]  # fmt: skip
    assert [(number, code) for number, code, _ in check_rows(here, rows).faults] == [
        (3, "twice"), (4, "kind"), (5, "place"), (6, "owner"), (7, "point"), (8, "code"), (9, "state"),
    ]  # fmt: skip
    answer = worker.post("/work/parts/import", {"file": workbook(*rows), "crs": "wgs84"})
    assert answer.status_code == 422 and "飞船" in said(answer) and not Part.objects.exists()
    assert worker.post("/work/parts/import", {"file": upload("x.xlsx", b"no"), "crs": "wgs84"}).status_code == 422


def test_the_table_of_codes_has_two_levels() -> None:
    found = things()
    assert found.parts["0106"].title == "路灯" and len({code[:2] for code in found.parts}) == 5
    assert len({code[:2] for code in found.events}) == 6


# --- tiles ---


def tiles(value: str) -> Tiles:
    return map_tiles(read_environment({"GONGZHI_MAP_TILES": value}))


def test_tiles_are_none_unless_set_and_a_wrong_setting_stops_the_start() -> None:
    assert tiles("").address == "" and tiles("osm").address == OSM and tiles("amap").shift == "gcj02"
    assert tiles("tianditu:abc123").address.endswith("tk=abc123")
    assert tiles("gcj02+https://tiles.example/{z}/{x}/{y}.png").origin == "https://tiles.example"
    for wrong in (
        "bing",
        "https://tiles.example/{z}/{x}",
        "javascript:{x}{y}{z}",
        "https://a; script-src *//{x}{y}{z}",
    ):
        with pytest.raises(ImproperlyConfigured):
            tiles(wrong)


def test_the_policy_lets_in_the_tiles_that_are_set_and_nothing_else(here: Place) -> None:
    plain = Client().get("/board/map")["Content-Security-Policy"]
    assert plain == Client().get("/board")["Content-Security-Policy"] and settings.GONGZHI_MAP.address == ""
    with override_settings(GONGZHI_MAP=tiles("osm")):
        policy = Client().get("/board/map")["Content-Security-Policy"]
        assert "connect-src 'self' https://tile.openstreetmap.org;" in policy and "script-src 'self';" in policy
        assert "openstreetmap" not in Client().get("/board")["Content-Security-Policy"]
