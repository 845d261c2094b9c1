"""Made-up messages of three kinds, as many as wanted; the same in every run."""

from __future__ import annotations

KINDS = {
    "照明": (["路灯", "灯泡", "楼道灯"], ["不亮", "坏了", "忽明忽暗", "晚上看不见路"]),
    "环卫": (["垃圾", "垃圾桶", "餐厨垃圾"], ["没人清运", "堆满了", "臭味很大", "招苍蝇"]),
    "停车": (["车位", "私家车", "地下车库"], ["堵住消防通道", "乱停乱放", "收费太高", "占了别人的位置"]),
}


def messages(rounds: int = 4) -> list[tuple[str, str]]:
    """(text, label), every thing with every trouble, at other houses each round."""
    return [
        (f"{house}号楼的{thing}{trouble}，请物业尽快处理一下", label)
        for house in range(1, rounds + 1)
        for label, (things, troubles) in KINDS.items()
        for thing in things
        for trouble in troubles
    ]


def table(rounds: int = 4) -> str:
    """The same as a CSV file."""
    return "\n".join(["text,label", *(f"{text},{label}" for text, label in messages(rounds))]) + "\n"
