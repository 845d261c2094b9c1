"""Documents, meetings, notices, messages, receipts, digests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema

from gongzhi.api.schemas.common import Listed, OrganOut, PlaceOut, Titled


class UploadOut(Schema):
    """A file that waits 24 hours for its act; name it there by `id`."""

    id: str
    media_type: str
    kind: str
    size: int


class DocumentOut(Titled):
    """`readable`: the caller may open it. An erased one keeps only its digest."""

    id: int
    kind: str
    media_type: str
    size: int
    act: int
    at: datetime
    digest: str
    public: bool
    erased_at: datetime | None
    readable: bool


class AttendanceOut(Schema):
    """How many came for a part; never who."""

    part: str
    title: str
    count: int


class ResolutionOut(Schema):
    item: int
    text: str
    owner: OrganOut | None
    due: date | None


class MeetingOut(Schema):
    """`code` is what hangs in the room for people to sign in with; only the organ that holds the meeting sees it."""

    id: int
    code: str
    matter: str
    visit: str
    organ: OrganOut | None
    title: str
    at: datetime | None
    where: str
    agenda: list[str]
    called: list[Titled]
    status: str
    outcome: str
    invited_at: datetime | None
    held_at: datetime | None
    present: list[AttendanceOut]
    resolutions: list[ResolutionOut]


class ObjectionOut(Schema):
    key: str
    state: str
    made_at: datetime
    answered_at: datetime | None


class NoticeOut(Schema):
    """What hangs on a board. To object, act `object` on its matter with the visit given here."""

    id: int
    matter: str | None
    visit: str
    place: PlaceOut
    organ: OrganOut | None
    title: str
    body: str
    start: datetime
    until: datetime | None
    takes_objections: bool
    objections: int


class NoticeShown(NoticeOut):
    objected: list[ObjectionOut]


class MessageOut(Schema):
    id: int
    matter: str | None
    code: str
    args: dict[str, Any]
    text: str
    visit: str
    created_at: datetime
    read_at: datetime | None


class MessagePage(Listed):
    items: list[MessageOut]


class ReadOut(Schema):
    """Somebody saw personal words of the caller: when, for which organ, why."""

    at: datetime
    role: str
    reason: str
    matter: str | None


class ReceiptOut(Schema):
    """`consistent`: the receipt's act is in the log and the log is whole. `inconsistent`: it is not. `unknown`: no
    such number or code."""

    number: str
    verdict: Literal["consistent", "inconsistent", "unknown"]
    seq: int | None
    at: datetime | None


class DigestOut(Schema):
    """One day's published page. `root` covers the heads, the readings, and the root before."""

    day: date
    root: str
    previous: str
    matters: int
    acts: int
    access_count: int
    access_root: str
    made_at: datetime


class DigestShown(DigestOut):
    heads: list[tuple[str, int, str]]


class BrokenOut(Schema):
    matter: str
    seq: int | None
    what: str


class AuditOut(Schema):
    matters: int
    acts: int
    broken: list[BrokenOut]
