"""Whom each effect is told to, and with which words. Codes and arguments only; nothing personal in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.acts import FILER
from gongzhi.core.procedure.gate import part_of
from gongzhi.core.procedure.moves import PEOPLE
from gongzhi.desk.carried import Carried
from gongzhi.records.matters.models import Message
from gongzhi.records.people.models import Person


def to_organ(carried: Carried, holder: str, code: str, at: datetime, **args: Any) -> list[Message]:
    """A message to the people of an organ, inside the program and by its chat group."""
    organ = carried.organ(holder)
    if organ is None:
        return []
    return [_message(carried, code, at, args, channel, organ_id=organ) for channel in ("in_app", "chat")]


def to_filer(carried: Carried, code: str, at: datetime, serves: bool = False, **args: Any) -> list[Message]:
    """A message to whom the matter is for, where the person has an account: inside the program and by mail."""
    return to_person(carried, carried.matter.filer, code, at, serves, **args)


def to_person(
    carried: Carried, person: Person | None, code: str, at: datetime, serves: bool = False, **args: Any
) -> list[Message]:
    if person is None:
        return []
    channels = ("in_app", "mail") if person.mail else ("in_app",)
    return [_message(carried, code, at, args, channel, person=person, serves=serves) for channel in channels]


def _message(carried: Carried, code: str, at: datetime, args: dict[str, Any], channel: str, **to: Any) -> Message:
    return Message(
        matter=carried.matter,
        channel=channel,
        code=code,
        args={name: value.isoformat() if isinstance(value, datetime) else value for name, value in args.items()},
        visit=carried.case.visit,
        next_try=carried.now,
        created_at=at,
        **to,
    )


def receipt(carried: Carried, effect: core.Filed) -> Iterable[Message]:
    return to_filer(carried, "filed", effect.at)


def holder(carried: Carried, effect: core.Entered) -> Iterable[Message]:
    """The organ that holds the step now has to know; a resident is told by `asked`."""
    if effect.holder in PEOPLE:
        return []
    code = "offered" if effect.offered else "entered"
    return to_organ(carried, effect.holder, code, effect.at, step=effect.step, due=carried.matter.due)


def parts(carried: Carried, effect: core.Entered) -> Iterable[Message]:
    """Those who have to sign, come or help; the holder is told already."""
    step, told = carried.step(effect.step), []
    for name, _ in carried.case.control.parts if carried.case.visit == effect.visit else ():
        declared = part_of(step, name)
        if declared is not None and declared.by.kind == "organ":
            told += to_organ(carried, str(declared.by), "part", effect.at, step=effect.step, part=name)
    return told


def asked(carried: Carried, effect: core.Asked) -> Iterable[Message]:
    """The question to a resident. Delivering it is what starts the resident's time (R22)."""
    people = _asked_people(carried, effect.who)
    told = [one for person in people for one in to_person(carried, person, "asked", effect.at, True, step=effect.step)]
    by_hand = [] if people else to_organ(carried, carried.case.control.asked_by, "serve", effect.at, step=effect.step)
    return [*told, *by_hand]


def _asked_people(carried: Carried, who: str) -> list[Person]:
    if who == "filer":
        return [carried.matter.filer] if carried.matter.filer else []
    return list(Person.objects.filter(digest__in=carried.case.parties))


def accepted(carried: Carried, effect: core.Accepted) -> Iterable[Message]:
    return to_filer(carried, "accepted", effect.at, organ=effect.organ, silent=effect.silent)


def declined(carried: Carried, effect: core.Declined) -> Iterable[Message]:
    """The next organ is offered the matter, unless an adjudicator takes it now."""
    if carried.case.control.status == "ruling":
        return []
    return to_organ(carried, effect.to, "offered", effect.at, organ=effect.organ, ground=effect.ground)


def adjudicator(carried: Carried, effect: core.Referred) -> Iterable[Message]:
    return to_organ(carried, effect.adjudicator, "referred", effect.at)


def assigned(carried: Carried, effect: core.Assigned) -> Iterable[Message]:
    return to_organ(carried, effect.organ, "assigned", effect.at, silent=effect.silent)


def raised(carried: Carried, effect: core.Raised) -> Iterable[Message]:
    return to_organ(carried, effect.organ, "raised", effect.at, rung=effect.rung, clock=effect.clock)


def breached(carried: Carried, effect: core.Breached) -> Iterable[Message]:
    return to_organ(carried, effect.organ, "breached", effect.at, clock=effect.clock, times=effect.times)


def extended(carried: Carried, effect: core.Extended) -> Iterable[Message]:
    return to_filer(carried, "extended", effect.at, ground=effect.ground, due=effect.due)


def set_aside(carried: Carried, effect: core.SetAside) -> Iterable[Message]:
    return to_filer(carried, "set_aside", effect.at, step=effect.step, to=effect.to, ground=effect.ground)


def merged(carried: Carried, effect: core.Merged) -> Iterable[Message]:
    """The resident is told before anything else happens, and may let it go alone."""
    return to_filer(carried, "merged", effect.at, leader=effect.leader, organ=effect.answers)


def unfollowed(carried: Carried, effect: core.Unfollowed) -> Iterable[Message]:
    """It goes on alone: the filer knows, unless it was the filer's wish; the holder has it on the list again."""
    told = [] if effect.by == FILER else to_filer(carried, "alone", effect.at, leader=effect.leader, by=effect.by)
    control, due = carried.case.control, carried.matter.due
    return [*told, *to_organ(carried, control.holder, "entered", effect.at, step=control.step, due=due)]


def migrated(carried: Carried, effect: core.Migrated) -> Iterable[Message]:
    return to_filer(carried, "migrated", effect.at, version=effect.version)


def recalendared(carried: Carried, effect: core.Recalendared) -> Iterable[Message]:
    return to_filer(carried, "recalendared", effect.at, old=effect.old_due, new=effect.new_due)


def closed(carried: Carried, effect: core.Closed) -> Iterable[Message]:
    until = carried.case.clock("reopen")
    return to_filer(carried, "closed", effect.at, end=effect.end, reopen_until=until.due if until else None)


def reopened(carried: Carried, effect: core.Reopened) -> Iterable[Message]:
    """The organ that holds it again is told by `holder`; the filer gets a word that it was heard."""
    return to_filer(carried, "reopened", effect.at)
