"""What a meeting's minutes say beside the text: who came by role, items with votes and why, questions, corrections.

Minutes are papers of the community: they are in Chinese, whatever language the page is in. Nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from django.db.models import Q
from django.utils import translation

from gongzhi.records.matters.models import Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings.models import Meeting
from gongzhi.words import meetings as said
from gongzhi.words.terms import Terms

__all__ = ["Part", "corrections", "parts_of", "versions_of"]

Part = tuple[str, tuple[str, ...]]  # a heading and its lines
STATES = {"present": "在场", "left": "中途离开", "apologies": "请假", "away": "未到"}


def parts_of(terms: Terms, meeting: Meeting) -> list[Part]:
    """Each part that has something to say, in the order of an office's minutes."""
    with translation.override("zh-hans"):
        found = [
            ("到会", tuple(_came(meeting))),
            ("议题和表决", tuple(_items(terms, meeting))),
            ("提问和答复", tuple(_questions(meeting))),
        ]
    return [part for part in found if part[1]]


def _came(meeting: Meeting) -> Iterator[str]:
    """Numbers only: as they were sealed when the meeting ended."""
    record: dict[str, Any] = meeting.record or {}
    if record.get("eligible"):
        members = record["members"]
        there = members.get("present", 0)
        others = "，".join(
            f"{text}{members[key]}人" for key, text in STATES.items() if key != "present" and members.get(key)
        )
        yield f"应到{record['eligible']}人，结束时在场{there}人{'，' if others else ''}{others}。"
        means = [
            f"{said.means_text(one)}{members[f'by_{one}']}人"
            for one in ("qr", "list", "paper")
            if members.get(f"by_{one}")
        ]
        if means:
            yield f"签到：{'，'.join(means)}。"


def _items(terms: Terms, meeting: Meeting) -> Iterator[str]:
    for item in (meeting.record or {}).get("items", []):
        yield f"第{item['n']}项　{item['title']}"
        if item["turns"]:
            yield f"发言次序：{'、'.join(said.speaker_text(terms, who) for who in item['turns'])}。"
        if item["counts"].get("recused"):
            yield f"回避{item['counts']['recused']}人。"
        if item["outcome"]:
            way = {"hands": "举手表决，两人计数", "phones": "用手机表决，每人一票"}[item["way"]]
            yield f"{way}。{said.verdict_sentence(item['outcome'], item['votes'], item['because'], item['law'])}"


def _questions(meeting: Meeting) -> Iterator[str]:
    rows = meeting.voices.filter(kind="question").select_related("shown", "answer").order_by("number")
    left = 0
    for one in rows:
        if one.shown is None or one.answer is None:
            left += 1
            continue
        yield f"问（{said.source_text(one.source)}）：{read_text(one.shown)}"
        yield f"答：{read_text(one.answer)}"
    if left:
        yield f"另有{left}个问题会后答复。"


def versions_of(meeting: Meeting) -> list[Words]:
    """Every text of the minutes, the oldest first; corrections come as later acts about the same visit."""
    its_own = Q(act__visit=meeting.visit) | Q(act__visit="", act__at=meeting.held_at)  # a program may name no visit
    rows = meeting.matter.words.filter(its_own, name="minutes", erased_at=None)
    return [row for row in rows.order_by("pk") if row.media_type.startswith("text/")]


def corrections(versions: list[Words]) -> tuple[str, ...]:
    """What later versions took out and put in, line by line: a correction stays visible."""
    lines: list[str] = []
    texts = [read_text(row).split("\n") for row in versions]
    for old, new in pairwise(texts):
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                lines += [f"原文：{line}" for line in old[a:b] if line.strip()]
                lines += [f"更正为：{line}" for line in new[c:d] if line.strip()]
    return tuple(lines)
