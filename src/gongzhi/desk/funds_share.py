"""What a fund has to pass on: at least so many per cent of what it receives in a year belongs to others (BT-14)."""

from __future__ import annotations

from gongzhi.core.money import least_share
from gongzhi.core.procedure.effects import Refused
from gongzhi.records.funds import queries
from gongzhi.records.funds.models import Fund

__all__ = ["check_share", "kept_for_parts"]


def kept_for_parts(fund: Fund, year: int) -> dict[Fund, int]:
    """What a fund still has to pass on this year to each fund that has a share in it, in cents."""
    parts = list(fund.parts.exclude(share=None))
    if not parts:
        return {}
    came = queries.received_in(fund, year)
    due = {one: least_share(came, one.share or 0) for one in parts}
    return {one: max(0, cents - queries.passed_between(fund, one, year) + queries.passed_between(one, fund, year))
            for one, cents in due.items()}  # fmt: skip


def check_share(fund: Fund, cents: int, year: int, to: set[int] | None = None) -> None:
    """Raises Refused `share_kept` when what is left would not do for the parts that have a share in this fund."""
    kept = {one: due for one, due in kept_for_parts(fund, year).items() if due and one.pk not in (to or set())}
    if kept and fund.balance - cents < sum(kept.values()):
        first = max(kept, key=lambda one: kept[one])
        raise Refused("share_kept", kept=sum(kept.values()), balance=fund.balance, part=first.title, share=first.share)
