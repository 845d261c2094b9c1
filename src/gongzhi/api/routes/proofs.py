"""What lets anybody check the records without trusting us: receipts, daily digests, the audit."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, find_matter
from gongzhi.api.problems import Problem
from gongzhi.api.routes.matters import Number
from gongzhi.api.schemas.rooms import AuditOut, BrokenOut, DigestOut, DigestShown, ReceiptOut
from gongzhi.api.sessions import spend
from gongzhi.desk.audit import audit, audit_matter, verify_receipt
from gongzhi.desk.replay import Broken
from gongzhi.records.matters.models import DailyDigest
from gongzhi.records.people.limits import Limit

router = Router(tags=["proofs"])
WHOLE_AUDIT = Limit("whole_audit", 6, 3600)


@router.get("/receipts/{number}", auth=access("public"), response=ReceiptOut, summary="Check a receipt")
def receipt(
    request: HttpRequest,
    number: Annotated[str, Field(max_length=60)],
    code: Annotated[str, Query(max_length=100, description="the code printed on the receipt")],
) -> ReceiptOut:
    """Does the receipt still fit the log? Needs no sign-in and shows nothing about the matter."""
    found = verify_receipt(number, code)
    verdict: Literal["consistent", "inconsistent", "unknown"] = found.verdict  # type: ignore[assignment]
    return ReceiptOut(number=number, verdict=verdict, seq=found.seq or None, at=found.at)


@router.get("/digests", auth=access("public"), response=list[DigestOut], summary="Published digests")
def digests(request: HttpRequest, size: Annotated[int, Query(ge=1, le=400)] = 100) -> list[DigestOut]:
    """The daily pages, newest first; each is chained to the one before."""
    return [DigestOut.from_orm(row) for row in DailyDigest.objects.defer("heads").order_by("-day")[:size]]


@router.get("/digests/{day}", auth=access("public"), response=DigestShown, summary="One digest")
def digest(request: HttpRequest, day: date) -> DigestShown:
    """The heads of all matters that had acts that day. Keep a copy: a log whose end is cut off no longer fits it."""
    row = DailyDigest.objects.filter(day=day).first()
    if row is None:
        raise Problem(404, "not_found")
    return DigestShown(**DigestOut.from_orm(row).dict(), heads=json.loads(row.heads))


@router.get("/audit", auth=access("staff"), response=AuditOut, summary="Audit everything")
def whole(request: HttpRequest) -> AuditOut:
    """Replay every matter through the engine and verify every chain and digest. Takes time; for staff."""
    spend(WHOLE_AUDIT, caller(request).signed_in.digest)
    report = audit()
    return AuditOut(matters=report.matters, acts=report.acts, broken=_broken(report.broken))


@router.get("/matters/{number}/audit", auth=access("matter:read"), response=AuditOut, summary="Audit one matter")
def one(request: HttpRequest, number: Number) -> AuditOut:
    """Replay this matter and verify its chain."""
    matter = find_matter(request, number).matter
    return AuditOut(matters=1, acts=matter.seq, broken=_broken(audit_matter(matter.number)))


def _broken(found: list[Broken]) -> list[BrokenOut]:
    return [BrokenOut(matter=one.matter, seq=one.seq, what=one.what) for one in found]
