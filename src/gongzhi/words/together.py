"""Several matters that go together, in sentences: for the timeline, the inbox and refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongzhi.words.times import at_text as when

if TYPE_CHECKING:
    from gongzhi.words.inbox import About
    from gongzhi.words.speaker import Speaker

Args = Mapping[str, Any]


def _merged(s: Speaker, e: Args) -> str:
    said = _("和{leader}一起办，由{organ}负责；编号、评价和要求重新办理的权利都还在").format(
        leader=e["leader"], organ=s.terms.organ(e["answers"])
    )
    return _("{said}。理由：{ground}").format(said=said, ground=e["ground"]) if e["ground"] else said


def _unfollowed(s: Speaker, e: Args) -> str:
    if e["by"] == "filer":
        return _("反映人要求单独办，不再和{leader}一起").format(leader=e["leader"])
    if e["by"] == "system":
        return _("{leader}撤回了，这件最早提出，由它接着往下办").format(leader=e["leader"])
    return _("不再和{leader}一起办：{ground}").format(leader=e["leader"], ground=e["ground"])


EFFECTS: dict[str, Callable[[Speaker, Args], str]] = {
    "Merged": _merged,
    "Led": lambda s, e: _("一起办的{leader}现在由{organ}负责，{due}前").format(
        leader=e["leader"], organ=s.terms.organ(e["answers"]), due=when(e["due"])
    ),
    "Unfollowed": _unfollowed,
    "LeaderEnded": lambda s, e: _("一起办的{leader}办完了，现在请本件的反映人回复").format(leader=e["leader"]),
    "Joined": lambda s, e: _("等{other}的结果，期限照走").format(other=e["awaits"]),
    "Migrated": lambda s, e: _("改按章程第{version}版办，环节“{step}”；期限不变").format(
        version=e["version"], step=s.terms.step(s.procedure, e["to"])
    ),
}

REASONS: dict[str, Callable[[Speaker, Args], str]] = {
    "other_ended": lambda s, r: _("{other}有了结果").format(other=r["matter"]),
}

MESSAGES: dict[str, Callable[[About], str]] = {
    "merged": lambda a: _(
        "您的事和{leader}是同一件，一起办，由{organ}负责。您的编号、评价和要求重新办理的权利都还在；要单独办，打开点“单独办”。"
    ).format(leader=a.args.get("leader", ""), organ=a.organ()),
    "alone": lambda a: _("您的事不再和{leader}一起办，接着单独办。").format(leader=a.args.get("leader", "")),
    "migrated": lambda a: _("章程有了新版，您的事改按第{version}版办，期限不变。").format(
        version=a.args.get("version", "")
    ),
}


def _said(text: Callable[[], str]) -> Callable[[Speaker, Args, str], str]:
    return lambda s, a, step: text()


REFUSALS: dict[str, Callable[[Speaker, Args, str], str]] = {
    "delivered": _said(lambda: _("这个结果由等的那件事带来，不能自己选。")),
    "finish_first": lambda s, a, step: _("“{step}”正在表决、公示、付款，或者有下属事项没办完。请等它结束。").format(
        step=s.terms.step(s.procedure, a["step"])
    ),
    "following": lambda s, a, step: _("这件事和{leader}一起办，请到那一件里办；要单独办，先点“单独办”。").format(
        leader=a["leader"]
    ),
    "leader_closed": lambda s, a, step: _("{number}已经办结，不能再合并进去。").format(number=a["number"]),
    "leader_follows": lambda s, a, step: _("{number}自己跟着{leader}一起办。请合并到{leader}。").format(
        number=a["number"], leader=a["leader"]
    ),
    "limit_missing": _said(lambda: _("新版章程少了一个全程时限，这件事的期限会丢。仍按原来的版本办。")),
    "not_adopter": _said(lambda: _("您的职务不能采用章程。谁可以，由现行章程写明。")),
    "no_migration": _said(lambda: _("新版章程没有说明正在办的事怎么接着办。仍按原来的版本办。")),
    "no_target": lambda s, a, step: _("新版章程没有“{step}”对应的环节。仍按原来的版本办。").format(
        step=s.terms.step(s.procedure, a["step"])
    ),
    "other_holder": lambda s, a, step: _("新版章程把这一步交给了别的单位，不是{holder}。仍按原来的版本办。").format(
        holder=s.terms.holder(a["holder"])
    ),
    "no_merge": _said(lambda: _("这一步不能合并：章程没有规定合并以后怎样请居民确认，或者正在等居民回复。")),
    "not_following": _said(lambda: _("这件事是单独办的。请刷新页面。")),
    "not_waiting": _said(lambda: _("这一步不等别的事项。请刷新页面。")),
    "other_line": _said(lambda: _("两件事不在同一个社区，负责的单位不一样，不能一起办。")),
    "other_procedure": lambda s, a, step: _("这一步等的是“{procedure}”，请填那一类事项的编号。").format(
        procedure=s.terms.procedure(a["procedure"])
    ),
    "same_matter": _said(lambda: _("不能和自己合并。请填另一件的编号。")),
    "stays_alone": _said(lambda: _("反映人要求单独办，不能再合并。")),
}
