"""Pages of a list, by number, in the address."""

from __future__ import annotations

from django.http import HttpRequest

__all__ = ["page_of", "pages_of"]

MOST = 5000


def page_of(request: HttpRequest) -> int:
    """The page asked for; anything else is the first."""
    asked = request.GET.get("page", "")
    return min(max(1, int(asked)), MOST) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def pages_of(total: int, size: int) -> int:
    """How many pages a list has; an empty one has one."""
    return max(1, -(-total // size))
