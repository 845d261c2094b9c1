"""The API's description as a page of ours: no script, so it holds under our own policy on content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from gongzhi.api.sentences import SENTENCES, sentence
from gongzhi.api.site import api
from gongzhi.core.procedure.refusals import REFUSALS
from gongzhi.web.access import requires


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it. `body` and `parameters`: (name, what it is, required)."""

    method: str
    path: str
    id: str
    summary: str
    about: str
    need: str
    parameters: list[tuple[str, str, bool]]
    body: list[tuple[str, str, bool]]


class Unsaid(dict[str, str]):
    """Arguments of a problem that has not happened: each shows as an ellipsis."""

    def get(self, key: str, default: object = None) -> str:
        return "…"


@requires("public")
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with what it needs and takes, and every code of a problem with its sentence."""
    schema = api.get_openapi_schema()
    problems = [(code, sentence(code, Unsaid())) for code in sorted(SENTENCES)]
    refusals = sorted((code, meaning) for code, meaning in REFUSALS.items() if code not in SENTENCES)
    return render(request, "api/docs.html", {"groups": grouped(schema), "problems": problems, "refusals": refusals})


def grouped(schema: dict[str, Any]) -> dict[str, list[Operation]]:
    """Operations by their noun, in the order of the description."""
    found: dict[str, list[Operation]] = {}
    for where, operations in schema["paths"].items():
        for method, one in operations.items():
            found.setdefault(one["tags"][0], []).append(_operation(schema, method, where, one))
    return found


def _operation(schema: dict[str, Any], method: str, where: str, one: dict[str, Any]) -> Operation:
    parameters = [(p["name"], _kind(p["schema"]), p.get("required", False)) for p in one["parameters"]]
    about = one.get("description", "")
    return Operation(
        method.upper(), where, one["operationId"], one["summary"], about, one["x-needs"], parameters, _body(schema, one)
    )


def _body(schema: dict[str, Any], one: dict[str, Any]) -> list[tuple[str, str, bool]]:
    content = one.get("requestBody", {}).get("content", {})
    shape: dict[str, Any] = next(iter(content.values()), {"schema": {}})["schema"]
    if "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    required = shape.get("required", ())
    return [(name, _kind(kind), name in required) for name, kind in shape.get("properties", {}).items()]


def _kind(shape: dict[str, Any]) -> str:
    """A schema in a few words: `string`, `integer`, `done | part | ...`, `array of string`."""
    if "$ref" in shape:
        return str(shape["$ref"].rpartition("/")[2])
    if "enum" in shape:
        return " | ".join(map(str, shape["enum"]))
    if "anyOf" in shape:
        return " / ".join(dict.fromkeys(_kind(one) for one in shape["anyOf"]))
    if shape.get("type") == "array":
        return f"array of {_kind(shape.get('items', {}))}"
    return str(shape.get("format") or shape.get("type") or "object")


urlpatterns = [path("docs", docs, name="api-docs")]
