"""How the entries of a year hang together: each hash covers the entry, its lines, and the hash before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from gongzhi.records.funds.models import FundEntry, FundLine
from gongzhi.records.matters.chain import GENESIS, sha256

__all__ = ["GENESIS", "entry_hash"]


def entry_hash(entry: FundEntry, lines: Sequence[FundLine]) -> str:
    """The hash of an entry that has its number and the hash before it. `lines` with their accounts and funds."""
    use = entry.budget_line
    back = entry.reverses
    said = {
        "year": entry.year, "number": entry.number, "previous": entry.previous, "kind": entry.kind,
        "day": entry.day.isoformat(), "text": entry.text, "amount": entry.amount, "evidence": entry.evidence,
        "party_kind": entry.party_kind, "use": [use.budget.fund.name, use.budget.year, use.use] if use else None,
        "reverses": [back.year, back.number] if back else None,
        "asked": [entry.asked_by, stamp(entry.asked_at)], "approved": [entry.approved_by, stamp(entry.approved_at)],
        "lines": [[one.account.code, one.fund.name, one.amount] for one in sorted(lines, key=lambda one: one.nth)],
    }  # fmt: skip
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def stamp(at: datetime | None) -> str:
    """A moment as the chain holds it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""
