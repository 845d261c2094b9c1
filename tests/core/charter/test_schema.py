"""Parser and schema are made of one table; the file that editors read is up to date and fits what is shipped."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from gongzhi.core.charter import keys, schema
from gongzhi.core.charter.parse import _WRITTEN_AS, READERS
from gongzhi.core.charter.read import read_text
from gongzhi.core.charter.types import Type
from tests.charters.play import CHARTERS
from tests.charters.record import HERE

FILE = Path(schema.__file__).with_name("schema.json")
MADE: dict[str, Any] = json.loads(FILE.read_text("utf-8"))


def test_the_file_is_what_the_table_makes() -> None:
    assert FILE.read_text("utf-8") == schema.schema_text(), "run python scripts/schema.py"


def test_parser_keys_are_schema_keys() -> None:
    for noun, known in keys.NOUNS.items():
        assert set(MADE["$defs"][noun]["properties"]) == set(known)
        assert set(MADE["$defs"][noun]["required"]) == {name for name, key in known.items() if key.required}
        assert MADE["$defs"][noun]["additionalProperties"] is False


def test_every_type_of_the_table_can_be_read() -> None:
    def walk(type_: Type) -> None:
        assert type_.kind == "either" or type_.kind in READERS
        assert type_.kind == "either" or type_.kind in _WRITTEN_AS
        if type_.kind == "noun":
            assert type_.of in keys.NOUNS
        for inner in type_.of if type_.kind == "either" else [type_.of]:
            if isinstance(inner, Type):
                walk(inner)

    for known in keys.NOUNS.values():
        for key in known.values():
            walk(key.type)


def files() -> list[tuple[str, Path]]:
    roots = [*CHARTERS.glob("*/charter.yaml"), *HERE.glob("good/*/charter.yaml")]
    found = [("charter", path) for path in roots]
    found += [("procedure", path) for root in roots for path in root.parent.glob("procedures/*.yaml")]
    found += [("library_part", path) for root in roots for path in root.parent.glob("parts/*.yaml")]
    return sorted(found)


@pytest.mark.parametrize(("noun", "path"), files(), ids=lambda value: getattr(value, "stem", value))
def test_shipped_files_fit_the_schema(noun: str, path: Path) -> None:
    node = read_text(path.read_text("utf-8"), path.name, [])
    assert node
    jsonschema_rs.validate({"$ref": f"#/$defs/{noun}", "$defs": MADE["$defs"]}, node.plain())


def test_the_schema_refuses_what_the_parser_refuses() -> None:
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate({"$ref": "#/$defs/titled", "$defs": MADE["$defs"]}, {"title": "a", "titel": "b"})
