"""What the pages of accounts have in common."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.web.access import reader
from gongzhi.web.clock import now
from gongzhi.web.page import community_of

__all__ = ["address_of", "show"]


def show(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of accounts; 422 for a form that has to be shown again. Never kept by shared devices."""
    shared = {
        "place_name": _place_name(request),
        "person": reader(request),
        "now": now(),
        "key": secrets.token_hex(16),
    }
    response = render(request, f"accounts/{template}", {**shared, **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _place_name(request: HttpRequest) -> str:
    try:
        return community_of(request).name
    except Http404:  # a fresh program, no community yet
        return ""


def address_of(request: HttpRequest) -> str:
    """The caller's network address, only ever used as the key of a counter."""
    return str(request.META.get("REMOTE_ADDR", ""))
