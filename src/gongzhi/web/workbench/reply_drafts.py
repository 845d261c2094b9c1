"""Beginnings for a reply: templates of the community and answers that fit, put into the form beside what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from django.http import HttpRequest

from gongzhi.core.calendar import in_china
from gongzhi.records.knowledge.answers import fitting, published
from gongzhi.records.knowledge.models import Answer
from gongzhi.web.workbench import drafts
from gongzhi.web.workbench.boxes import Box
from gongzhi.web.workbench.found import Found

__all__ = ["offered", "with_reply"]

MOST = 6
FITTING = 2
KINDS = ("paper", "text")
MINUTES = "doc.minutes"  # has a frame of its own
NOT_A_REPLY = ("remark",)


def offered(found: Found, boxes: Sequence[Box]) -> list[Answer]:
    """Answers that fit what was said come first, then the templates of the place."""
    if _box(boxes) is None:
        return []
    place, said = found.matter.place, found.matter.subject
    rows = chain(fitting(place, said, "reply", FITTING), fitting(place, said, "answer", FITTING),
                 published(place, "reply")[:MOST])  # fmt: skip
    known = {row.pk: row for row in rows}
    return list(known.values())[:MOST]


def with_reply(request: HttpRequest, found: Found, boxes: Sequence[Box], draft: drafts.Draft) -> drafts.Draft:
    """The form with the beginning that was asked for (`?reply=`), after whatever is typed there already."""
    box, wanted = _box(boxes), request.GET.get("reply", "")
    if box is None or not wanted.isdecimal() or len(wanted) > 9:
        return draft
    rows = [*published(found.matter.place, "reply"), *published(found.matter.place)]
    row = next((one for one in rows if one.pk == int(wanted)), None)
    text = _filled(found, row.text) if row else ""
    before = draft.typed.get(box.name, "")
    if not text or text in before:
        return draft
    return replace(draft, typed={**draft.typed, box.name: f"{before}\n\n{text}".strip()})


def _box(boxes: Sequence[Box]) -> Box | None:
    """Where the reply is written: the first paper, else the first longer text."""
    fitting_boxes = [one for one in boxes if one.kind in KINDS and one.name not in (MINUTES, *NOT_A_REPLY)]
    return next(iter(sorted(fitting_boxes, key=lambda one: KINDS.index(one.kind))), None)


def _filled(found: Found, text: str) -> str:
    """Names of facts in braces replaced; an unknown one stays, so that whoever writes sees it."""
    known = {
        "编号": found.matter.number, "事项": found.matter.subject, "日期": f"{in_china(found.at):%Y年%-m月%-d日}",
        "单位": found.matter.answers.title if found.matter.answers else "",
    }  # fmt: skip
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text
