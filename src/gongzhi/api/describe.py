"""The OpenAPI description, completed: needs of each operation, and the problems it may answer with."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

from gongzhi.api.auth import Access
from gongzhi.api.problems import MEDIA_TYPE
from gongzhi.api.schemas.common import ProblemOut

PROBLEMS = {
    "401": "Sign in first, or the key is not valid",
    "403": "Not allowed",
    "404": "Not found, or not for this caller",
    "409": "Not possible as things stand; or a repeat with other content",
    "413": "Too large",
    "422": "Something in the request is wrong; `errors` says where",
    "429": "Tried too often; Retry-After says how long to wait",
    "default": "Any other problem",
}
SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "public": [{}, {"Bearer": []}, {"Session": []}],
    "matter:read": [{}, {"Bearer": []}, {"Session": []}],
    "story": [{}],
}
SIGNED_IN: list[dict[str, list[str]]] = [{"Bearer": []}, {"Session": []}]


def needs(api: NinjaAPI) -> dict[tuple[str, str], str]:
    """(METHOD, path) -> what the operation needs; empty where it names nothing, which a test forbids."""
    found: dict[tuple[str, str], str] = {}
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                tests = [one for one in operation.auth_callbacks if isinstance(one, Access)]
                for method in operation.methods:
                    found[(method, f"/api/v1{path}")] = tests[0].need if tests else ""
    return found


def described(api: NinjaAPI, schema: Any) -> Any:
    """The schema with problems, security and `x-needs` on every operation."""
    wanted = needs(api)
    components = schema["components"]
    problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"].update(problem.pop("$defs"))
    components["schemas"]["Problem"] = problem
    components["securitySchemes"] = {
        "Bearer": {"type": "http", "scheme": "bearer"},
        "Session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            need = wanted.get((method.upper(), path), "")
            operation["x-needs"] = need
            operation["security"] = SECURITY.get(need, SIGNED_IN)
            operation["responses"] = {str(k): v for k, v in operation["responses"].items()} | _problems()
    return schema


def _problems() -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": text, "content": content} for status, text in PROBLEMS.items()}
