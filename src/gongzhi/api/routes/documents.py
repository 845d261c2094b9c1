"""Files: sent before their act, listed with their matter, opened by those who may."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, Status, UploadedFile
from pydantic import Field

from gongzhi.api import kept
from gongzhi.api.auth import access
from gongzhi.api.lookups import Found, caller, find_matter
from gongzhi.api.problems import Problem
from gongzhi.api.routes.matters import Number
from gongzhi.api.schemas.rooms import DocumentOut, UploadOut
from gongzhi.desk.permissions import may_see_contact
from gongzhi.records.matters import queries, sealing
from gongzhi.records.matters.access import note_reading
from gongzhi.records.matters.models import Words
from gongzhi.records.people.models import Person
from gongzhi.web.files import MAX_BYTES, BadFile, check_file
from gongzhi.words.terms import Terms

router = Router(tags=["documents"])
BINARY = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}, "description": "The file"}
CONTACT = ("contact", "place")


@router.post("/uploads", auth=access("signed_in"), response={201: UploadOut}, summary="Send a file")
def upload(
    request: HttpRequest, file: Annotated[UploadedFile, File()], keep_place: Annotated[bool, Form()] = False
) -> Status[UploadOut]:
    """Send a photo or document for a filing or an act. What it is is read from its content; a photo loses its
    metadata, its place too unless `keep_place`. It waits 24 hours."""
    person = caller(request).signed_in
    if file.size is not None and file.size > MAX_BYTES:
        raise Problem(413, "too_large", mb=MAX_BYTES // 1024 // 1024)
    try:
        checked = check_file(file.name or "", file.read(), keep_place)
    except BadFile as bad:
        raise Problem(413 if bad.code == "too_large" else 422, bad.code, **bad.args_map) from bad
    name = kept.keep(person, checked, timezone.now())
    return Status(201, UploadOut(id=name, media_type=checked.media_type, kind=checked.kind, size=len(checked.content)))


@router.get("/matters/{number}/documents", auth=access("matter:read"), response=list[DocumentOut], summary="List")
def index(request: HttpRequest, number: Number) -> list[DocumentOut]:
    """Everything that was written or handed in, by name and digest. What the caller may not open is listed too."""
    found = find_matter(request, number)
    terms = Terms(found.charter)
    return [_out(found, terms, row) for row in queries.words_of(found.matter)]


@router.get(
    "/matters/{number}/documents/{document}", auth=access("matter:read"), summary="Open",
    openapi_extra={"responses": {200: BINARY}},
)  # fmt: skip
def show(request: HttpRequest, number: Number, document: Annotated[int, Field(ge=1, le=2**62)]) -> HttpResponse:
    """The content of a document. Opening what is not public is recorded, and the person concerned sees it."""
    found = find_matter(request, number)
    row = queries.words_of(found.matter).filter(pk=document).first()
    if row is None:
        raise Problem(404, "not_found")
    if row.erased_at is not None:
        raise Problem(404, "erased")
    if not readable(found, row):
        raise Problem(403, "not_readable")
    if not row.public and found.person is not None:
        _record(found, found.person)
    response = HttpResponse(sealing.read(row), content_type=_media(row))
    response["Content-Disposition"] = f'attachment; filename="{row.pk}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def readable(found: Found, row: Words) -> bool:
    """May the caller open it? Public papers: everybody. Name and phone: who has to reach the person."""
    if row.erased_at is not None:
        return False
    if row.public:
        return True
    if row.kind in CONTACT:
        return may_see_contact(found.person, found.charter, found.case, found.now, found.matter.filer_id)
    return found.level == "full"


def _record(found: Found, person: Person) -> None:
    held = {str(pk) for pk in found.case.cast.values()}
    seats = [seat for seat in person.seats(found.now) if str(seat.organ_instance_id) in held]
    role = next((f"{seat.organ_instance.organ}.{seat.seat}".rstrip(".") for seat in seats), "")
    note_reading(person, role, "document", found.now, found.matter)


def _media(row: Words) -> str:
    return f"{row.media_type}; charset=utf-8" if row.media_type.startswith("text/") else row.media_type


def _out(found: Found, terms: Terms, row: Words) -> DocumentOut:
    return DocumentOut(
        id=row.pk,
        key=row.name,
        title=terms.document(row.name),
        kind=row.kind,
        media_type=row.media_type,
        size=row.size,
        act=row.act.seq,
        at=row.act.at,
        digest=row.digest,
        public=row.public,
        erased_at=row.erased_at,
        readable=readable(found, row),
    )
