"""What is held about the person who is signed in, kind by kind, as one reads it on the page; the file has all of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gongzhi.desk.held import HELD
from gongzhi.records.people.models import Person

__all__ = ["sections"]

MOST = 20  # rows of a kind on the page

# Kind -> its title, and what of a row is read there; keys and codes are in the file only.
SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "matters": (_("我反映的事"), ("number", "subject", "filed_at")),
    "words": (_("我写的话和交的材料"), ("matter", "text")),
    "acts": (_("我办过的步骤"), ("matter", "at")),
    "points": (_("我在地图上点的地方"), ("matter", "thing")),
    "patrol_reports": (_("我巡查报的"), ("place", "spot", "received_at")),
    "messages": (_("给我的消息"), ("matter", "created_at")),
    "contributions": (_("征求意见时我说的话"), ("text", "added_at")),
    "stances": (_("我表态的看法"), ("statement",)),
    "survey_answers": (_("我答的问卷"), ("question", "text", "value")),
    "signatures": (_("我签的联名"), ("signature_list", "signed_at")),
    "rated": (_("我评过的（只记评过，不记评了什么）"), ("review",)),
    "roll_lines": (_("我在的表决名册"), ("name", "unit")),
    "voted": (_("我投过的票（只记投过，不记投了什么）"), ("ballot", "day")),
    "proxies": (_("我的书面委托"), ("ballot", "day")),
    "roll_objections": (_("我对名册的异议"), ("what", "answer", "made_at")),
    "meetings": (_("我在的会议名册"), ("meeting", "arrived_at")),
    "recusals": (_("我回避的议题"), ("item",)),
    "meeting_votes": (_("我在会上表决过的议题（不记怎么表决）"), ("item",)),
    "attendances": (_("我参加的会议"), ("meeting", "at")),
    "counted_hands": (_("我数过的举手"), ("item",)),
    "voices": (_("我在会上提的"), ("meeting", "made_at")),
    "objections": (_("我对公示的异议"), ("notice", "made_at")),
    "project_duties": (_("我在的项目小组"), ("project", "name", "duties")),
    "organisations": (_("我登记的组织和队伍"), ("name", "about", "contact", "applied_at")),
    "bookings": (_("我的预约"), ("service", "start", "end")),
    "skills": (_("我愿意教、愿意帮的"), ("what", "times", "offered_at")),
    "posts": (_("我的任命"), ("document", "at")),
    "helped": (_("我替人代办的"), ("place", "at")),
    "code_generator": (_("我的动态口令"), ("confirmed_at",)),
    "resets": (_("我的登录重设"), ("asked_at", "used_at")),
    "sign_in_codes": (_("发给我的验证码"), ("contact", "sent_at")),
    "programs": (_("我授权的程序"), ("label", "created_at")),
    "read_by": (_("谁看过"), ("role", "at")),
}


def sections(person: Person) -> list[dict[str, Any]]:
    """Kinds of which something is held: title, rows (each a list of texts and moments), and whether there are more."""
    found = []
    for key, (title, names) in SHOWN.items():
        rows = [HELD[key].shown(row) for row in HELD[key].rows(person)[: MOST + 1]]
        if rows:
            lines = [[_cell(row[name]) for name in names if row[name] not in (None, "")] for row in rows[:MOST]]
            found.append({"key": key, "title": gettext(title), "rows": lines, "more": len(rows) > MOST})
    return found


def _cell(value: Any) -> Any:
    """Moments are written in the reader's way; everything else is as it is held."""
    if isinstance(value, str) and len(value) > 18 and value[4:5] == value[7:8] == "-":
        return datetime.fromisoformat(value)
    return value
