"""Who has a form of a matter open right now (王主任正在办). A hint that vanishes by itself, never a lock."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache
from django.utils.translation import gettext as _

__all__ = ["leave", "mark", "seen"]

SECONDS = 120


def mark(number: str, digest: str, who: str) -> None:
    """Somebody opened a form of this matter. `who` is the seat, never a name."""
    cache.set(_key(number), (digest, who), SECONDS)


def leave(number: str) -> None:
    cache.delete(_key(number))


def seen(numbers: Iterable[str], digest: str) -> dict[str, str]:
    """Number -> sentence, for matters that somebody other than the reader has open."""
    keys = {_key(number): number for number in numbers}
    found = cache.get_many(list(keys))
    return {keys[key]: _("{who}正在办").format(who=who) for key, (other, who) in found.items() if other != digest}


def _key(number: str) -> str:
    return f"busy:{number}"
