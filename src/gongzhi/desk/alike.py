"""What a matter is about, remembered as keyed numbers from its filing until it is final, so that repeats are found."""

from __future__ import annotations

from gongzhi.core.procedure import effects as core
from gongzhi.desk.carried import Carried
from gongzhi.records.knowledge import actions

SAID = "what"


def filed(carried: Carried, effect: core.Filed) -> None:
    """Numbers of what somebody said; matters filed without words of their own have none."""
    said = carried.draft.words.get(SAID) if carried.draft is not None else None
    if said is None:
        return
    actions.remember(carried.matter, said if isinstance(said, str) else said.content.decode("utf-8", "replace"))


def final(carried: Carried, effect: core.Finalised) -> None:
    """Nothing new can be the same as a matter that nobody can reopen."""
    actions.forget(carried.matter)
