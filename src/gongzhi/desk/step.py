"""The one door (窗口): every change of every matter passes here, in one transaction, log first.

`take_step` carries out an act on a matter, `file_matter` opens one, `settle` lets the clocks do what is due.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import FILER, SYSTEM, Actor, Filing
from gongzhi.core.procedure.acts import Act as CoreAct
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import Outcome, advance, tick
from gongzhi.desk import calendars
from gongzhi.desk.draft import Draft, NewMatter, Taken
from gongzhi.desk.effects import Carried, carry_out
from gongzhi.desk.intake import Papers, papers_of, request_digest, scoped_key, subject_of
from gongzhi.desk.permissions import MACHINE, Asked, actor_for, actor_for_filing
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.queries import charter_by_digest, charter_for, charter_of, nearest_cast
from gongzhi.records.matters import actions, queries
from gongzhi.records.matters.models import Act, Matter
from gongzhi.records.matters.numbers import draw_number
from gongzhi.records.people.models import Person

DRAWS = 5  # how often a matter's number is drawn again when it is taken
AHEAD = timedelta(minutes=5)  # how far a clock may run before ours
TOGETHER = timedelta(minutes=1)  # acts this close count as done at the same moment


def take_step(
    number: str, draft: Draft, acting: Person | None, at: datetime, key: str | None, now: datetime | None = None
) -> Taken:
    """Carry out one act on a matter.

    `acting` None is the machine. `at` is when the act took place, `now` (default `at`) when it is recorded.
    The same `key` by the same person gives the first result again and changes nothing.
    Raises Refused with nothing of the draft stored: the engine's codes, and `unknown_matter`, `key_reused`,
    `in_future`. What the clocks did before the act is stored all the same.
    """
    check_time(at, now)
    for _ in range(DRAWS):
        try:
            with writing():
                found = _do(number, draft, acting, at, key, now or at)
            return _answered(found)
        except IntegrityError:  # a child matter drew a number that is taken
            continue
    raise Refused("try_again")


def _do(
    number: str, draft: Draft, acting: Person | None, at: datetime, key: str | None, now: datetime
) -> Taken | Refused:
    matter = queries.locked(number)
    if matter is None:
        return Refused("unknown_matter", number=number)
    request = request_digest(draft)
    own_key = scoped_key(acting, key)
    if own_key and (done := queries.act_of_key(matter, own_key)):
        return _again(matter, done, request)
    case = actions.read_state(matter.state)
    charter = charter_by_digest(case.digest)
    hand = Hand(matter, charter, now)
    at = _in_order(case, at)
    case = hand.settle(case, at)
    try:
        actor = actor_for(acting, charter, case, _asked(draft), at, matter.filer_id)
        papers = papers_of(draft, charter, case.procedure, acting, at)
        act = _core_act(draft, actor, at, papers)
        outcome = advance(charter, case, act, hand.calendar)
    except Refused as refused:
        return _with_winner(refused, matter)
    row = hand.record(case, act, outcome, papers, own_key, request, draft)
    return Taken(matter, row, outcome)


def _in_order(case: Case, at: datetime) -> datetime:
    """Two requests of one moment may get the lock in the other order; a clock really set back is refused."""
    behind = case.history.last - at
    return case.history.last if timedelta() < behind <= TOGETHER else at


def settle(number: str, now: datetime) -> Taken | None:
    """Let the clocks of one matter do what is due. None: nothing was. Raises Refused `unknown_matter`."""
    with writing():
        matter = queries.locked(number)
        if matter is None:
            raise Refused("unknown_matter", number=number)
        case = actions.read_state(matter.state)
        hand = Hand(matter, charter_by_digest(case.digest), now)
        hand.settle(case, now)
        return Taken(matter, hand.last, hand.outcome) if hand.last and hand.outcome else None


def file_matter(
    new: NewMatter, acting: Person | None, at: datetime, key: str | None, now: datetime | None = None
) -> Taken:
    """Open a matter. The same `key` by the same person gives the first matter again.

    Raises Refused: the engine's codes, and `no_charter`, `no_organ_here`, `key_reused`, `in_future`.
    """
    check_time(at, now)
    request, own_key = request_digest(new), scoped_key(acting, key)
    for _ in range(DRAWS):
        try:
            with writing():
                return _open(new, acting, at, own_key, now or at, request)
        except IntegrityError:
            if own_key and (first := queries.filing_of_key(own_key)):
                return _answered(_again(first.matter, first, request))
    raise Refused("try_again")


def file_child(new: NewMatter, parent: Matter, child: str, at: datetime, now: datetime) -> Taken:
    """Open a child of a matter inside its step; the machine files it and the log of both says so."""
    return _open(new, None, at, scoped_key(None, f"child:{parent.number}:{child}"), now, "", parent, child)


def _answered(found: Taken | Refused) -> Taken:
    if isinstance(found, Refused):
        raise found
    return found


def _open(
    new: NewMatter, acting: Person | None, at: datetime, key: str | None, now: datetime, request: str,
    parent: Matter | None = None, child: str = "",
) -> Taken:  # fmt: skip
    version = new.charter or charter_for(new.place, at)
    if version is None:
        raise Refused("no_charter", place=new.place.name)
    charter = charter_of(version)
    filing = _filing(new, charter, at)
    actor = actor_for_filing(acting, charter, filing.procedure, dict(filing.cast), at, new.organ)
    filer = new.filer or (acting if actor.organ == FILER else None)
    papers = papers_of(new, charter, filing.procedure, filer or acting, at)
    act = CoreAct("file", at, actor, fields=papers.plain, documents=papers.documents, filing=filing)
    calendar, _ = calendars.current()
    outcome = advance(charter, None, act, calendar)
    matter = _blank(new, version.pk, charter, filing, at, filer)
    matter.parent, matter.parent_key = parent, child
    hand = Hand(matter, charter, now)
    row = hand.record(None, act, outcome, papers, key, request, new)
    return Taken(matter, row, outcome)


def _filing(new: NewMatter, charter: Charter, at: datetime) -> Filing:
    category = charter.categories.get(new.category)
    procedure = new.procedure or (category.procedure if category else None) or ""
    return Filing(
        procedure=procedure,
        place=new.place.code,
        category=new.category,
        cast=nearest_cast(charter, new.place, at),
        channel=new.channel,
        headcount=new.headcount,
        public=new.public,
        parties=new.parties,
    )


def _blank(
    new: NewMatter, version: int, charter: Charter, filing: Filing, at: datetime, filer: Person | None
) -> Matter:
    return Matter(
        number=draw_number(new.place, at.astimezone(CHINA).date()),
        place=new.place,
        charter_version_id=version,
        kind=charter.procedures[filing.procedure].of,
        procedure=filing.procedure,
        category=new.category,
        subject=new.subject or subject_of(charter, new.category, new.place),
        channel=new.channel,
        filer=filer,
    )


@dataclass
class Hand:
    """The desk at work on one locked matter: writes log, row, to-do rows, and what the effects ask for."""

    matter: Matter
    charter: Charter
    now: datetime
    last: Act | None = None
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        self.calendar, self.calendar_digest = calendars.current()
        calendars.remember(self.calendar_digest, self.now)

    def settle(self, case: Case, at: datetime) -> Case:
        """The case with every clock carried out that ran out before `at`; logged as an act of the machine."""
        outcome = tick(self.charter, case, at, self.calendar)
        if not outcome.effects and outcome.case == case:
            return case
        self.record(case, CoreAct("tick", at, MACHINE), outcome, Papers(), None, "", None)
        return outcome.case

    def record(
        self, before: Case | None, act: CoreAct, outcome: Outcome, papers: Papers, key: str | None, request: str,
        draft: Draft | NewMatter | None,
    ) -> Act:  # fmt: skip
        """Store an outcome: row and log first, then words, to-do rows and everything the effects ask for."""
        matter, case = self.matter, outcome.case
        place = (actions.open_matter if before is None else actions.move)(matter, self.charter, case)
        more = {"calendar": self.calendar_digest, "charter": case.digest if before is None else "", **papers.more}
        row = actions.append(matter, act, outcome, more, self.now, key, request)
        actions.store_words(matter, row, papers.sealed)
        actions.put_todos(matter, self.charter, case, place, new=before is None)
        carry_out(Carried(matter, self.charter, before, case, act, row, draft, papers, self.now), outcome.effects)
        self.last, self.outcome = row, outcome
        return row


def _core_act(draft: Draft, actor: Actor, at: datetime, papers: Papers) -> CoreAct:
    return CoreAct(
        kind=draft.kind,
        at=at,
        by=actor,
        visit=draft.visit,
        outcome=draft.outcome,
        part=draft.part,
        state=draft.state,
        count=draft.count,
        to=draft.to,
        ground=draft.ground,
        channel=draft.channel,
        fields=papers.plain,
        documents=papers.documents,
        counts=draft.counts,
    )


def _asked(draft: Draft) -> Asked:
    return Asked(draft.kind, draft.part, draft.organ, draft.seat, draft.state)


def _again(matter: Matter, done: Act, request: str) -> Taken | Refused:
    if done.request != request:
        return Refused("key_reused", number=matter.number)
    return Taken(matter, done, None, repeated=True)


def _with_winner(refused: Refused, matter: Matter) -> Refused:
    """A step somebody else has finished meanwhile: say who was faster, and when."""
    if refused.code != "moved_on":
        return refused
    winner = queries.left_by(matter, str(refused.args_map.get("prepared", "")))
    if winner is None:
        return refused
    return Refused(
        "moved_on",
        **{
            **refused.args_map,
            "organ": winner.organ,
            "seat": winner.seat,
            "at": winner.at,
            "machine": winner.organ == SYSTEM,
        },
    )


def check_time(at: datetime, now: datetime | None) -> None:
    """An act needs a time with its zone, and none that is still to come."""
    if at.tzinfo is None:
        raise ValueError("an act needs a time with its zone")
    if now is not None and at > now + AHEAD:
        raise Refused("in_future", at=at, now=now)
