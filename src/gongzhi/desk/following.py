"""Bringing along whoever follows or waits for a matter: in batches, each in its own transaction (R34, R35).

What has to be done is read from how the leader stands now, so that doing it twice, or late, changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import WITHDRAWN
from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.desk.together import bring_along, facts
from gongzhi.records.matters import actions, queries
from gongzhi.records.matters.models import Matter, Message

BATCH = 200
ENDED = ("closed", "final")
LEADER_WITHDRAWN = "leader_withdrawn"  # ground in the log: the oldest follower leads from then on
OVERTAKEN = frozenset({"not_following", "not_waiting", "closed", "final", "outcome_unknown", "unknown_organ", "barred"})


def bring_on(message: Message, now: datetime) -> None:
    """Do for the next followers what the leader's position asks; whoever is left waits for the next message."""
    leader = queries.by_number(message.matter.number) if message.matter else None
    if leader is None:
        return
    rows = queries.going_with(leader.number).filter(pk__gt=message.args.get("after", 0)).order_by("pk")
    batch = list(rows[:BATCH])
    case = actions.read_state(leader.state)
    promoted = _promoted(message, case)
    for follower in batch:
        _one(follower, leader, case, promoted, now)
    if len(batch) == BATCH:
        bring_along(leader, now, {**message.args, "after": batch[-1].pk}).save()


def _promoted(message: Message, case: Case) -> str:
    """The leader was withdrawn: the follower that was filed first leads, and the message remembers which one it is."""
    if case.control.end != WITHDRAWN or case.control.status not in ENDED or message.matter is None:
        return ""
    if "leader" not in message.args:
        oldest = queries.going_with(message.matter.number).filter(status="following").order_by("filed_at", "pk").first()
        message.args = {**message.args, "leader": oldest.number if oldest else ""}
        message.save(update_fields=["args"])
    return str(message.args["leader"])


def _one(follower: Matter, leader: Matter, case: Case, promoted: str, now: datetime) -> None:
    draft = _draft(follower, leader, case, promoted)
    if draft is None:
        return
    try:
        take_step(follower.number, draft, None, now, f"together:{leader.number}:{leader.seq}:{draft.to}")
    except Refused as refused:
        if refused.code not in OVERTAKEN:
            raise


def _draft(follower: Matter, leader: Matter, case: Case, promoted: str) -> Draft | None:
    if follower.status != "following":
        ended = case.control.status in ENDED and follower.status == "open"
        waits = actions.read_state(follower.state).control.awaits == leader.number
        return Draft("delivered", outcome=case.control.end) if ended and waits else None
    if follower.number == promoted:
        return Draft("unfollow", ground=LEADER_WITHDRAWN)
    if promoted:
        return Draft("lead", to=promoted)
    if case.control.status in ENDED:
        return Draft("leader_ended", outcome=case.control.end)
    if case.control.status == "following":
        return Draft("lead", to=case.control.leader)
    return None if _knows(follower, leader, case) else Draft("lead", to=leader.number)


def _knows(follower: Matter, leader: Matter, case: Case) -> bool:
    """Does the follower say already who answers and until when? Then nothing is written."""
    own, told = actions.read_state(follower.state), facts(leader, case)
    clock = own.clock("follow")
    same = clock is not None and clock.due == datetime.fromisoformat(told["due"])
    return same and own.control.led_by == told["answers"] and own.control.leader == leader.number
