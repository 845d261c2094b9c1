"""How a matter is opened: charter, cast, number, first act, in one transaction (part of the one door, see step.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import FILER, Actor, Filing
from gongzhi.core.procedure.acts import Act as CoreAct
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import advance
from gongzhi.desk import admissions, ground
from gongzhi.desk.draft import NewMatter, Taken
from gongzhi.desk.hand import Hand
from gongzhi.desk.intake import papers_of, subject_of
from gongzhi.desk.keys import TRIES, again, answered, check_time, request_digest, scoped_key
from gongzhi.desk.permissions import actor_for_filing
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.models import CharterVersion
from gongzhi.records.institutions.nearby import nearby
from gongzhi.records.institutions.queries import charter_for, charter_of, nearest_cast
from gongzhi.records.matters import queries
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.numbers import draw_number
from gongzhi.records.people.models import Person


def file_matter(
    new: NewMatter, acting: Person | None, at: datetime, key: str | None, now: datetime | None = None
) -> Taken:
    """Open a matter. The same `key` by the same person gives the first matter again.

    Raises Refused: the engine's codes, and `no_charter`, `no_organ_here`, `consent_missing`, `key_reused`,
    `in_future`.
    """
    check_time(at, now)
    request, own_key = request_digest(new), scoped_key(acting, key)
    for _ in range(TRIES):
        try:
            with writing():
                return _open(new, acting, at, own_key, now or at, request)
        except IntegrityError:
            if own_key and (first := queries.filing_of_key(own_key)):
                return answered(again(first.matter, first, request))
    raise Refused("try_again")


def file_child(new: NewMatter, parent: Matter, child: str, at: datetime, now: datetime) -> Taken:
    """Open a child of a matter inside its step; the machine files it and the log of both says so."""
    return _open(new, None, at, scoped_key(None, f"child:{parent.number}:{child}"), now, "", parent, child)


def _open(
    new: NewMatter, acting: Person | None, at: datetime, key: str | None, now: datetime, request: str,
    parent: Matter | None = None, child: str = "",
) -> Taken:  # fmt: skip
    version = new.charter or charter_for(new.place, at)
    if version is None:
        raise Refused("no_charter", place=new.place.name)
    charter = charter_of(version)
    filing = _filing(new, version, charter, at)
    actor = actor_for_filing(acting, charter, filing.procedure, dict(filing.cast), at, new.organ)
    filer = _filer(new, acting, actor)
    admission = admissions.check(new, charter, filing.procedure, actor, dict(filing.cast).get(actor.organ), at)
    papers = papers_of(new, charter, filing.procedure, actor, filer, at)
    if admission is not None:
        papers = replace(papers, more={**papers.more, "admission": admission.number})
    act = CoreAct("file", at, actor, fields=papers.plain, documents=papers.documents, filing=filing)
    matter = _blank(new, version.pk, charter, filing, at, filer)
    matter.parent, matter.parent_key = parent, child
    hand = Hand(matter, charter, now)
    outcome = advance(charter, None, act, hand.calendar)
    row = hand.record(None, act, outcome, papers, key, request, new)
    if new.on_map is not None:
        ground.put_on_map(matter, new.on_map)
    return Taken(matter, row, outcome)


def _filer(new: NewMatter, acting: Person | None, actor: Actor) -> Person | None:
    """Whom the matter is for. Filing for somebody else needs that person's consent, and the log names it."""
    if new.filer is not None and acting is not None and new.filer != acting and new.consent is None:
        raise Refused("consent_missing")
    return new.filer or (acting if actor.organ == FILER and new.consent is None else None)


def _since(new: NewMatter, version: CharterVersion, charter: Charter, at: datetime) -> str:
    """The day the charter came into force here; only where it delegates powers, which end some time after."""
    start = nearby(new.place.path).since(version, at) if charter.delegations else None
    return start.astimezone(CHINA).date().isoformat() if start else ""


def _filing(new: NewMatter, version: CharterVersion, charter: Charter, at: datetime) -> Filing:
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
        in_force=_since(new, version, charter, at),
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
