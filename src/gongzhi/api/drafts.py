"""A request's body as the desk's draft."""

from __future__ import annotations

import hashlib
from datetime import datetime

from gongzhi.api import kept
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.matters import ActIn, FileIn, UploadRef
from gongzhi.desk.draft import Draft, Invitation, NewMatter, OnMap, Resolved
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.records.people.actions import ASSISTED
from gongzhi.records.people.contacts import BadContact, parse_contact
from gongzhi.records.people.models import HelperConsent, Person


def draft_of(body: ActIn, person: Person) -> Draft:
    """An act as the desk takes it, with its papers."""
    return Draft(
        kind=body.kind,
        visit=body.visit,
        outcome=body.outcome,
        part=body.part,
        state=body.state,
        count=body.count,
        to=body.to,
        ground=body.ground,
        channel=body.channel,
        fields=body.fields,
        words={name: _paper(paper, person) for name, paper in body.documents.items()},
        counts=body.counts,
        organ=body.organ,
        seat=body.seat,
        invitation=Invitation(body.invitation.at, body.invitation.where, agenda=tuple(body.invitation.agenda))
        if body.invitation
        else None,
        resolutions=tuple(Resolved(one.text, one.owner, one.due) for one in body.resolutions),
    )


def _paper(paper: str | UploadRef, person: Person) -> NewWords | str:
    if isinstance(paper, str):
        return paper
    file = kept.find(person, paper.upload)
    return NewWords(file.content, kind=file.kind, media_type=file.media_type, collected_from="actor")


def new_matter(body: FileIn, person: Person, place: Place, at: datetime) -> NewMatter:
    """A filing as the desk takes it. Raises Problem 422 for a contact that is none and a consent that is missing."""
    filer = _filer(body)
    if body.organ and body.channel in ("helper", "phone", "paper", "counter") and body.consent is None:
        raise Problem(422, "consent_missing")
    return NewMatter(
        place=place,
        category=body.category,
        words=_words(body, person),
        fields=body.fields,
        procedure=body.procedure,
        public=body.public,
        channel=body.channel,
        headcount=body.headcount,
        filer=filer,
        organ=body.organ,
        consent=_consent(body, person, filer, place, at),
        admission=body.admission,
        on_map=OnMap((body.point.x, body.point.y), body.point.thing) if body.point else None,
    )


def _words(body: FileIn, person: Person) -> dict[str, NewWords | str]:
    words: dict[str, NewWords | str] = {"what": body.what}
    if body.where:
        words["where"] = text(body.where, kind="place")
    if body.contact:
        words["contact"] = text(body.contact, kind="contact", purpose="reach_filer")
    if body.consent:
        words["consent"] = text(body.consent.text, kind="document", purpose="assisted_filing")
    for item, upload in enumerate(body.photos, 1):
        file = kept.find(person, upload)
        words[f"photo.{item}"] = NewWords(file.content, kind=file.kind, media_type=file.media_type)
    return words


def _filer(body: FileIn) -> Person | None:
    if not body.filer_contact:
        return None
    try:
        contact = parse_contact(body.filer_contact)
    except BadContact as bad:
        raise Problem(422, "contact_bad") from bad
    return Person.objects.by_contact_index(contact.index)


def _consent(body: FileIn, helper: Person, filer: Person | None, place: Place, at: datetime) -> HelperConsent | None:
    """The consent, to be stored once the matter is."""
    given = body.consent
    if given is None:
        return None
    return HelperConsent(
        helper=helper,
        resident=filer,
        resident_name=given.name,
        place=place,
        text_digest=hashlib.sha256(given.text.encode()).hexdigest(),
        means=given.means,
        witness=given.witness,
        at=at,
        collected_from="helper",
        **ASSISTED,
    )
