"""The national table of divisions, on a slice made here: complete, repeatable, in bounded memory, loud when broken."""

from __future__ import annotations

import csv
import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongzhi.commands.places import load_table
from gongzhi.records.institutions import divisions
from gongzhi.records.institutions.divisions import FILES, Loaded, NoTable, place_name
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import line_of

pytestmark = pytest.mark.django_db
ROWS: dict[str, list[tuple[str, str]]] = {
    "province": [("99", "试验省")],
    "city": [("9901", "试验市"), ("9919", "无区市")],
    "district": [("990101", "试验区"), ("991900", "无区市")],
    "street": [("990101001", "试验街道"), ("991900001", "城中街道")],
    "community": [("990101001001", "试验社区居委会"), ("990101001002", "柳村村委会"), ("991900001001", "城中居委会")],
}


def table(folder: Path, rows: dict[str, Iterable[tuple[str, str]]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for level, name in FILES.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
            writer.writerow(["code", "name", "more"])
            writer.writerows([code, text, "x"] for code, text in rows[level])
    return folder


def test_every_row_becomes_a_place_that_knows_where_it_lies(tmp_path: Path) -> None:
    loaded = load_table(table(tmp_path, ROWS), quiet=True)
    assert loaded == Loaded(read=10, new=9, same=1)
    community = Place.objects.get(code="990101001001")
    assert community.name == "试验社区"
    assert [place.name for place in line_of(community)] == ["试验社区", "试验街道", "试验区", "试验市", "试验省"]
    assert community.parent and community.parent.name == "试验街道"


def test_a_city_without_districts_is_one_place(tmp_path: Path) -> None:
    load_table(table(tmp_path, ROWS), quiet=True)
    street = Place.objects.get(code="991900001000")
    assert Place.objects.get(code="991900000000").level == "city"
    assert street.parent and street.parent.name == "无区市"


def test_loading_twice_changes_nothing_and_a_new_name_is_taken_over(tmp_path: Path) -> None:
    folder = table(tmp_path, ROWS)
    load_table(folder, quiet=True)
    before = set(Place.objects.values_list("code", "name", "pk"))
    assert load_table(folder, quiet=True) == Loaded(read=10, same=1)
    assert set(Place.objects.values_list("code", "name", "pk")) == before
    Place.objects.filter(code="990101001001").update(short="own", name="自己的叫法")
    changed = {**ROWS, "community": [("990101001001", "别名社区居委会"), ("990101001002", "杨村村委会")]}
    assert load_table(table(tmp_path, changed), quiet=True) == Loaded(read=9, renamed=1, kept=1, same=1)
    assert Place.objects.get(code="990101001002").name == "杨村"
    assert Place.objects.get(code="990101001001").name == "自己的叫法"


def test_what_lies_nowhere_or_is_no_code_is_left_out_and_counted(tmp_path: Path) -> None:
    odd = [("881010010010", "孤儿社区居委会"), ("99010100100", "短了"), ("99010100100x", "字母"), *ROWS["community"]]
    loaded = load_table(table(tmp_path, {**ROWS, "community": odd}), quiet=True)
    assert (loaded.skipped, loaded.new) == (3, 9)


def test_a_broken_table_says_what_is_missing(tmp_path: Path) -> None:
    folder = table(tmp_path, ROWS)
    (folder / "streets.csv").write_text("id,title\n1,2\n")
    with pytest.raises(NoTable, match=r"streets\.csv"):
        load_table(folder, quiet=True)
    (folder / "villages.csv").unlink()
    with pytest.raises(NoTable, match=r"villages\.csv"):
        load_table(folder, quiet=True)


@pytest.mark.parametrize(
    ("written", "place"),
    [("多福巷社区居委会", "多福巷社区"), ("柳村村委会", "柳村"), ("柳村民委员会", "柳村"), ("城中居委会", "城中居委会"),
     ("社区居委会", "社区居委会"), ("牧场", "牧场")],
)  # fmt: skip
def test_the_place_is_named_where_the_table_names_its_committee(written: str, place: str) -> None:
    assert place_name(written) == place


def test_memory_depends_on_the_batch_and_not_on_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divisions, "BATCH", 200)
    streets = [(f"99010100{k}", f"街{k}") for k in range(1, 9)]
    peaks = []
    for size in (100, 900):
        many = [(f"{street}{i:03}", f"{i}社区居委会") for street, _ in streets for i in range(1, size + 1)]
        folder = table(tmp_path / str(size), {**ROWS, "street": streets, "community": many})
        Place.objects.update(parent=None)
        Place.objects.all().delete()
        tracemalloc.start()
        load_table(folder, quiet=True)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert Place.objects.filter(level="community").count() == 8 * size
    assert peaks[1] < 1.3 * peaks[0]


def test_the_command_prints_one_object_and_fails_with_a_sentence(tmp_path: Path) -> None:
    import typer

    from gongzhi.commands.places import import_places

    app = typer.Typer()
    app.command()(import_places)
    runner = CliRunner()
    done = runner.invoke(app, ["--package", str(table(tmp_path / "dist", ROWS).parent), "--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (told["read"], told["new"], told["same"]) == (10, 9, 1) and told["peak_memory_mb"] > 0
    failed = runner.invoke(app, ["--package", str(tmp_path / "nothing"), "--json"])
    assert failed.exit_code == 1
    assert "provinces.csv" in json.loads(failed.stdout)["error"]
