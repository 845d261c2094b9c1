"""Reports from patrols: each is carried out once, however often it is sent; what is known already can be joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Category, Charter
from gongzhi.core.patrol import found
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import Draft, NewMatter, OnMap
from gongzhi.desk.grid_list import grid_categories, on_list
from gongzhi.desk.keys import scoped_key
from gongzhi.desk.permissions import FOUND_AGAIN
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.sealing import NewWords
from gongzhi.records.patrols.reports import Checkpoint, Report, earlier, keep_report, report_of
from gongzhi.records.patrols.units import Part
from gongzhi.records.people.models import Person

__all__ = ["Answer", "Sent", "patrolled", "take_report"]


@dataclass(frozen=True, slots=True)
class Sent:
    """A report as a phone sends it. `number` is the phone's own (a UUID); `same`: join what is known (None: ask).

    `stop`: the checkpoint of the route that was chosen; its point, or the part's, is that of the matter.
    """

    number: str
    place: Place
    category: str
    organ: str
    spot: str = ""
    part: Part | None = None
    stop: Checkpoint | None = None
    words: Mapping[str, NewWords | str] = field(default_factory=dict)
    said: datetime | None = None
    phone_now: datetime | None = None
    same: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`known`: somebody reported it before and the patrol has to say whether it is the same; nothing was stored."""

    state: Literal["filed", "joined", "known"]
    report: Report


def patrolled(charter: Charter, organs: Iterable[str], at: datetime) -> list[tuple[Category, str]]:
    """Classes of findings that these organs may file, each with the organ that files it.

    A class that is not on the allow-list, or no longer, is none of them until somebody renews it (H14, WG-08).
    """
    mine, listed, rows = list(organs), on_list(charter, in_china(at).date()), []
    for one in grid_categories(charter):
        files = {name.partition(".")[0] for name in charter.procedures[one.procedure or ""].files}
        organ = next((name for name in mine if name in files), "")
        rows += [(one, organ)] if organ and one.name in listed else []
    return rows


def take_report(sent: Sent, person: Person, at: datetime) -> Answer:
    """File a report, or join it to what is known. The same number again gives the first answer.

    Raises Refused as filing does.
    """
    key = scoped_key(person, f"patrol:{sent.number}") or ""
    if (before := report_of(key)) is not None:
        return Answer("joined" if before.state == "joined" else "filed", before)
    known = earlier(sent.place, sent.category, sent.part, sent.spot) if sent.same is not False else None
    if known is not None and sent.same is None:
        return Answer("known", known)
    if known is not None and (answer := _join(sent, person, known, key, at)):
        return answer
    new = NewMatter(
        place=sent.place, category=sent.category, words=sent.words, public=True, channel="patrol", organ=sent.organ,
        on_map=on_map(sent),
    )  # fmt: skip
    matter = file_matter(new, person, at, f"patrol:{sent.number}").matter
    return Answer("filed", _keep(sent, key, "filed", matter.pk, at))


def on_map(sent: Sent) -> OnMap | None:
    """The point of the part or of the checkpoint, as the office wrote it down: the phone is never asked where it is."""
    for thing, name in ((sent.part, sent.spot), (sent.stop, sent.spot)):
        if thing is not None and thing.x is not None and thing.y is not None:
            return OnMap((thing.x, thing.y), name or str(thing), sent.part)
    return None


def _join(sent: Sent, person: Person, known: Report, key: str, at: datetime) -> Answer | None:
    """The photo and words beside the first report. None: it has ended meanwhile, so this one is filed by itself."""
    draft = Draft("note", state=FOUND_AGAIN, words=dict(sent.words), organ=sent.organ)
    try:
        take_step(known.matter.number, draft, person, at, f"patrol:{sent.number}:join")
    except Refused:
        return None
    return Answer("joined", _keep(sent, key, "joined", known.matter_id, at))


def _keep(sent: Sent, key: str, state: str, matter: int, at: datetime) -> Report:
    times = found(sent.said, sent.phone_now, at)
    row = keep_report(key, matter, sent.place, sent.category, sent.part, sent.spot, state, sent.said, at, times)
    return report_of(row.key) or row
