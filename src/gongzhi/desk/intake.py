"""What a draft brings: words are sealed, facts sorted into plain and personal, the whole made recognisable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter, Field
from gongzhi.core.procedure.acts import FILER, RESIDENT, Actor
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.standing import PARTY
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.sealing import NewWords, Sealed, prepare, text
from gongzhi.records.people.models import Person

FILER_WORDS = "filer_words"  # in the log, in the place of a ground: the reasons are in the filer's erasable words
GROUNDED_BY_FILER = ("withdraw", "reopen")
FIELD = "field."  # words that hold the value of a personal field
RESOLUTION = "resolution."


@dataclass(frozen=True, slots=True)
class Papers:
    """`documents` and `plain` go into the core's act; `more` into the log beside it; `sealed` into the records."""

    plain: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    sealed: tuple[Sealed, ...] = ()

    def digest_of(self, name: str) -> str:
        return next((one.digest for one in self.sealed if one.name == name), "")


def sheltered(draft: Draft) -> Draft:
    """A resident's reasons are personal words, whatever face they came through; the log only says there are some."""
    if draft.kind not in GROUNDED_BY_FILER or draft.ground.strip() in ("", FILER_WORDS):
        return draft
    return replace(draft, ground=FILER_WORDS, words={"why": draft.ground, **draft.words})


def papers_of(
    draft: Draft | NewMatter, charter: Charter, procedure: str, actor: Actor, person: Person | None, at: datetime
) -> Papers:
    """Sort and seal everything a draft brings. Only documents the charter names are shown to the engine.

    What a resident brings belongs to that person; what staff write in their post belongs to nobody.
    """
    resident = actor.organ in (FILER, RESIDENT, PARTY)
    subject = person if resident or isinstance(draft, NewMatter) else None
    source = actor.organ if resident else "staff"
    known = charter.procedures[procedure].fields if procedure in charter.procedures else {}
    plain = {name: value for name, value in draft.fields.items() if name not in known or known[name].class_ == "plain"}
    wanted = {name: _as_words(words, subject, source) for name, words in draft.words.items()}
    for name in draft.fields.keys() - plain.keys():
        wanted[FIELD + name] = _personal(known[name], draft.fields[name], subject, source, at)
    for item, resolved in enumerate(getattr(draft, "resolutions", ()), 1):
        wanted[f"{RESOLUTION}{item}"] = text(resolved.text, archive=True, collected_from="staff")
    sealed = tuple(prepare(name, words) for name, words in sorted(wanted.items()))
    named = {one.name: one.digest for one in sealed if one.name in charter.documents}
    rest = {one.name: one.digest for one in sealed if one.name not in charter.documents}
    return Papers(plain, named, {"words": rest, **_facts(draft)}, sealed)


def _as_words(words: NewWords | str, subject: Person | None, source: str) -> NewWords:
    if isinstance(words, str):
        return text(words, subject=subject, collected_from=source)
    return replace(words, subject=words.subject or subject, collected_from=words.collected_from or source)


def _personal(declared: Field, value: Any, subject: Person | None, source: str, at: datetime) -> NewWords:
    until: date | None = None
    if declared.keep and declared.keep.unit in ("d", "mo", "y"):
        days = declared.keep.n * {"d": 1, "mo": 31, "y": 366}[declared.keep.unit]
        until = date.fromordinal(at.astimezone(CHINA).date().toordinal() + days)
    return NewWords(
        json.dumps(value, ensure_ascii=False).encode(),
        purpose=(declared.purpose or "settle_matter")[:60],
        legal_basis=(declared.basis or "PIPL 13(1)(3)")[:60],
        collected_from=source,
        retention_until=until,
        subject=subject,
        media_type="application/json",
    )


def _facts(draft: Draft | NewMatter) -> dict[str, Any]:
    """Facts for the log that the engine does not need; nothing personal."""
    if isinstance(draft, NewMatter):
        consent = {"text": draft.consent.text_digest, "means": draft.consent.means} if draft.consent else None
        return {"filer": draft.filer.digest if draft.filer else "", "consent": consent}
    invited = draft.invitation
    return {
        **({"room": dict(draft.facts)} if draft.facts else {}),
        "resolutions": [
            {"item": item, "owner": one.owner, "due": one.due.isoformat() if one.due else ""}
            for item, one in enumerate(draft.resolutions, 1)
        ],
        "meeting": {"at": invited.at.isoformat(), "where": invited.where, "agenda": list(invited.agenda)}
        if invited
        else None,
    }


def subject_of(charter: Charter, category: str, place: Place) -> str:
    """The public-safe title of a matter: what about, and where."""
    declared = charter.categories.get(category)
    return f"{place.name}：{declared.title if declared else category}"
