"""What stands beside a matter in other rooms: its project page, its tender, as links."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.records.matters.models import Matter
from gongzhi.web.tenders import has_tender

__all__ = ["beside"]

PROJECT = "project"


def beside(matter: Matter, staff: bool = False) -> list[dict[str, str]]:
    """Links for everybody, or for staff; everybody's only where the matter is public."""
    if matter.kind != PROJECT or not (staff or matter.public):
        return []
    names = ("work_project", "work_tender") if staff else ("board_project", "board_tender")
    found = [{"text": _("项目页：小组、计划、记录卡和钱"), "href": reverse(names[0], args=[matter.number])}]
    if has_tender(matter):
        found.append({"text": _("招标页：标书、得分和指标"), "href": reverse(names[1], args=[matter.number])})
    return found
