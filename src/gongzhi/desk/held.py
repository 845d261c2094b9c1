"""Where something is held about a person, room by room: how it is found, and what of it the person is shown.

A test walks all tables: a field that leads to a person, is sealed, or holds a person's digest stands either in
`HELD` or, with its reason, in `NOT_TOLD` (个人信息保护法 45: a person may see and take along what is held of them).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from gongzhi.records import models as tables
from gongzhi.records.consultations.queries import voter_of
from gongzhi.records.crypto import Unreadable
from gongzhi.records.matters.access import readings_about
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.people.models import Person
from gongzhi.records.reviews.queries import rater_of

__all__ = ["HELD", "NOT_TOLD", "Held"]

Rows = Callable[[Person], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Held:
    """`columns`: what is shown, with dots where it lies in another table; `links`: the fields the rows are found by."""

    model: type[Model]
    rows: Rows
    columns: tuple[str, ...]
    links: tuple[str, ...] = ("person",)

    def shown(self, row: Any) -> dict[str, Any]:
        """One row for the file and the page; the key is the field of the row itself."""
        return {column.split(".")[0]: _value(row, column) for column in self.columns}


def _value(row: Any, column: str) -> Any:
    if column == "text" and isinstance(row, tables.Words):
        return _text(row)
    for name in column.split("."):
        row = getattr(row, name) if row is not None else None
    return row.isoformat() if isinstance(row, date) else row


def _text(words: tables.Words) -> str | None:
    if words.erased_at or words.file or not words.media_type.startswith(("text/", "application/json")):
        return None
    try:
        return read_text(words)
    except Unreadable:
        return None


def _by(model: type[Model], link: str, *related: str) -> Rows:
    """Rows whose field `link` is the person, the oldest first."""
    return lambda person: model._default_manager.filter(**{link: person}).select_related(*related).order_by("pk")


def _own(person: Person) -> list[str]:
    return [index for index in (person.phone_index, person.mail_index) if index]


def _entries(person: Person) -> Any:
    """Lines of rolls that the person's proven phone or mail stands on."""
    return tables.RollEntry.objects.filter(contact_index__in=_own(person)).select_related("roll").order_by("pk")


def _marks(person: Person) -> Any:
    return tables.Mark.objects.filter(entry__in=_entries(person)).select_related("ballot").order_by("pk")


def _proxies(person: Person) -> Any:
    mine = _entries(person)
    rows = tables.Proxy.objects.filter(Q(principal__in=mine) | Q(holder__in=mine))
    return rows.select_related("ballot").order_by("pk")


def _voters(person: Person) -> list[str]:
    """The person's digests in all consultations; each is keyed for one of them."""
    return [voter_of(one, person) for one in tables.Consultation.objects.only("pk")]


def _answers(person: Person) -> Any:
    rows = tables.SurveyAnswer.objects.filter(sheet__voter__in=_voters(person))
    return rows.select_related("question").order_by("pk")


def _stances(person: Person) -> Any:
    rows = tables.Stance.objects.filter(voter__in=_voters(person))
    return rows.select_related("statement").order_by("pk")


def _rated(person: Person) -> Any:
    digests = [rater_of(one, person) for one in tables.ReviewRound.objects.only("pk")]
    return tables.ReviewMark.objects.filter(rater__in=digests).select_related("review").order_by("pk")


def _codes(person: Person) -> Any:
    return tables.SignInCode.objects.filter(contact_index__in=_own(person)).order_by("pk")


