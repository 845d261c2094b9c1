"""Text that somebody typed: its length, and no signs that nobody can see."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

LINE = 200  # characters of a title, a place, a name
WORDS = 5000  # characters of what somebody has to say
PAPER = 50_000  # characters of minutes or another document typed in

_VISIBLE = "\n\t"
_HIDDEN = ("Cc", "Cs")
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # make text show otherwise than it is


def clean(text: str) -> str:
    """The text with one kind of line break and no blanks around it. Raises where signs cannot be seen."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(is_hidden(sign) for sign in plain):
        raise PydanticCustomError("control_characters", "text holds control characters")
    return plain


def is_hidden(sign: str) -> bool:
    """True for control characters and for signs that turn the direction of what follows."""
    return sign in _TURNS or (sign not in _VISIBLE and unicodedata.category(sign) in _HIDDEN)


def _not_empty(text: str) -> str:
    if not text:
        raise PydanticCustomError("string_too_short", "text is empty", {"min_length": 1})
    return text


Line = Annotated[str, StringConstraints(max_length=LINE), AfterValidator(clean)]
Words = Annotated[str, StringConstraints(max_length=WORDS), AfterValidator(clean)]
Said = Annotated[
    str, StringConstraints(min_length=1, max_length=WORDS), AfterValidator(clean), AfterValidator(_not_empty)
]
Paper = Annotated[str, StringConstraints(max_length=PAPER), AfterValidator(clean)]
# Names in charters: organs, steps, outcomes, parts, fields. A part may carry a digest behind its dot.
Name = Annotated[str, StringConstraints(max_length=120, pattern=r"^[A-Za-z0-9_.\-#:]*$")]
