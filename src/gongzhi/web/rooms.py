"""Rooms of a face as data: what one can do there, in a sentence, and the address that leads to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

__all__ = ["Room", "cards"]


@dataclass(frozen=True, slots=True)
class Room:
    """`title` and `hint` are msgids (mark them with gettext_noop); `name` is the name of the address."""

    title: str
    hint: str
    name: str


def cards(rooms: Iterable[Room]) -> list[dict[str, str]]:
    """Rooms in the reader's language, in the order of their table."""
    return [{"title": gettext(one.title), "hint": gettext(one.hint), "href": reverse(one.name)} for one in rooms]
