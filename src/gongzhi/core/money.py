"""Money as whole cents (0.01 yuan), never floats: reading, writing, sharing out to the cent, the least share.

Everything here is pure; what money belongs to whom is kept in records/funds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

__all__ = ["BadAmount", "Need", "Shares", "least_share", "parse_yuan", "share_out", "shares_by_need", "yuan_text"]

LARGEST = 10**14  # cents: a million million yuan, far above any community's money
WRITTEN = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?|\d+(\.\d{1,2})?")
UNITS = {"元": "", "圆": "", "￥": "", "¥": "", "，": ",", "．": ".", " ": "", "\u3000": "", "\u00a0": ""}


class BadAmount(ValueError):
    """`code`: `amount_empty`, `amount_not_a_number`, `amount_decimals` (more than two), `amount_too_large`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_yuan(text: str, negative: bool = False) -> int:
    """Cents of an amount in yuan as people write it: `1,234.5`, `￥12`, `30元`. Raises BadAmount."""
    plain = "".join(UNITS.get(sign, sign) for sign in text.strip())
    if not plain:
        raise BadAmount("amount_empty")
    below = negative and plain[0] in "-−"
    plain = plain[1:] if below else plain
    if not WRITTEN.fullmatch(plain):
        raise BadAmount(_why(plain))
    cents = int(Decimal(plain.replace(",", "")) * 100)
    if cents > LARGEST:
        raise BadAmount("amount_too_large")
    return -cents if below else cents


def _why(plain: str) -> str:
    try:
        Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return "amount_not_a_number"
    return "amount_decimals" if re.fullmatch(r"[\d,]+\.\d{3,}", plain) else "amount_not_a_number"


def yuan_text(cents: int) -> str:
    """`1,234.50`; a minus in front of what is below nothing."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}.{rest:02}"


def least_share(cents: int, percent: int) -> int:
    """The smallest whole number of cents that is at least `percent` of the amount (BT-14: 70)."""
    return -(-cents * percent // 100)


def share_out(cents: int, weights: Sequence[int]) -> list[int]:
    """The amount by weights, to the cent: largest remainder; equal remainders go by the declared order.

    The parts always sum to the amount. Raises ValueError for an amount or weights below nothing, or all nothing.
    """
    total = sum(weights)
    if cents < 0 or total <= 0 or min(weights) < 0:
        raise ValueError("weights")
    parts = [cents * weight // total for weight in weights]
    left = [cents * weight % total for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-left[n], n))
    for n in order[: cents - sum(parts)]:
        parts[n] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody asks for. `need` in cents, `weight` as adopted, `vulnerable`: per cent of those reached who are."""

    name: str
    need: int
    weight: int = 1
    vulnerable: int = 0


@dataclass(frozen=True, slots=True)
class Shares:
    """`parts` in the order asked; `left`: nobody needs it; `reached`: of what was given, cents for the vulnerable.

    `equal_reached`: the same if everybody had got the same, so that both can be shown side by side (QY-34).
    """

    parts: Mapping[str, int]
    left: int
    reached: int
    equal_reached: int


def shares_by_need(cents: int, needs: Sequence[Need]) -> Shares:
    """The amount by need times weight, nobody more than its need; what that frees goes to the others again."""
    parts = dict.fromkeys((one.name for one in needs), 0)
    open_, free = [one for one in needs if one.need > 0 and one.weight > 0], cents
    while open_ and free:
        given = share_out(free, [one.need * one.weight for one in open_])
        took = [min(part, one.need - parts[one.name]) for part, one in zip(given, open_, strict=True)]
        for part, one in zip(took, open_, strict=True):
            parts[one.name] += part
        free -= sum(took)
        open_ = [one for one in open_ if parts[one.name] < one.need]
    return Shares(parts, free, _reached(parts, needs), _reached(_alike(cents - free, needs), needs))


def _alike(cents: int, needs: Sequence[Need]) -> dict[str, int]:
    names = [one.name for one in needs]
    return dict(zip(names, share_out(cents, [1] * len(names)), strict=True)) if names else {}


def _reached(parts: Mapping[str, int], needs: Sequence[Need]) -> int:
    return int(sum(Fraction(parts[one.name] * one.vulnerable, 100) for one in needs))
