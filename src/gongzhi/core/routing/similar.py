"""A text as a few keyed numbers: two texts about the same thing share some; nobody reads a word from them.

Pairs of characters from the beginning of a text, without digits, so that house by house it is the same; the sixteen
with the lowest keyed hash. Lowest hashes pick the same pairs from both texts (Broder 1997): few numbers are enough.
Pairs and not words, because the same words are cut differently in another sentence.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from gongzhi.core.routing.text import cleaned

__all__ = ["MOST", "SHARED", "Scored", "alike", "likeness"]

MOST = 16  # numbers per text
BEGINNING = 300  # characters
SHARED = 2  # numbers two texts must share; one word alone says little
SHARE = 0.25  # of the shorter of the two

# Marks and small words part a text; what people put around every report makes nothing alike.
_BREAKS = re.compile(r"[^\w]+|[的了是在有和也都就这那我你他她它您们很又把被给向与及]")
_POLITE = frozenset(
    re.findall(
        r"\w+",
        "希望 请问 反映 投诉 咨询 建议 谢谢 感谢 尽快 快处 处理 解决 一下 问题 领导 有关 相关 部门 没人 没有 现在 "
        "什么 怎么 为什 因为 所以 但是 还是 已经 可以 不能 多次 一直 非常 严重 小区 社区 居民 业主 物业 "
        "能不 号楼 单元 门口 附近",
    )
)

Scored = tuple[int, float]  # whose, how alike: 0 to 1


def likeness(text: str, key: bytes) -> tuple[int, ...]:
    """The numbers of a text under a key (16 to 64 bytes), lowest first; each fits a signed 64-bit column."""
    pairs = {part[at : at + 2] for part in _BREAKS.split(cleaned(text[:BEGINNING])) for at in range(len(part) - 1)}
    return tuple(sorted(_number(pair, key) for pair in pairs - _POLITE)[:MOST])


def _number(pair: str, key: bytes) -> int:
    return int.from_bytes(blake2b(pair.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest(), "big") >> 1


def alike(mine: int, found: dict[int, int], sizes: dict[int, int]) -> list[Scored]:
    """Of texts that share `found` numbers with one of `mine` numbers: those alike enough, the most alike first."""
    scored = [(whose, shared / max(1, min(mine, sizes[whose]))) for whose, shared in found.items() if shared >= SHARED]
    return sorted((one for one in scored if one[1] >= SHARE), key=lambda one: (-one[1], -one[0]))
