"""The public title of a matter: made of category and place at first, then as staff write it. Logged like any act."""

from __future__ import annotations

from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.carried import Carried
from gongzhi.records.matters import sealing

TITLE = "title"
LONGEST = 60  # characters


def retitle(carried: Carried, effect: core.Noted) -> None:
    """A note of the kind `title` by an organ gives the matter its public title. Raises Refused for anybody else."""
    if effect.kind != TITLE:
        return
    words = carried.words(TITLE)
    said = " ".join(sealing.read_text(words).split())[:LONGEST] if words is not None else ""
    if carried.act.by.organ not in carried.charter.organs:
        raise Refused("not_holder", holder=carried.case.control.holder)
    if said:
        carried.matter.subject = said
        carried.matter.save(update_fields=["subject"])
