"""Where several messages about one cause say it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["AREA", "names_in", "place_of"]

SHORTEST, LONGEST = 3, 12  # characters of a name
_ENDS = (
    "小区", "社区", "街道", "花园", "家园", "广场", "公园", "学校", "小学", "中学", "大学", "学院", "幼儿园", "医院",
    "车站", "地铁站", "市场", "新城", "大道", "高速", "公寓", "安置房", "项目", "路口", "工地", "楼盘", "号线", "公司",
    "山庄", "国际", "名邸", "水岸", "村", "镇", "乡", "路", "街", "巷", "苑", "府", "城", "湾", "园", "期", "栋", "桥",
)  # fmt: skip
AREA = re.compile(r"[A-Z]\d*[市区县]")
_STOPS = re.compile(
    r"[^\w]+|[的是在到和与于对从由把被我你他请至及为问让而]|下穿|临街|沿街|沿线|关于|投诉|反映|咨询|举报|建议|希望|什么|怎么|何时|附近|有关|要求|周边|旁边|强烈"
)


def place_of(titles: Sequence[str], texts: Sequence[str]) -> str:
    """The longest name of a place in a title that at least half of the texts have, after the area most of them name."""
    half = (len(texts) + 1) // 2
    area = _common(Counter(found for text in texts for found in set(AREA.findall(text))), half)
    names = {name for title in titles for name in names_in(AREA.sub(" ", title))}
    return f"{area}{_common(Counter({name: sum(name in text for text in texts) for name in names}), half)}"


def _common(counted: Counter[str], half: int) -> str:
    found = [(count, len(name), name) for name, count in counted.items() if count >= half]
    most = max((count for count, _, _ in found), default=0)
    return max(((length, name) for count, length, name in found if count * 4 >= most * 3), default=(0, ""))[1]


def names_in(text: str) -> list[str]:
    """Every piece of a text that ends like a place."""
    found = []
    for part in _STOPS.split(text):
        for end in range(SHORTEST, len(part) + 1):
            if part[:end].endswith(_ENDS):
                found += [part[start:end] for start in range(max(0, end - LONGEST), end - SHORTEST + 1)]
    return found
