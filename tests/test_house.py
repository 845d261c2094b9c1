"""The house keeps its shape. Each rule here is also shown to fail on something that breaks it."""

import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from ninja import NinjaAPI

import gongzhi.api
from tests.support import guardrails, house
from tests.support.guardrails import Named

ROOT = house.ROOT


def test_imports_point_down() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_import_contract_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    with_reason = re.findall(r"^#.*\n\[\[tool\.importlinter\.contracts\]\]", text, re.MULTILINE)
    assert len(with_reason) == len(contracts) > 0


def test_every_folder_of_code_is_a_package() -> None:
    """One without __init__.py is not seen by the import contracts."""
    folders = {file.parent for file in house.python_files()}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_file_is_longer_than_300_lines() -> None:
    long = [str(file.relative_to(ROOT)) for file in house.python_files() if house.too_long(file.read_text("utf-8"))]
    assert long == []
    assert house.too_long("x = 1\n" * 301) and not house.too_long("x = 1\n" * 300)


def test_code_knows_no_institution() -> None:
    names = house.institutions()
    assert names, "no charter is shipped"
    named = {
        str(file.relative_to(ROOT)): found
        for file in house.python_files()
        if (found := house.institutions_named(file.read_text("utf-8"), names))
    }
    assert named == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('if charter == "fuqu":', ["fuqu"]),
        ("class FUQU_Step:", ["fuqu"]),
        ("fuqu_desk = 1", ["fuqu"]),
        ("x = 'fuquan'", []),
        ("charter = adopted(place)", []),
    ],
)
def test_an_institution_in_code_is_found(text: str, found: list[str]) -> None:
    assert house.institutions_named(text, ["fuqu"]) == found


def test_the_core_is_pure() -> None:
    core = house.SOURCE / "core"
    broken = {}
    for file in house.python_files(core):
        name = file.relative_to(core).as_posix()
        if found := house.impurities(file.read_text("utf-8"), disk_allowed=name in house.DISK_ALLOWED):
            broken[name] = found
    assert broken == {}


@pytest.mark.parametrize(
    "line",
    [
        "from django.db import models",
        "import random",
        "import os.path",
        "from socket import socket",
        "at = datetime.now()",
        "day = date.today()",
        "key = uuid4()",
        "text = open('x').read()",
        "text = Path('x').read_text()",
    ],
)
def test_an_impure_line_is_found(line: str) -> None:
    assert house.impurities(f"x = 1\n{line}\n")


def test_only_the_reader_of_charters_may_touch_the_disk() -> None:
    assert house.impurities("text = path.read_text()", disk_allowed=True) == []
    assert house.impurities("import random", disk_allowed=True) == ["line 1: imports random"]


def test_no_table_has_a_forbidden_field() -> None:
    tables = list(apps.get_app_config("records").get_models())
    assert tables
    assert guardrails.forbidden(guardrails.names_of_models(tables)) == []


def test_no_schema_of_the_api_has_a_forbidden_field() -> None:
    found = _apis()
    if not found:
        pytest.skip("there is no API yet")
    for api in found:
        schema = api.get_openapi_schema(path_prefix="/")
        assert guardrails.forbidden(guardrails.names_of_schema(schema)) == []


def _apis() -> list[NinjaAPI]:
    modules = [
        importlib.import_module(f"gongzhi.api.{info.name}") for info in pkgutil.iter_modules(gongzhi.api.__path__)
    ]
    values = [value for module in [gongzhi.api, *modules] for value in vars(module).values()]
    return list({id(value): value for value in values if isinstance(value, NinjaAPI)}.values())


@pytest.mark.parametrize(
    "name",
    [
        *["key_person", "isKeyPerson", "KeyPersonLevel", "ethnicity", "face_id", "latitude", "person_track"],
        *["resident_score", "party_member_since", "重点人员编号", "宗教信仰"],
    ],
)
def test_a_forbidden_name_is_found(name: str) -> None:
    assert guardrails.forbidden([Named("here", name)])


@pytest.mark.parametrize(
    "name", ["surface", "interface", "tracked_by", "appointed_at", "scoring", "party_branch", "point", "name", "位置"]
)
def test_an_ordinary_name_is_not(name: str) -> None:
    assert guardrails.forbidden([Named("here", name)]) == []


def test_a_forbidden_field_of_a_table_is_found() -> None:
    class Household(models.Model):
        religion = models.CharField(max_length=9)
        kind = models.CharField("种类", max_length=9, choices=[("a", "普通"), ("b", "重点人员")])
        note = models.CharField("民族", max_length=9)

        class Meta:
            app_label = "house_example"

    found = guardrails.forbidden(guardrails.names_of_models([Household]))
    assert {line.partition(":")[0] for line in found} == {"Household.religion", "Household.kind", "Household.note"}


def test_a_forbidden_field_of_a_schema_is_found() -> None:
    schema = {
        "paths": {"/x": {"get": {"parameters": [{"in": "query", "name": "risk_level"}]}}},
        "components": {
            "schemas": {
                "In": {"properties": {"kind": {"enum": ["普通", "上访人员"]}, "items": {"properties": {"gps": {}}}}}
            }
        },
    }
    assert len(guardrails.forbidden(guardrails.names_of_schema(schema))) == 3


@pytest.mark.parametrize("lock", ["requirements.lock", "package-lock.json", "pyproject.toml", ".npmrc", "Makefile"])
def test_no_lock_names_a_host_or_a_place_on_a_machine(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r'"resolved"|file:/|index-url =|find-links =|/root/|/home/|/opt/', text) == []
    if lock == "requirements.lock":
        assert "://" not in text


def test_every_setting_from_outside_is_documented() -> None:
    text = "".join(file.read_text("utf-8") for file in house.python_files())
    read = set(re.findall(r'(?:variables|environ)(?:\.get\(|\[|, )"((?:GONGZHI_|DATABASE_)[A-Z_]+)"', text))
    read |= set(re.findall(r'_secret\(environment, "([A-Z_]+)"', text))
    assert {"GONGZHI_HOME", "GONGZHI_DATA_KEY", "GONGZHI_DEBUG", "DATABASE_URL"} <= read
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.MULTILINE))
    assert read == documented
