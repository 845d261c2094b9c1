"""The one door (窗口): every change of every matter passes here, in one transaction, log first.

`take_step` carries out an act on a matter, `file_matter` opens one, `settle` lets the clocks do what is due.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError

from gongzhi.core.procedure.acts import SYSTEM, Actor
from gongzhi.core.procedure.acts import Act as CoreAct
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import advance
from gongzhi.desk import reviews, room_facts, together
from gongzhi.desk.ballots_count import with_counts
from gongzhi.desk.draft import Draft, Taken
from gongzhi.desk.filing import file_matter
from gongzhi.desk.hand import Hand
from gongzhi.desk.intake import Papers, papers_of, sheltered
from gongzhi.desk.keys import TRIES, again, answered, check_time, request_digest, scoped_key
from gongzhi.desk.meeting_facts import completed
from gongzhi.desk.permissions import Asked, actor_for
from gongzhi.desk.wording import check_wording
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters import actions, queries
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person

__all__ = ["file_matter", "settle", "take_step"]

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
    for _ in range(TRIES):
        try:
            with writing():
                found = _do(number, draft, acting, at, key, now or at)
            return answered(found)
        except IntegrityError:  # a child matter drew a number that is taken
            continue
    raise Refused("try_again")


def _do(
    number: str, draft: Draft, acting: Person | None, at: datetime, key: str | None, now: datetime
) -> Taken | Refused:
    matter = together.locked(number, draft)
    if matter is None:
        return Refused("unknown_matter", number=number)
    draft = sheltered(draft)
    request = request_digest(draft)
    own_key = scoped_key(acting, key)
    if own_key and (done := queries.act_of_key(matter, own_key)):
        return again(matter, done, request)
    case = actions.read_state(matter.state)
    charter = charter_by_digest(case.digest)
    hand = Hand(matter, charter, now)
    at = _in_order(case, at)
    case = hand.settle(case, at)
    try:
        draft = completed(draft, matter, charter, case, at)
        actor = actor_for(acting, charter, case, _asked(draft), at, matter.filer_id)
        draft = together.with_leader(draft, matter, charter, case, acting, at)
        draft = with_counts(matter, charter, case, draft, at)
        draft = reviews.with_counts(matter, charter, case, draft, at)
        draft = room_facts.with_facts(matter, charter, case, draft, actor, at)
        papers = papers_of(draft, charter, case.procedure, actor, acting, at)
        act = _core_act(draft, actor, at, papers)
        outcome = advance(charter, case, act, hand.calendar)
        check_wording(matter, charter, outcome, draft)
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
