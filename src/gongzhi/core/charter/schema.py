"""The JSON schema that editors use for completion, made from the same table of keys as the parser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from gongzhi.core.charter.keys import FILES, NOUNS
from gongzhi.core.charter.types import Key, Type

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PARAMETER: dict[str, Any] = {"type": "string", "pattern": r"^\$[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$"}
NAME = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
SPAN = r"^[1-9][0-9]*(min|h|wh|d|wd|mo|y)$"


def schema() -> dict[str, Any]:
    """One schema with a definition for each noun; those in FILES are whole files."""
    return {
        "$schema": DIALECT,
        "title": "Gongzhi charter files",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in FILES],
        "$defs": {name: _noun(keys) for name, keys in NOUNS.items()},
    }


def schema_text() -> str:
    return json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _noun(keys: dict[str, Key]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, key in keys.items() if key.required],
        "properties": {name: _or_parameter(key.type) for name, key in keys.items()},
    }


def _or_parameter(type_: Type) -> dict[str, Any]:
    """A value, or `$name` where a parameter may stand for it."""
    made = _type(type_)
    if type_.kind in ("number", "span", "yesno", "one_of", "holder", "name"):
        return {"anyOf": [made, PARAMETER]}
    return made


def _type(type_: Type) -> dict[str, Any]:
    simple = _SIMPLE.get(type_.kind)
    return simple if simple is not None else _MADE[type_.kind](type_)


_SIMPLE: dict[str, dict[str, Any]] = {
    "text": {"type": ["string", "integer"]},
    "name": {"type": "string", "pattern": NAME},
    "number": {"type": "integer", "minimum": 0},
    "yesno": {"type": "boolean"},
    "span": {"type": "string", "pattern": SPAN},
    "day": {"type": "string", "format": "date"},
    "monthday": {"type": "string", "pattern": r"^[01][0-9]-[0-3][0-9]$"},
    "condition": {"type": "string"},
    "holder": {"type": "string"},
}
_MADE: dict[str, Callable[[Type], dict[str, Any]]] = {
    "one_of": lambda type_: {"enum": list(type_.values)},
    "list": lambda type_: {"type": "array", "items": _or_parameter(type_.of)},
    "map": lambda type_: {"type": "object", "additionalProperties": _or_parameter(type_.of)},
    "noun": lambda type_: {"$ref": f"#/$defs/{type_.of}"},
    "either": lambda type_: {"anyOf": [_or_parameter(one) for one in type_.of]},
}
