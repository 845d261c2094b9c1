"""One answer in two forms: JSON, and the XML it stands for; errors in the standard's own form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from xml.etree import ElementTree  # only written here; XML that comes in is never read

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from gongzhi.web.access import requires

__all__ = ["Fault", "answered"]

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# What XML 1.0 cannot hold; somebody may have typed it.
UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A list and what one of its elements is called.
ELEMENTS = {
    "services": "service", "attributes": "attribute", "values": "value", "service_requests": "request",
    "errors": "error", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
View = Callable[..., tuple[str, Any]]


class Fault(Exception):
    """An error as GeoReport v2 knows it: an HTTP status and a sentence."""

    def __init__(self, status: int, description: str, wait: int = 0) -> None:
        super().__init__(description)
        self.status, self.description, self.wait = status, description, wait


def answered(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """A view that gives (name of the root, content), answered in the form that the address asks for.

    The key in the request is what allows a change, so pages of others cannot make a browser file anything.
    """

    def wrap(view: View) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @requires("public")
        @wraps(view)
        def found(request: HttpRequest, form: str, **named: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                response = _write(form, "errors", [{"code": 405, "description": "method not allowed"}], 405)
                response.headers["Allow"] = ", ".join(methods)
                return response
            try:
                root, content = view(request, **named)
            except Fault as fault:
                response = _write(
                    form, "errors", [{"code": fault.status, "description": fault.description}], fault.status
                )
                if fault.wait:
                    response.headers["Retry-After"] = str(fault.wait)
                return response
            return _write(form, root, content, 200)

        return found

    return wrap


def _write(form: str, root: str, content: Any, status: int) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False) if form == "json" else _xml(root, content)
    response = HttpResponse(body, status=status, content_type=TYPES[form])
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-store"
    return response


def _xml(root: str, content: Any) -> bytes:
    return bytes(ElementTree.tostring(_element(root, content), encoding="utf-8", xml_declaration=True))


def _element(name: str, content: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(content, dict):
        element.extend(_element(key, value) for key, value in content.items())
    elif isinstance(content, list):
        element.extend(_element(ELEMENTS[name], value) for value in content)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    elif content is not None:
        element.text = UNSAID.sub("\N{REPLACEMENT CHARACTER}", str(content))
    return element
