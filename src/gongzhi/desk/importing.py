"""Taking over matters of the past: original times kept, every act through the one door, safe to repeat.

A message becomes a matter filed when it was said; its answer becomes the act of whoever had to answer then,
marked as imported; the answer was public on the board it came from, so the author counts as told. What came of
the silence since is for the clocks to say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.moves import PEOPLE
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.messages import Message
from gongzhi.desk.propose import elsewhere, propose
from gongzhi.desk.step import file_matter, settle, take_step
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters import actions
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import NewWords, text

CHANNEL = "import"
HOPS = 4  # steps between filing and the answer of the office that handles, at most


@dataclass(frozen=True, slots=True)
class Imported:
    number: str
    repeated: bool


def import_message(message: Message, place: Place, charter: Charter, now: datetime) -> Imported:
    """Take over one message. Raises Refused; a second call for the same message changes nothing.

    A run that was killed half-way goes on where it stopped, because each act has its own key.
    """
    key = f"message:{message.source}"
    new = NewMatter(place, _category(charter, message), _words(message), channel=CHANNEL)
    taken = file_matter(new, None, message.said_at, key, now)
    matter = taken.matter
    if message.reply and message.replied_at and not _answered(matter):
        _answer(matter, message, message.replied_at, now, key)
    settle(matter.number, now)
    return Imported(matter.number, taken.repeated)


def _category(charter: Charter, message: Message) -> str:
    """An old message was answered by an office; it does not go through meetings that were never held."""
    general = charter.categories.get(elsewhere(charter))
    return propose(charter, f"{message.title}\n{message.text}", general.procedure or "" if general else "")


def _words(message: Message) -> dict[str, NewWords | str]:
    said = {"what": text(message.text, collected_from=CHANNEL)}
    if message.title:
        said["title"] = text(message.title, collected_from=CHANNEL)
    reached = {name: value for name, value in (("name", message.who), ("phone", message.phone)) if value}
    if reached:
        said["contact"] = text(json.dumps(reached, ensure_ascii=False), kind="contact", collected_from=CHANNEL)
    return dict(said)


def _answered(matter: Matter) -> bool:
    return matter.acts.filter(kind="serve").exists()


def _answer(matter: Matter, message: Message, at: datetime, now: datetime, key: str) -> None:
    """Go step by step, as whoever holds each, until the author is asked; the answer goes with every step."""
    for hop in range(HOPS):
        case = _case(matter, at)
        if case.control.status != "open" or case.control.holder in PEOPLE:
            break
        organ, _dot, seat = case.control.holder.partition(".")
        draft = _draft(case, message, organ, seat)
        take_step(matter.number, draft, None, at, f"{key}:{hop}", now)
    case = _case(matter, at)
    if case.control.holder in PEOPLE and not case.control.served:
        take_step(matter.number, Draft("serve", channel=CHANNEL), None, at, f"{key}:told", now)


def _case(matter: Matter, at: datetime) -> Case:
    settle(matter.number, at)
    matter.refresh_from_db()
    return actions.read_state(matter.state)


def _draft(case: Case, message: Message, organ: str, seat: str) -> Draft:
    """The first outcome of a step is its good one; papers it needs are the answer itself."""
    step = charter_by_digest(case.digest).procedures[case.procedure].steps[case.control.step]
    outcome, result = next(iter(step.then.items()))
    papers = step.makes if result.makes is None else result.makes
    words = {name: text(message.reply, collected_from=CHANNEL) for name in papers}
    return Draft("done", outcome=outcome, words=words, organ=organ, seat=seat)
