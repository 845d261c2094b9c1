"""What stands in a form before anybody has typed: titles, and the frame of a meeting's minutes.

Minutes are papers of the community: they are in Chinese, whatever language the page is in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from gongzhi.desk.meeting_facts import counts_now
from gongzhi.desk.room_facts import known
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.meetings.queries import meeting_of
from gongzhi.web.workbench import drafts
from gongzhi.web.workbench.boxes import Box
from gongzhi.web.workbench.found import Found
from gongzhi.words.actions import Action
from gongzhi.words.times import at_text

__all__ = ["minutes_frame", "preset"]

MINUTES = "doc.minutes"
SAID = {"True": "yes", "False": "no"}


def preset(found: Found, action: Action, boxes: list[Box], blank: drafts.Draft) -> drafts.Draft:
    """The empty form with what is known already."""
    typed = {box.name: box.preset for box in boxes if box.preset}
    typed |= _from_room(found, boxes)
    meeting = meeting_of(found.matter, found.case.visit) if found.meets else None
    if meeting is not None and meeting.opened_at is not None:
        counts = counts_now(found.charter, meeting, found.at)
        typed |= {f"count.{name}": str(number) for name, number in counts.items()}
    if found.meets and any(box.name == MINUTES for box in boxes):
        typed[MINUTES] = minutes_frame(found, meeting) if meeting else ""
    return replace(blank, typed=typed)


def _from_room(found: Found, boxes: list[Box]) -> dict[str, str]:
    """Facts that the room of the step knows: how many bids there were, whether residents are the majority."""
    asked = {box.name for box in boxes}
    facts = known(found.matter, found.charter, found.case, found.at)
    return {
        f"field.{name}": SAID.get(str(value), str(value)) for name, value in facts.items() if f"field.{name}" in asked
    }


def minutes_frame(found: Found, meeting: Meeting) -> str:
    """Title, time and place, agenda, and the three closing lines of minutes; people write in between."""
    lines = [meeting.title]
    if meeting.at:
        lines.append(f"时间：{at_text(meeting.at)}")
    if meeting.where:
        lines.append(f"地点：{meeting.where}")
    lines += ["", *[f"{nth}. {item}" for nth, item in enumerate(meeting.agenda, 1)], "", ""]
    lines += attendance_lines(found, meeting)
    return "\n".join(lines)


def attendance_lines(found: Found, meeting: Meeting) -> list[str]:
    """出席、请假、列席: seats and numbers of people, no names."""
    present: list[str] = []
    away: list[str] = []
    for row in meeting.attendances.order_by("pk"):
        who = found.terms.holder(row.part.partition(".")[2] or row.part)
        people = f"{who}{row.count}人" if row.count > 1 else who
        (present if row.state == "present" else away).append(people)
    members = Counter(meeting.members.values_list("state", flat=True))
    if members["present"] or members["left"]:
        present.append(f"代表{members['present'] + members['left']}人")
    if members["apologies"]:
        away.append(f"代表{members['apologies']}人")
    none = "无"
    return [
        "出席：{who}".format(who="、".join(present) or none),
        "请假：{who}".format(who="、".join(away) or none),
        f"列席：{none}",
    ]
