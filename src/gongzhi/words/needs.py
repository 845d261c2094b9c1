"""Money shared out by need as a paper of the community: in Chinese, whatever language the page is in."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.core.money import Need, Shares, yuan_text

__all__ = ["needs_sheet"]


def needs_sheet(fund: str, year: int, cents: int, needs: Sequence[Need], shares: Shares) -> str:
    """Every line, the rest, and how much reaches people in difficulty, beside an even split."""
    given, left = yuan_text(cents - shares.left), yuan_text(shares.left)
    return "\n".join([
        f"{fund}　{year}年按需求分配",
        f"总额{yuan_text(cents)}元，分出{given}元，余{left}元",
        *(_line(one, shares.parts[one.name]) for one in needs),
        f"到困难群体：{yuan_text(shares.reached)}元；如果平均分：{yuan_text(shares.equal_reached)}元",
        "办法：按需要乘以权重分，谁也不超过自己的需要；不足一分的，余数大的先得，余数相同按表上次序。",
    ])  # fmt: skip


def _line(one: Need, got: int) -> str:
    asked = f"需要{yuan_text(one.need)}元　权重{one.weight}　困难群体占{one.vulnerable}%"
    return f"{one.name}　{asked}　分到{yuan_text(got)}元"