T = tables
HELD: dict[str, Held] = {
    "matters": Held(
        T.Matter, _by(T.Matter, "filer"), ("number", "subject", "filed_at", "status", "closed_at"), ("filer",)
    ),
    "words": Held(
        T.Words, _by(T.Words, "subject", "matter"),
        ("matter.number", "name", "text", "media_type", "purpose", "legal_basis", "retention_until", "erased_at"),
        ("subject", "ciphertext", "salt"),
    ),
    "acts": Held(
        T.Act, lambda one: T.Act.objects.filter(person=one.digest).select_related("matter").order_by("pk"),
        ("matter.number", "seq", "kind", "at", "organ", "seat"),
    ),
    "points": Held(
        T.MatterPoint, lambda one: T.MatterPoint.objects.filter(matter__filer=one).select_related("matter"),
        ("matter.number", "thing", "x", "y"), (),
    ),
    "patrol_reports": Held(
        T.Report,
        lambda one: T.Report.objects.filter(matter__filer=one, state="filed").select_related("matter", "place"),
        ("matter.number", "place.name", "category", "spot", "received_at"), (),
    ),
    "messages": Held(
        T.Message, _by(T.Message, "person", "matter"), ("matter.number", "code", "channel", "created_at", "read_at"),
    ),
    "contributions": Held(
        T.Contribution, _by(T.Contribution, "author"),
        ("text", "kind", "state", "reason", "appeal", "answer", "added_at"), ("author",),
    ),
    "stances": Held(T.Stance, _stances, ("statement.text", "answer"), ("voter",)),
    "survey_answers": Held(T.SurveyAnswer, _answers, ("question.text", "value", "text"), ("sheet",)),
    "signatures": Held(
        T.Signature, _by(T.Signature, "person", "signature_list"), ("signature_list.title", "signed_at")
    ),
    "rated": Held(T.ReviewMark, _rated, ("review.title", "group"), ("rater",)),
    "roll_lines": Held(
        T.RollEntry, _entries, ("roll.of", "number", "kind", "name", "unit", "area", "candidate"), ("contact_index",)
    ),
    "voted": Held(T.Mark, _marks, ("ballot.title", "day", "means"), ("entry", "cast_by")),
    "proxies": Held(T.Proxy, _proxies, ("ballot.title", "day"), ("principal", "holder")),
    "roll_objections": Held(
        T.RollObjection, _by(T.RollObjection, "person"), ("number", "what", "answer", "state", "made_at", "answered_at")
    ),
    "meetings": Held(
        T.MeetingMember, _by(T.MeetingMember, "person", "meeting"),
        ("meeting.title", "number", "state", "means", "arrived_at", "left_at"),
    ),
    "recusals": Held(
        T.ItemRecusal, lambda one: T.ItemRecusal.objects.filter(member__person=one).select_related("item"),
        ("item.title",), ("member",),
    ),
    "meeting_votes": Held(
        T.ItemVote, lambda one: T.ItemVote.objects.filter(member__person=one).select_related("item"),
        ("item.title",), ("member",),
    ),
    "attendances": Held(
        T.Attendance, _by(T.Attendance, "person", "meeting"), ("meeting.title", "part", "state", "means", "at")
    ),
    "counted_hands": Held(
        T.HandCount, _by(T.HandCount, "teller", "item"), ("item.title", "yes", "no", "abstain"), ("teller",)
    ),
    "voices": Held(
        T.MeetingVoice, _by(T.MeetingVoice, "person", "meeting"), ("meeting.title", "kind", "state", "made_at")
    ),
    "objections": Held(
        T.Objection, _by(T.Objection, "person", "notice"), ("notice.title", "state", "made_at", "answered_at")
    ),
    "project_duties": Held(
        T.ProjectMember, _by(T.ProjectMember, "person", "project"),
        ("project.number", "name", "duties", "role", "resident", "signed_on", "signed_by"),
    ),
    "organisations": Held(
        T.Organisation, _by(T.Organisation, "applied_by"),
        ("name", "kind", "about", "members", "contact", "state", "reason", "applied_at"), ("applied_by",),
    ),
    "bookings": Held(
        T.Booking, _by(T.Booking, "person", "service"), ("service.title", "start", "end", "made_at", "cancelled_at")
    ),
    "skills": Held(T.Skill, _by(T.Skill, "person"), ("what", "times", "kind", "state", "reason", "offered_at")),
    "posts": Held(
        T.Appointment, lambda one: T.Appointment.objects.filter(term__person=one).order_by("pk"),
        ("document", "at", "ended_document"), (),
    ),
    "helped": Held(
        T.HelperConsent, _by(T.HelperConsent, "helper", "place"), ("place.name", "at", "means", "withdrawn_at"),
        ("helper",),
    ),
    "code_generator": Held(T.SecondFactor, _by(T.SecondFactor, "person"), ("confirmed_at",)),
    "resets": Held(T.SignInReset, _by(T.SignInReset, "person"), ("asked_at", "confirmed_at", "expires_at", "used_at")),
    "sign_in_codes": Held(
        T.SignInCode, _codes, ("contact", "sent_at", "expires_at", "used_at"), ("contact_index",)
    ),
    "programs": Held(
        T.ApiToken, _by(T.ApiToken, "person"), ("label", "created_at", "expires_at", "last_seen", "revoked_at")
    ),
    "read_by": Held(T.AccessLog, readings_about, ("at", "role", "reason"), ("subject",)),
}  # fmt: skip

