"""Child matters: opened by a step of their parent, and telling it when they end (R33)."""

from __future__ import annotations

from collections.abc import Iterable

from gongzhi.core.procedure import effects as core
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import NewMatter
from gongzhi.records.matters.models import Message

CHILD_ENDED = "child_ended"


def open_children(carried: Carried, effect: core.ChildrenOpened) -> None:
    """File one matter for each key, in the transaction of the parent's step, for the same resident."""
    from gongzhi.desk.filing import file_child  # filing carries out effects, and this is one

    parent = carried.matter
    for key in effect.keys:
        new = NewMatter(
            place=parent.place,
            category=parent.category,
            procedure=effect.procedure,
            charter=parent.charter_version,
            public=parent.public,
            channel=parent.channel,
            headcount=parent.headcount,
            filer=parent.filer,
        )
        file_child(new, parent, f"{carried.row.seq}:{key}", effect.at, carried.now)


def tell_parent(carried: Carried, effect: core.Closed) -> Iterable[Message]:
    """Queued, not called: a child and its parent are never locked together, so they cannot block each other."""
    child = carried.matter
    if child.parent_id is None:
        return []
    return [
        Message(
            matter_id=child.parent_id,
            channel="internal",
            code=CHILD_ENDED,
            args={"key": child.parent_key.partition(":")[2], "end": effect.end, "child": child.number},
            next_try=carried.now,
            created_at=effect.at,
        )
    ]
