"""File, list, show and act over the API, as the faces do."""

from __future__ import annotations

import pytest

from gongzhi.records.matters.models import Matter
from tests.api.conftest import Caller, House

pytestmark = pytest.mark.django_db


def test_a_filed_matter_has_number_receipt_owner_and_deadline(house: House) -> None:
    filed = house.file(headcount=20, where="4号楼门口", contact="13800001234").json
    shown = house["chen"].get(f"/matters/{filed['number']}").json
    assert shown["answers"]["key"] == "residents_committee" and shown["step"] == "intake"
    assert shown["deadline"]["due"] and shown["deadline"]["lines"]
    assert shown["headcount"] == 20 and shown["level"] == "full"
    assert {"withdraw"} <= {action["kind"] for action in shown["actions"]}


def test_the_log_is_chained_and_speaks_the_reader_s_language(house: House) -> None:
    number = house.file().json["number"]
    director = house["director"]
    visit = director.get(f"/matters/{number}").json["visit"]
    done = director.post(
        f"/matters/{number}/acts",
        {"kind": "done", "visit": visit, "outcome": "registered", "documents": {"receipt": "收到"}},
    )
    assert done.status == 201, done.json
    log = director.get(f"/matters/{number}/acts").json
    assert [act["kind"] for act in log] == ["file", "done"]
    assert log[1]["prev_hash"] == log[0]["hash"] and log[0]["lines"]
    assert log[1]["documents"] == [{"key": "receipt", "title": log[1]["documents"][0]["title"]}]


def test_staff_see_what_waits_for_their_organ(house: House) -> None:
    number = house.file().json["number"]
    mine = house["director"].get("/matters", scope="worklist").json["items"]
    assert [row["number"] for row in mine] == [number] and mine[0]["role"] == "holds"
    assert house["bureau"].get("/matters", scope="worklist").json["items"] == []


def test_a_list_is_read_page_by_page(house: House) -> None:
    numbers = {house.file().json["number"] for _ in range(5)}
    seen, after = [], ""
    while after is not None:
        page = house["chen"].get("/matters", scope="mine", size=2, after=after).json
        seen += [row["number"] for row in page["items"]]
        after = page["after"]
    assert len(seen) == 5 and set(seen) == numbers


def test_only_public_matters_are_listed_for_everybody(house: House, nobody: Caller) -> None:
    hidden, shown = house.file().json["number"], house.file(public=True).json["number"]
    assert [row["number"] for row in nobody.get("/matters", place="fuqu").json["items"]] == [shown]
    assert nobody.get(f"/matters/{hidden}").status == 404
    public = nobody.get(f"/matters/{shown}").json
    assert public["level"] == "public" and public["actions"] == []


def test_another_resident_sees_nothing_of_a_hidden_matter(house: House) -> None:
    number = house.file().json["number"]
    assert house["zhao"].get(f"/matters/{number}").status == 404


def test_documents_open_for_those_who_may_and_reading_is_recorded(house: House) -> None:
    photo = _photo()
    sent = house["chen"].upload("车棚.jpg", photo)
    assert sent.status == 201, sent.json
    number = house.file(photos=[sent.json["id"]], contact="13800001234").json["number"]
    answer = house["director"].get(f"/matters/{number}/documents")
    assert answer.status == 200, answer.json
    listed = {one["key"]: one for one in answer.json}
    assert set(listed) == {"what", "contact", "photo.1"}
    opened = house["director"].get(f"/matters/{number}/documents/{listed['photo.1']['id']}")
    assert opened.status == 200 and opened.headers["Content-Type"] == "image/jpeg"
    assert house["auditor"].get(f"/matters/{number}/documents/{listed['contact']['id']}").status in (403, 404)
    reads = house["chen"].get("/me/reads").json
    assert [read["matter"] for read in reads] == [number]


def _photo() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (32.0, 5.0, 0.0)}
    Image.new("RGB", (64, 48), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_loses_its_place(house: House) -> None:
    import io

    from PIL import Image

    from gongzhi.records.matters import sealing
    from gongzhi.records.matters.models import Words

    house.file(photos=[house["chen"].upload("a.jpg", _photo()).json["id"]])
    stored = sealing.read(Words.objects.get(name="photo.1"))
    assert stored is not None and not dict(Image.open(io.BytesIO(stored)).getexif())


def test_the_place_of_the_thing_is_stored_with_the_filing_and_a_place_that_is_none_is_refused(house: House) -> None:
    place = {"x": 118.75234, "y": 32.08123, "thing": "路灯"}
    matter = Matter.objects.get(number=house.file(point=place).json["number"])
    assert (matter.point.x, matter.point.y, matter.point.thing) == (118.75234, 32.08123, "路灯")
    body = {"place": "fuqu", "category": "environment", "what": "灯不亮"}
    for wrong in ({"x": 181, "y": 1}, {"x": 1}, {"x": "NaN", "y": 1}):
        assert house["chen"].post("/matters", body | {"point": wrong}).status == 422, wrong
    assert Matter.objects.count() == 1
