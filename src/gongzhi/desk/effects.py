"""What the desk does about each effect of an act: one visible table, no signals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gongzhi.core.procedure import effects as core
from gongzhi.desk import (
    admissions,
    alike,
    ballots,
    ballots_count,
    children,
    consultations,
    funds_step,
    gatherings,
    meeting_notes,
    retitle,
    review_appeals,
    review_ready,
    reviews,
    room_facts,
    signatures,
    tell,
    together,
)
from gongzhi.desk.carried import Carried
from gongzhi.records.matters import retention
from gongzhi.records.matters.models import Message
from gongzhi.records.rows import insert

__all__ = ["EFFECTS", "Carried", "carry_out"]

Handler = Callable[[Carried, Any], Iterable[Message] | None]


def _erase_later(carried: Carried, effect: core.Finalised) -> None:
    retention.begin(carried.matter, effect.at)


EFFECTS: dict[type[core.Effect], tuple[Handler, ...]] = {
    core.Filed: (tell.receipt, admissions.filed, alike.filed),
    core.Entered: (
        gatherings.plan_meeting,
        ballots.begin,
        consultations.plan,
        signatures.begin,
        reviews.begin,
        room_facts.begin,
        tell.holder,
        tell.parts,
    ),
    core.Left: (
        funds_step.pay,
        gatherings.hold_meeting,
        meeting_notes.fulfilled,
        ballots_count.end,
        consultations.end,
        signatures.end,
        reviews.end,
        review_ready.left,
        review_appeals.left,
        room_facts.end,
    ),
    core.Asked: (tell.asked,),
    core.Served: (gatherings.hang_notice,),
    core.Accepted: (tell.accepted,),
    core.Declined: (tell.declined,),
    core.Referred: (tell.adjudicator,),
    core.Assigned: (tell.assigned,),
    core.PartChanged: (gatherings.attend,),
    core.Raised: (tell.raised,),
    core.Breached: (tell.breached,),
    core.Paused: (),
    core.Resumed: (),
    core.Extended: (tell.extended,),
    core.Published: (gatherings.publish,),
    core.ObjectionChanged: (gatherings.objection,),
    core.ChildrenOpened: (children.open_children,),
    core.Merged: (tell.merged,),
    core.Led: (),
    core.Unfollowed: (tell.unfollowed,),
    core.LeaderEnded: (),
    core.Joined: (),
    core.Migrated: (tell.migrated,),
    core.SetAside: (tell.set_aside,),
    core.Corrected: (gatherings.correct,),
    core.Recalendared: (tell.recalendared,),
    core.Noted: (gatherings.invite, meeting_notes.noted, retitle.retitle, ballots.noted),
    core.Closed: (tell.closed, children.tell_parent),
    core.Reopened: (tell.reopened,),
    core.Finalised: (_erase_later, alike.final),
}


def carry_out(carried: Carried, effects: Iterable[core.Effect]) -> None:
    """Carry out effects in their order; messages are only queued here and sent by the worker."""
    messages: list[Message] = []
    for effect in effects:
        for handler in EFFECTS[type(effect)]:
            messages += handler(carried, effect) or ()
    messages += together.queue(carried)
    insert(messages)
