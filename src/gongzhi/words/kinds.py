"""Scorings, ratings and elections in sentences: what came out, why, and what is wrong with their counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from gongzhi.core.decision import RuleVersion

NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Named:
    """The args of a fact or a fault, with the titles of what they name."""

    args: tuple[str | int, ...]
    names: Mapping[str, str]

    def name(self, at: int) -> str:
        return self.names.get(str(self.args[at]), str(self.args[at]))

    def all(self) -> str:
        return _("、").join(self.name(at) for at in range(len(self.args)))

    def yuan(self, at: int) -> str:
        """0.01 yuan as yuan."""
        return f"{int(self.args[at]) / 100:,.2f}".removesuffix(".00")

    def points(self, at: int) -> str:
        """Hundredths of a point as points."""
        value = int(self.args[at])
        return f"{value // 100}.{value % 100:02d}"


Telling = Callable[[Named], str]


def names_of(rule: RuleVersion) -> dict[str, str]:
    """Titles of a rule's criteria, grades and groups by their keys."""
    lists = (getattr(rule.terms, key, ()) for key in ("criteria", "grades", "groups"))
    return {item.name: item.title for items in lists for item in items}


KIND_TEXTS: dict[str, dict[str, Callable[[], str]]] = {
    "scoring": {"ranked": lambda: _("排出了名次")},
    "rating": {
        "rated": lambda: _("评出了等次"),
        "withheld": lambda: _("有的群体评议的人太少，不公布等次，免得猜出是谁评的"),
    },
    "budget": {
        "selected": lambda: _("选出了给钱的项目"),
        "none": lambda: _("没有选出项目"),
    },
    "election": {
        "filled": lambda: _("应选的都选出来了"),
        "partly": lambda: _("没有选满，还有席位空着"),
        "void": lambda: _("参加投票的不够，选举无效"),
    },
}
KIND_FACTS: dict[str, Telling] = {
    "ranked": lambda a: _("第{place}名：{name}，加权总分{points}").format(
        place=a.args[1], name=a.name(0), points=a.points(2)
    ),
    "place_shared": lambda a: _("第{place}名有{n}个并列").format(place=a.args[0], n=a.args[1]),
    "group_small": lambda a: _("{name}至少要{needed}人评议，实际{had}人").format(
        name=a.name(0), needed=a.args[1], had=a.args[2]
    ),
    "group_rated": lambda a: _("{name}：{n}人评议，平均{points}分，占{weight}%").format(
        name=a.name(0), n=a.args[1], points=a.points(3), weight=a.args[2]
    ),
    "rated": lambda a: _("合计{points}分，等次：{name}").format(points=a.points(1), name=a.name(0)),
    "elected": lambda a: _("{name}得{votes}票，至少要{needed}票：当选").format(
        name=a.name(0), votes=a.args[1], needed=a.args[2]
    ),
    "not_elected": lambda a: _("{name}得{votes}票，至少要{needed}票：没有当选").format(
        name=a.name(0), votes=a.args[1], needed=a.args[2]
    ),
    "tie_open": lambda a: _("{names}得票一样，席位不够分，规则没有写怎么定，席位空着").format(names=a.all()),
    "rerun_among": lambda a: _("另行选举的候选人：{names}").format(names=a.all()),
    "budget_money": lambda a: _("资金{money}元，选上的项目共{spent}元，{n}张有效票").format(
        money=a.yuan(0), spent=a.yuan(1), n=a.args[2]
    ),
    "budget_in": lambda a: _("选上：{name}，{cost}元，{n}人支持").format(name=a.name(0), cost=a.yuan(1), n=a.args[2]),
    "budget_out": lambda a: _("没选上：{name}，{cost}元，{n}人支持，还差{missing}元").format(
        name=a.name(0), cost=a.yuan(1), n=a.args[2], missing=a.yuan(3)
    ),
    "seats_filled": lambda a: _("应选{seats}人，选出{n}人").format(seats=a.args[1], n=a.args[0]),
    "stv_quota": lambda a: _("有效票{papers}张，选{seats}人，得{quota}票当选").format(
        papers=a.args[1], seats=a.args[2], quota=a.args[0]
    ),
    "stv_elected": lambda a: _("{name}在第{n}轮当选").format(name=a.name(0), n=a.args[1]),
}
KIND_FAULTS: dict[str, Telling] = {
    "unknown_option": lambda a: _("没有“{name}”这一项，请核对选项的代号。").format(name=a.name(0)),
    "no_options": lambda a: _("没有可选的项，请先写明选项和名额。"),
    "too_few_options": lambda a: _("候选人有{n}个，至少要{least}个（差额选举）。").format(n=a.args[0], least=a.args[1]),
    "beyond_scale": lambda a: _("“{name}”的“{criterion}”共{points}分，比所有人打满分还多，请核对。").format(
        name=a.name(0), criterion=a.name(1), points=a.args[2]
    ),
    "tie_undecided": lambda a: _("{names}打平，谁先谁后没有定。请按公布的办法抽签，把抽签名次一起填上。").format(
        names=a.all()
    ),
    "lot_twice": lambda a: _("抽签名次{place}出现了两次，请核对抽签结果。").format(place=a.args[0]),
}
OF_ONE: dict[str, Callable[[], str]] = {
    "yes": lambda: _("“{name}”的票数"),
    "no": lambda: _("“{name}”的反对票"),
    "abstain": lambda: _("“{name}”的弃权票"),
    "rank": lambda: _("按{name}排的选票"),
    "lot": lambda: _("“{name}”的抽签名次"),
    "score": lambda: _("{name}的得分"),
    "grade": lambda: _("{name}的人数"),
    "eligible": lambda: _("“{name}”的名册人数"),
}
