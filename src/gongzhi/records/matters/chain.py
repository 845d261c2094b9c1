"""How the acts of a matter hang together: each hash covers the act, what came of it, and the hash before."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

GENESIS = "0" * 64
RECEIPT_DIGITS = 20


def sha256(text: str) -> str:
    """64 hex digits of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def act_hash(number: str, seq: int, previous: str, recorded_at: datetime, payload: str, outcome: str) -> str:
    """The hash of one act of a matter. `payload` and `outcome` are the stored texts, exactly."""
    stamp = recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    return sha256("\n".join((number, str(seq), previous, stamp, payload, outcome)))


def receipt_code(digest: str) -> str:
    """What a receipt shows of an act's hash: twenty digits in groups of four (80 bits)."""
    short = digest[:RECEIPT_DIGITS]
    return " ".join(short[start : start + 4] for start in range(0, len(short), 4))


def plain_code(code: str) -> str:
    """A code as somebody typed it, without blanks and hyphens."""
    return "".join(sign for sign in code.lower() if sign not in " -\t\u3000")
