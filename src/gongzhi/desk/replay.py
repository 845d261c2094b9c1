"""One matter replayed from its log through the engine, and compared with everything that is stored of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import Act as CoreAct
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import Outcome, advance, tick
from gongzhi.core.procedure.migrate import migrate
from gongzhi.core.procedure.store import act_from
from gongzhi.desk import calendars
from gongzhi.records.institutions.queries import UnknownCharter, charter_by_digest
from gongzhi.records.matters import actions
from gongzhi.records.matters.chain import GENESIS, act_hash
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Act, Matter, Todo, Words
from gongzhi.records.matters.standing import Standing, standing, tasks


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that does not fit. `what` is a code: hash, link, copy, replay, row, tail, todo, words, digest ..."""

    matter: str
    seq: int
    what: str


@dataclass
class Replay:
    """The matter so far, as the log tells it."""

    matter: Matter
    case: Case | None = None
    charter: Charter | None = None
    place: Standing | None = None
    closed_at: datetime | None = None
    head: str = GENESIS
    seq: int = 0
    documents: dict[int, set[str]] = field(default_factory=dict)

    def acts(self, acts: Sequence[Act]) -> Iterator[Broken]:
        """Replay the acts in order; stops at the first one that cannot be replayed."""
        for act in acts:
            found = list(self._act(act))
            yield from found
            if any(one.what.startswith(("link", "replay")) for one in found):
                return
        yield from self._row()

    def _act(self, act: Act) -> Iterator[Broken]:
        number = self.matter.number
        if act.seq != self.seq + 1 or act.prev_hash != self.head:
            yield Broken(number, self.seq + 1, "link")
            return
        self.seq, self.head = act.seq, act.hash
        if act.hash != act_hash(number, act.seq, act.prev_hash, act.recorded_at, act.payload, act.outcome):
            yield Broken(number, act.seq, "hash")
        try:
            payload = json.loads(act.payload)
            told = act_from(payload["act"])
            outcome = self._replayed(told, payload)
        except (
            Refused, UnknownCharter, calendars.UnknownCalendar, ValueError, KeyError, TypeError, AttributeError,
        ) as fault:  # fmt: skip
            yield Broken(number, act.seq, f"replay:{getattr(fault, 'code', type(fault).__name__)}")
            return
        yield from self._compare(act, told, outcome, payload)

    def _replayed(self, told: CoreAct, payload: dict[str, Any]) -> Outcome:
        calendar = calendars.by_digest(payload["calendar"])
        if self.case is None or self.charter is None:
            self.charter = charter_by_digest(payload["charter"])
            return advance(self.charter, None, told, calendar)
        if told.kind == "tick":
            return tick(self.charter, self.case, told.at, calendar)
        if told.kind == "migrate":  # from here on the matter follows the charter that the act names
            before, self.charter = self.charter, charter_by_digest(told.to)
            return migrate(before, self.charter, self.case, told, calendar)
        return advance(self.charter, self.case, told, calendar)

    def _compare(self, act: Act, told: CoreAct, outcome: Outcome, payload: dict[str, Any]) -> Iterator[Broken]:
        number, charter = self.matter.number, self.charter
        if charter is None:
            return
        copies = (act.kind, act.at, act.person, act.organ, act.seat, act.visit)
        if copies != (told.kind, told.at, told.by.person, told.by.organ, told.by.seat, told.visit):
            yield Broken(number, act.seq, "copy")
        if actions.outcome_text(outcome, actions.state_text(outcome.case)) != act.outcome:
            yield Broken(number, act.seq, "replay:outcome")
        place = standing(charter, outcome.case, self.place)
        status = self.place.status if self.place else "open"
        self.closed_at = actions.closed_at(place, outcome.case, status, self.closed_at)
        self.case, self.place = outcome.case, place
        self.documents[act.pk] = {*told.documents.values(), *payload.get("words", {}).values()}

    def _row(self) -> Iterator[Broken]:
        matter, case, place = self.matter, self.case, self.place
        if case is None or place is None:
            yield Broken(matter.number, 0, "empty")
            return
        if (matter.seq, matter.head) != (self.seq, self.head):
            yield Broken(matter.number, self.seq, "tail")
        if matter.state != actions.state_text(case):
            yield Broken(matter.number, self.seq, "row:state")
        expected = {
            **place.columns(),
            "closed_at": self.closed_at,
            "filed_at": case.history.filed,
            "procedure": case.procedure,
            "category": case.category,
            "channel": case.channel,
        }
        for name, value in expected.items():
            if getattr(matter, name) != value:
                yield Broken(matter.number, self.seq, f"row:{name}")
        if matter.charter_version.digest != case.digest:
            yield Broken(matter.number, self.seq, "row:charter_version")

    def todos(self, rows: Sequence[Todo]) -> Iterator[Broken]:
        """Are the to-do rows those of the case? Lists are made of them."""
        if self.case is None or self.charter is None or self.place is None:
            return
        wanted = set(tasks(self.charter, self.case, self.place)) if self.place.status in OPEN else set()
        if {actions.task_of(row) for row in rows} != wanted:
            yield Broken(self.matter.number, self.seq, "todo")

    def words(self, rows: Sequence[Words]) -> Iterator[Broken]:
        """Does the log name exactly the words that are stored? Erased ones keep their row and digest."""
        stored: dict[int, set[str]] = {pk: set() for pk in self.documents}
        for row in rows:
            stored.setdefault(row.act_id, set()).add(row.digest)
        for pk, digests in self.documents.items():
            if stored[pk] != digests:
                yield Broken(self.matter.number, self.seq, "words")
