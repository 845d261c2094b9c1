"""Votes: what the caller can vote on, casting, receipts; for staff roll, papers, opening. The act `done` counts."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, find_matter
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.ballots import (
    BallotOut,
    ChoiceIn,
    HandedIn,
    PapersIn,
    ReceiptOut,
    RefusedOut,
    RollIn,
    RollOut,
    RowFault,
    StandingOut,
    TermsIn,
)
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_cast as casting
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.ballots_paper import Read, read_papers
from gongzhi.desk.roll_table import Unreadable, read_roll
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.ballots.queries import by_id, open_to
from gongzhi.web import clock
from gongzhi.web.ballots import Shown
from gongzhi.words.ballots import ballot_refusal, fault_text, unreadable_text

router = Router(tags=["ballots"])
Pk = Annotated[int, Field(ge=1, le=2**62)]
HEAD = ["name", "unit", "kind", "area", "contact", "candidate"]


def find_ballot(request: HttpRequest, pk: int) -> Ballot:
    """A ballot whose matter the caller may see, or on whose roll the caller stands. Raises Problem 404."""
    ballot = by_id(pk)
    if ballot is None:
        raise Problem(404, "not_found")
    person = caller(request).person
    if person is not None and casting.standing(ballot, person).entry is not None:
        return ballot
    find_matter(request, ballot.matter.number)
    return ballot


def _out(ballot: Ballot) -> BallotOut:
    seen = Shown(ballot, clock.now())
    voted = seen.phase in ("open", "closed", "counted")
    return BallotOut(
        id=ballot.pk, matter=ballot.matter.number, visit=ballot.visit, title=seen.title, about=ballot.about,
        form=ballot.form, secrecy=ballot.secrecy, means=ballot.means, phase=seen.phase, items=ballot.items,
        opens_at=ballot.opens_at, closes_at=ballot.closes_at, rule=seen.rule, on_paper_by_law=seen.statutory,
        entries=ballot.roll.size, roll_digest=ballot.roll.digest, voted=seen.turnout.heads if voted else 0,
        outcome=ballot.outcome,
    )  # fmt: skip


def said(refused: Refused) -> Problem:
    """A refusal of a vote: about who asks, about where it stands, or about what was sent."""
    status = {"not_on_roll": 403, "no_proxy": 403, "not_holder": 403, "helper_votes": 403,
              "choice_wrong": 422, "items_missing": 422, "options_missing": 422, "closes_wrong": 422,
              "consent_missing": 422}.get(refused.code, 409)  # fmt: skip
    return Problem(status, refused.code, ballot_refusal(refused.code, refused.args_map), **refused.args_map)


@router.get("/ballots", auth=access("signed_in"), response=list[BallotOut], summary="What I can vote on")
def mine(request: HttpRequest) -> list[BallotOut]:
    """Open ballots on whose roll the caller stands, the first to close first."""
    return [_out(one) for one in open_to(caller(request).signed_in, clock.now()).select_related("roll")[:100]]


@router.get("/matters/{number}/ballots", auth=access("matter:read"), response=list[BallotOut], summary="Ballots")
def of_matter(request: HttpRequest, number: str) -> list[BallotOut]:
    """The ballots of a matter, in their order."""
    found = find_matter(request, number)
    return [_out(one) for one in found.matter.ballots.select_related("roll", "matter").order_by("pk")]


@router.get("/ballots/{ballot}", auth=access("public"), response=BallotOut, summary="A ballot")
def one(request: HttpRequest, ballot: Pk) -> BallotOut:
    """What is asked, until when, by which rule, and how many have voted. What came out only after the count."""
    return _out(find_ballot(request, ballot))


@router.get("/ballots/{ballot}/me", auth=access("signed_in"), response=StandingOut, summary="Where I stand")
def me(request: HttpRequest, ballot: Pk) -> StandingOut:
    """Whether the caller is on the roll and has voted, and for whom the caller holds written proxies."""
    found = casting.standing(find_ballot(request, ballot), caller(request).signed_in)
    return StandingOut(
        number=found.entry.number if found.entry else None, voted=found.mark is not None,
        day=found.mark.day if found.mark else None, means=found.mark.means if found.mark else "",
        gave_proxy=found.gave_proxy, entrusted=[entry.number for entry, mark in found.entrusted if mark is None],
    )  # fmt: skip


@router.post("/ballots/{ballot}/votes", auth=access("signed_in"), response={201: ReceiptOut}, summary="Vote")
def vote(request: HttpRequest, ballot: Pk, body: ChoiceIn) -> Status[ReceiptOut]:
    """Cast a vote: an answer to each item in order. It cannot be changed. The code proves that, never what."""
    found = find_ballot(request, ballot)
    try:
        code = casting.cast(found, caller(request).signed_in, body.marks, clock.now(), body.principal)
    except Refused as refused:
        raise said(refused) from refused
    return Status(201, ReceiptOut(receipt=code))


@router.get("/ballots/{ballot}/receipts/{code}", auth=access("public"), response=dict[str, bool], summary="Receipt")
def receipt(request: HttpRequest, ballot: Pk, code: Annotated[str, Field(max_length=40)]) -> dict[str, bool]:
    """Is the vote of this receipt in?"""
    return {"counted_in": casting.check_receipt(find_ballot(request, ballot), code)}


@router.get("/ballots/{ballot}/count", auth=access("public"), response=dict[str, Any], summary="Published count")
def count(request: HttpRequest, ballot: Pk) -> dict[str, Any]:
    """The ballots without names, the rule and the verdict, for a recount. Raises 409 before the count."""
    found = find_ballot(request, ballot)
    if found.status != "counted":
        raise said(Refused("ballot_not_counted"))
    return dict(found.file)


# --- for who holds the step ---


@router.post("/ballots/{ballot}/roll", auth=access("staff"), response={201: RollOut}, summary="Add to the roll")
def add_to_roll(request: HttpRequest, ballot: Pk, body: RollIn) -> Status[RollOut]:
    """Lines of a roll; with one wrong cell none is added, and every wrong cell is named."""
    found = find_ballot(request, ballot)
    rows = [HEAD, *([line.name, line.unit, line.kind, line.area, line.contact, "yes" if line.candidate else ""]
                    for line in body.entries)]  # fmt: skip
    taken = found.roll.entries.exclude(contact_index=None).values_list("contact_index", flat=True)
    try:
        entries, faults = read_roll(rows, "owner" if found.roll.of == "owners" else "person", taken)
        if faults:
            errors = [RowFault(field=f"body.entries.{one.row - 2}", detail=fault_text(one)).dict() for one in faults]
            raise Problem(422, "invalid", errors=errors)
        lead.add_to_roll(found.roll, [entry for _row, entry in entries], caller(request).signed_in, clock.now())
    except Unreadable as fault:
        raise Problem(422, "invalid", unreadable_text(fault.code)) from fault
    except Refused as refused:
        raise said(refused) from refused
    return Status(201, RollOut(entries=found.roll.entries.count(), digest=""))


@router.post("/ballots/{ballot}/roll/freeze", auth=access("staff"), response=RollOut, summary="Fix the roll")
def freeze(request: HttpRequest, ballot: Pk) -> RollOut:
    """From now on nobody changes the roll; its digest is in the log."""
    found = find_ballot(request, ballot)
    try:
        lead.freeze(found.roll, caller(request).signed_in, clock.now())
    except Refused as refused:
        raise said(refused) from refused
    found.roll.refresh_from_db()
    return RollOut(entries=found.roll.size, digest=found.roll.digest)


@router.post("/ballots/{ballot}/open", auth=access("staff"), response=BallotOut, summary="Open a ballot")
def open_(request: HttpRequest, ballot: Pk, body: TermsIn) -> BallotOut:
    """Set what is asked and until when, and open it."""
    found, person, now = find_ballot(request, ballot), caller(request).signed_in, clock.now()
    items = [item.dict() for item in body.items]
    try:
        lead.set_terms(found, items, body.about, body.closes_at, person, now, body.seats)
        lead.open_ballot(found, person, now)
    except Refused as refused:
        raise said(refused) from refused
    return _out(find_ballot(request, ballot))


@router.post("/ballots/{ballot}/papers/handed-in", auth=access("staff"), response=list[RefusedOut], summary="Papers in")
def handed_in(request: HttpRequest, ballot: Pk, body: HandedIn) -> list[RefusedOut]:
    """These roll numbers handed in a paper; they cannot vote otherwise any more. Returns what was refused."""
    found = find_ballot(request, ballot)
    try:
        refused = casting.hand_in(found, body.numbers, caller(request).signed_in, clock.now())
    except Refused as wrong:
        raise said(wrong) from wrong
    return [_refused(n, why) for n, why in refused]


@router.post("/ballots/{ballot}/papers", auth=access("staff"), response=list[RefusedOut], summary="Read papers")
def papers(request: HttpRequest, ballot: Pk, body: PapersIn) -> list[RefusedOut]:
    """What one person read; another one reads the same papers, and only what is alike counts."""
    found = find_ballot(request, ballot)
    new = [Read(one.sheet, tuple(one.marks), one.copies) for one in body.papers]
    try:
        refused = read_papers(found, new, caller(request).signed_in, clock.now())
    except Refused as wrong:
        raise said(wrong) from wrong
    return [_refused(n, why) for n, why in refused]


def _refused(number: int, why: Refused) -> RefusedOut:
    return RefusedOut(number=number, code=why.code, detail=ballot_refusal(why.code, why.args_map))
