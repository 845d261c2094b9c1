"""A decision rule as people say it: how many have to take part, and how many of them have to agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.words.budget import completion_name, rule_name
from gongzhi.words.terms import english

__all__ = ["rule_said"]

COMPARED = re.compile(r"([a-z_]+)(?:\s*\*\s*(\d+))?\s*(>=|>)\s*([a-z_]+)(?:\s*\*\s*(\d+))?")

WHAT: dict[tuple[str, str], Callable[[], str]] = {
    ("present", "eligible"): lambda: _("参加的人数{share}"),
    ("area_present", "area_total"): lambda: _("参加的面积{share}"),
    ("yes", "present"): lambda: _("同意的人数{share}（按参加的算）"),
    ("area_yes", "area_present"): lambda: _("同意的面积{share}（按参加的算）"),
    ("yes", "eligible"): lambda: _("同意的人数{share}（按名册算）"),
    ("area_yes", "area_total"): lambda: _("同意的面积{share}（按总面积算）"),
}
SHARE: dict[tuple[str, int, int], Callable[[], str]] = {
    (">", 1, 2): lambda: _("过半数"),
    (">=", 2, 3): lambda: _("达到三分之二"),
    (">", 2, 3): lambda: _("超过三分之二"),
    (">=", 3, 4): lambda: _("达到四分之三"),
    (">=", 1, 3): lambda: _("达到三分之一"),
}


def rule_said(rule: Mapping[str, Any]) -> str:
    """要通过：参加的人数过半数，同意的人数过半数（……）. Empty where there is no rule."""
    if not rule:
        return ""
    parts = [said for key in ("quorum", "passes") for said in map(_part, str(rule.get(key, "")).split("&&")) if said]
    if rule.get("kind") == "budget":
        return _sharing(rule, parts)
    law = rule.get("law_en") if english() and rule.get("law_en") else rule.get("law", "")
    return _("要通过：{parts}（{law}）。").format(parts=_("，").join(parts), law=law)


def _sharing(rule: Mapping[str, Any], parts: list[str]) -> str:
    """How money is shared among projects, and what that needs first."""
    own = rule.get("own") or {}
    how = rule_name(str(own.get("method", "equal_shares")).replace("_", "-"))
    rest = completion_name(str(own.get("completion", "none")).replace("_", "-"))
    first = [_("{parts}才算数").format(parts=_("，").join(parts))] if parts else []
    said = _("资金按{how}分给项目：{rest}").format(how=how, rest=_("；").join([rest, *first]))
    law = f"（{rule['law']}）" if rule.get("law") else ""
    return f"{said}{law}{_('。')}"


def _part(text: str) -> str:
    found = COMPARED.fullmatch(text.strip())
    if found is None:
        return ""
    subject, times, sign, of, of_times = found.groups()
    tell = WHAT.get((subject, of))
    return tell().format(share=_share(sign, int(of_times or 1), int(times or 1))) if tell else ""


def _share(sign: str, part: int, whole: int) -> str:
    known = SHARE.get((sign, part, whole))
    if known:
        return known()
    words = _("达到{part}/{whole}") if sign == ">=" else _("超过{part}/{whole}")
    return words.format(part=part, whole=whole)
