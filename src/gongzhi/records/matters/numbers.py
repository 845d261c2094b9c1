"""The number of a matter: place, day, six digits, and a check digit, e.g. `NAME20260316-4839207`.

The six digits are drawn, not counted: a counter would be one row that every filing of a place waits for, and
would tell everybody how many others complained. The unique constraint decides; a collision is drawn again.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

from gongzhi.records.institutions.models import Place

FORM = re.compile(r"([A-Z0-9]{1,20})(\d{8})-(\d{6})(\d)")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def draw_number(place: Place, day: date) -> str:
    """A number that is probably free."""
    body = f"{prefix_of(place)}{day:%Y%m%d}-{secrets.randbelow(10**6):06d}"
    return body + check_digit(body)


def prefix_of(place: Place) -> str:
    """The short name of a place, or of the nearest it lies in, in capitals; else the digits of its code."""
    named: Place | None = place
    while named is not None and not named.short:
        named = named.parent
    return "".join(sign for sign in ((named and named.short) or place.code).upper() if sign in _ALPHABET)[:20]


def check_digit(body: str) -> str:
    """ISO 7064 MOD 11,10 over the digits: notices every wrong digit and nearly every swapped pair."""
    product = 10
    for sign in body:
        if sign.isdecimal():
            product = ((product + int(sign)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def tidy(number: str) -> str | None:
    """The number as stored, from what somebody typed; None when its form or check digit is wrong."""
    match = FORM.fullmatch("".join(number.upper().split()))
    if match is None or check_digit(match.group(0)[:-1]) != match.group(4):
        return None
    return match.group(0)
