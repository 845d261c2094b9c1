"""A mark on a ballot over projects and money, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def mark_text(item: Mapping[str, Any], mark: str) -> str:
    """`c2>c1` as 1 长椅、2 路灯; `c1:5` as 路灯5分; empty for other marks."""
    titles = dict(item.get("options") or [])
    if ">" in mark:
        places = [f"{place} {titles.get(key, key)}" for place, key in enumerate(mark.split(">"), 1)]
        return _("、").join(places)
    if ":" in mark:
        pairs = [part.partition(":") for part in mark.split("+")]
        return _("、").join(_("{name}{n}分").format(name=titles.get(key, key), n=points) for key, _c, points in pairs)
    return ""