_ACCOUNT = "in the account itself (records/people/queries.py about)"
_IN_POST = "what somebody did in a post, about others; their own acts are told from the log"
_PAPER = "a name on paper leads to no account; its organ shows it at the counter to who proves who they are"
_SECRET = "a key, not a fact: shown, it would open the account"  # noqa: S105
_BOOKS = "the books name payees as the bank does; no account is tied to them, the office shows them at the counter"
_SEALED_VOTE = "a vote that can be shown can be bought; told is that one has voted"
_NOBODY = "says nothing of a person, or was kept without one"

# (table, field) -> why a person's page and file leave it out.
NOT_TOLD: dict[tuple[str, str], str] = {
    ("Person", "display_name"): _ACCOUNT,
    ("Person", "phone"): _ACCOUNT,
    ("Person", "mail"): _ACCOUNT,
    ("SeatTerm", "person"): _ACCOUNT,
    ("HelperConsent", "resident"): _ACCOUNT,
    ("HelperConsent", "witness"): _ACCOUNT,
    ("HelperConsent", "resident_name"): "written down by the helper for somebody without an account: " + _PAPER,
    ("Booking", "name"): _PAPER,
    ("Booking", "contact"): _PAPER,
    ("Booking", "made_by"): _IN_POST,
    ("Organisation", "decided_by"): _IN_POST,
    ("Answer", "written_by"): _IN_POST,
    ("Answer", "published_by"): _IN_POST,
    ("Appointment", "by"): _IN_POST,
    ("Appointment", "ended_by"): _IN_POST,
    ("SignInReset", "asked_by"): _IN_POST,
    ("SignInReset", "confirmed_by"): _IN_POST,
    ("SecondFactor", "secret"): _SECRET,
    ("Signature", "written"): _PAPER,
    ("Signature", "written_index"): _PAPER,
    ("ProjectMember", "same"): _PAPER,
    ("SurveySheet", "voter"): "told with its answers",
    ("OpenChoice", "choice"): _SEALED_VOTE,
    ("PaperSheet", "choice"): _SEALED_VOTE,
    ("TallySheet", "sealed"): _SEALED_VOTE,
    ("ReviewSheet", "sealed"): _SEALED_VOTE,
    ("ReviewWord", "text"): "kept without its author, whom nobody can find again",
    ("ReviewQuestion", "text"): _NOBODY,
    ("ReviewQuestion", "answer"): _NOBODY,
    ("WorkCard", "done"): _NOBODY,
    ("WorkCard", "problems"): _NOBODY,
    ("WorkCard", "next"): _NOBODY,
    ("Bid", "bidder"): _BOOKS,
    ("Bid", "offer"): _BOOKS,
    ("Bid", "same"): _BOOKS,
    ("Bid", "price"): _BOOKS,
    ("Evaluator", "name"): _PAPER,
    ("Evaluator", "same"): _PAPER,
    ("Commitment", "party"): _BOOKS,
    ("FundEntry", "party"): _BOOKS,
    ("FundEvidence", "ciphertext"): _BOOKS,
    ("FundEvidence", "salt"): _BOOKS,
    ("BankLine", "text"): _BOOKS,
}
