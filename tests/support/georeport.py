"""The forms of GeoReport v2 answers: what each field may be, as the JSON Schemas published beside the standard have it
(open311/schema-validation, georeport-v2), read on 22 November 2026.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

__all__ = ["ATTRIBUTE", "DEFINITION", "REQUEST", "SERVICE", "VALUE", "faults"]

Test = Callable[[Any], bool]


def text(value: Any) -> bool:
    return isinstance(value, str)


def number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def moment(value: Any) -> bool:
    return text(value) and "T" in value and datetime.fromisoformat(value).tzinfo is not None


def among(*values: str) -> Test:
    return lambda value: value in values


def or_null(test: Test) -> Test:
    return lambda value: value is None or test(value)


MAYBE = or_null(text)
# field -> (required, test)
Form = Mapping[str, tuple[bool, Test]]
REQUEST: Form = {
    "service_request_id": (True, text), "status": (True, among("open", "closed")), "status_notes": (False, MAYBE),
    "service_name": (False, MAYBE), "service_code": (True, text),
    "description": (False, or_null(lambda value: text(value) and len(value) <= 4000)),
    "agency_responsible": (False, MAYBE), "service_notice": (False, MAYBE), "requested_datetime": (True, moment),
    "updated_datetime": (False, or_null(moment)), "expected_datetime": (False, or_null(moment)),
    "address": (False, MAYBE), "address_id": (False, MAYBE), "zipcode": (False, MAYBE),
    "lat": (False, or_null(number)), "long": (False, or_null(number)),
    "media_url": (False, or_null(lambda value: text(value) and bool(urlsplit(value).scheme))),
}  # fmt: skip
SERVICE: Form = {
    "service_code": (True, text), "service_name": (True, text), "description": (False, MAYBE),
    "metadata": (True, flag), "type": (True, among("realtime", "batch", "blackbox")), "keywords": (False, MAYBE),
    "group": (False, MAYBE),
}  # fmt: skip
DEFINITION: Form = {"service_code": (True, text), "attributes": (True, lambda value: isinstance(value, list))}
ATTRIBUTE: Form = {
    "variable": (True, flag), "code": (True, text),
    "datatype": (True, among("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")),
    "required": (True, flag), "datatype_description": (False, MAYBE),
    "order": (False, or_null(lambda value: isinstance(value, int))), "description": (False, MAYBE),
    "values": (False, lambda value: isinstance(value, list)),
}  # fmt: skip
VALUE: Form = {"key": (True, text), "name": (True, text)}


def faults(form: Form, row: Mapping[str, Any]) -> list[str]:
    """Fields that are missing or not as the form has them; fields it does not know are allowed, as in the schemas."""
    wrong = {name for name, (_, test) in form.items() if name in row and not test(row[name])}
    missing = {name for name, (wanted, _) in form.items() if wanted and name not in row}
    return sorted(wrong | missing)
