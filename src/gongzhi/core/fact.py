"""Reasons as data: what was counted and why, without a sentence in any language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a derivation. `code` names a sentence that the faces hold in every language.

    `args` are plain (`str` or `int`; days as YYYY-MM-DD, moments as ISO 8601 with +08:00),
    so that a fact can be stored, hashed and compared as it is.
    """

    code: str
    args: tuple[str | int, ...] = ()
