"""A procedure as the YAML text of a file under `procedures/`."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from gongzhi.core.charter.spec import Procedure
from gongzhi.core.exchange.plain import procedure_plain

WIDTH = 110
# What YAML could take for its own signs, above all inside a map on one line.
_RISKY = re.compile(r"[:#,{}\[\]\"'\\\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]|^[^\w（“《]|\s$")
SHORT = 90  # characters of a map or list that is written on one line


def to_yaml(procedure: Procedure) -> str:
    """The text; reading it gives an equal procedure, but that steps of shared parts lose their dot (`close_ask`)."""
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_styled(renamed(procedure_plain(procedure), procedure)), out)
    return out.getvalue()


def renamed(plain: Any, procedure: Procedure) -> Any:
    """The values with every dotted step called by a plain name: in a file, dots belong to shared parts."""
    taken = {name for name in (*procedure.steps, *procedure.ends) if "." not in name}
    names: dict[str, str] = {}
    for name in procedure.steps:
        if "." in name:
            names[name] = next(new for new in _names(name) if new not in taken)
            taken.add(names[name])
    return _replaced(plain, names) if names else plain


def _names(name: str) -> list[str]:
    plain = name.replace(".", "_")
    return [plain, *(f"{plain}_{number}" for number in range(2, 1000))]


def _replaced(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _replaced(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, names) for item in value]
    if not isinstance(value, str):
        return value
    for old, new in names.items():
        if value in (old, f"same {old}"):
            return value.replace(old, new)
        if value.startswith(f"{old}.") and value not in names:  # an event: STEP.outcome
            return new + value[len(old) :]
    return value


def _styled(value: Any) -> Any:
    """Short maps and lists on one line, as people write them."""
    if isinstance(value, dict):
        made: Any = CommentedMap((key, _styled(item)) for key, item in value.items())
    elif isinstance(value, list):
        made = CommentedSeq(_styled(item) for item in value)
    else:
        return DoubleQuotedScalarString(value) if isinstance(value, str) and _RISKY.search(value) else value
    if len(repr(value)) <= SHORT and _is_flat(value):
        made.fa.set_flow_style()
    return made


def _is_flat(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return not any(isinstance(item, dict) for item in items)
