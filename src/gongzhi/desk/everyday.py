"""Everyday words for what communities deal with, in Chinese and English: what one types leads to what a list says.

Each group: what people say in Chinese, how duty lists put it, what people say in English.
"""

from __future__ import annotations

import re

__all__ = ["like", "plain_words"]

GROUPS: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (("路灯", "灯不亮"), ("公用设施", "公共设施"), ("lamp", "light", "streetlight", "bulb")),
    (("井盖", "窨井"), ("公用设施",), ("manhole", "cover", "drain")),
    (("水管", "停水", "漏水"), ("公用设施",), ("water", "pipe", "leak", "tap")),
    (("停电", "电线"), ("公用设施", "供电"), ("electricity", "power", "wire", "cable")),
    (("垃圾", "脏", "臭"), ("环境卫生", "环卫", "市容", "公共卫生"), ("rubbish", "garbage", "trash", "litter")),
    (("停车", "车位", "堵车"), ("交通", "道路"), ("parking", "park", "traffic", "jam")),
    (("路坏了", "修路", "坑"), ("道路", "交通"), ("road", "pothole", "pavement")),
    (("噪音", "吵", "太吵"), ("邻里", "环境", "扰民"), ("noise", "noisy", "loud")),
    (("楼上", "邻居", "漏水"), ("邻里", "矛盾", "纠纷"), ("neighbour", "neighbor", "quarrel", "dispute")),
    (("消防", "消防车", "着火", "堵通道"), ("消防通道",), ("fire", "firefighters", "extinguisher")),
    (("树", "草坪"), ("绿化", "园林"), ("tree", "lawn", "branch", "green")),
    (("违建", "搭棚"), ("违法建设", "城市管理"), ("shed", "illegal")),
    (("物业", "物业费"), ("物业管理",), ("property", "management")),
    (("低保", "救助", "困难"), ("民政", "社会救助", "审批"), ("allowance", "welfare", "poor", "subsidy")),
    (("社保", "医保", "养老金"), ("社会保障", "审批"), ("insurance", "pension")),
    (("办证", "开证明", "居住证"), ("审批", "证明"), ("permit", "certificate", "licence", "license")),
    (("上学", "学区", "入学"), ("教育",), ("school", "pupil", "education")),
    (("工资", "欠薪", "找工作"), ("劳动", "就业"), ("wage", "wages", "salary", "job", "work")),
    (("看病", "疫苗"), ("卫生", "健康"), ("doctor", "clinic", "vaccine", "health")),
    (("老人", "养老"), ("为老服务", "养老"), ("elderly", "senior", "aged")),
    (("车棚", "自行车", "充电"), ("公共设施",), ("bicycle", "bike", "shed", "charging")),
    (("电梯",), ("特种设备",), ("lift", "elevator")),
    (("食品", "菜场", "短斤少两"), ("市场", "食品"), ("food", "market", "restaurant")),
    (("选举", "换届"), ("选举",), ("election", "vote", "elect")),
)
WORD = re.compile(r"[a-z]{3,}")
_SAID = (
    "who the for does fix fixes fixed repair repairs mend mends what where when how about with and are was can ask has "
    "broken does not our this that there here from take takes care please which office department community"
)
SAID = frozenset(_SAID.split())  # words of a question that name no thing


def plain_words(text: str) -> list[str]:
    """English words that say something, without plural endings: `who fixes the lamps?` -> lamp."""
    return [word.removesuffix("s") for word in WORD.findall(text.lower()) if word not in SAID]


def like(text: str) -> tuple[list[str], list[str]]:
    """What the words of a question mean: as people say it, and as lists put it."""
    english = set(plain_words(text))
    said: list[str] = []
    listed: list[str] = []
    for people, lists, abroad in GROUPS:
        if any(one in text for one in people) or english & {one.removesuffix("s") for one in abroad}:
            said += people
            listed += lists
    return list(dict.fromkeys(said)), list(dict.fromkeys(listed))
