"""Tenders: terms, sealed bids, opening, panel, targets. Project groups: members, duty contracts, milestones, cards."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, find_matter
from gongzhi.api.problems import Problem
from gongzhi.api.schemas import projects as body
from gongzhi.core.money import BadAmount, parse_yuan, yuan_text
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import project_group as group
from gongzhi.desk import tender_panel as panel
from gongzhi.desk import tenders as desk
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.records.projects import queries as projects
from gongzhi.records.projects import tender_queries as queries
from gongzhi.records.projects.actions import NewCard, NewMember
from gongzhi.records.projects.models import Milestone, ProjectMember, WorkCard
from gongzhi.records.projects.tender_actions import NewBid, NewTarget
from gongzhi.records.projects.tenders import Bid, Evaluator, Tender, TenderTarget
from gongzhi.web import clock
from gongzhi.words.refusals_projects import project_refusal

router = Router(tags=["projects"])
Code = Annotated[str, Field(max_length=48)]


def _matter(request: HttpRequest, number: str) -> Matter:
    """One the caller may see. Raises Problem."""
    return find_matter(request, number).matter


def _tender(matter: Matter) -> Tender:
    found = queries.latest(matter)
    if found is None:
        raise Problem(404, "no_tender", project_refusal("no_tender", {}))
    return found


def _bid(matter: Matter, number: int) -> Bid:
    found = _tender(matter).bids.select_related("tender__matter").filter(number=number).first()
    if found is None:
        raise Problem(404, "not_found")
    return found


def _evaluator(matter: Matter, number: int) -> Evaluator:
    found = _tender(matter).evaluators.select_related("tender__matter").filter(number=number).first()
    if found is None:
        raise Problem(404, "not_found")
    return found


def _member(matter: Matter, pk: int) -> ProjectMember:
    found = matter.project_members.select_related("project").filter(pk=pk).first()
    if found is None:
        raise Problem(404, "not_found")
    return found


def _cents(text: str) -> int:
    try:
        return parse_yuan(text)
    except BadAmount as fault:
        raise Refused("bid_empty") from fault


def _me(request: HttpRequest) -> Person:
    return caller(request).signed_in


# --- tenders ---


@router.get("/matters/{number}/tender", auth=access("public"), response=body.TenderOut, summary="Read a tender")
def tender(request: HttpRequest, number: Code) -> body.TenderOut:
    """The call that runs or ran last; bids only after the opening."""
    return _shown(_tender(_matter(request, number)))


@router.post("/matters/{number}/tender/terms", auth=access("staff"), response=body.TenderOut, summary="Set the terms")
def terms(request: HttpRequest, number: Code, sent: body.TermsIn) -> body.TenderOut:
    """Hour, estimate and targets, before the call is published."""
    targets = [NewTarget(one.title, one.unit, one.wanted) for one in sent.targets]
    new = desk.Terms(sent.closes_at, _cents(sent.estimate), sent.where, targets)
    return _shown(desk.set_terms(_matter(request, number), new, _me(request), clock.now()))


@router.post(
    "/matters/{number}/tender/bids", auth=access("signed_in"), response={201: body.BidReceipt}, summary="Hand in a bid"
)
def bid(request: HttpRequest, number: Code, sent: body.BidIn) -> Status[body.BidReceipt]:
    """Sealed until the hour; refused a moment later."""
    price = _cents(sent.price) if sent.channel == "web" else None
    new = NewBid(sent.bidder, sent.offer if sent.channel == "web" else "", price, sent.channel)
    made = desk.hand_in(_tender(_matter(request, number)), new, _me(request), clock.now())
    return Status(201, body.BidReceipt.from_orm(made))


@router.delete(
    "/matters/{number}/tender/bids/{nth}", auth=access("signed_in"), response={204: None}, summary="Take a bid back"
)
def withdraw(request: HttpRequest, number: Code, nth: body.Number) -> Status[None]:
    """Until the hour, by who handed it in."""
    desk.withdraw(_bid(_matter(request, number), nth), _me(request), clock.now())
    return Status(204, None)


@router.post("/matters/{number}/tender/opening", auth=access("staff"), response=body.TenderOut, summary="Open the bids")
def opening(request: HttpRequest, number: Code) -> body.TenderOut:
    """The first of two people asks, the second opens."""
    return _shown(desk.open_bids(_matter(request, number), _me(request), clock.now()))


@router.post("/matters/{number}/tender/prices", auth=access("staff"), response={204: None}, summary="Enter an envelope")
def prices(request: HttpRequest, number: Code, sent: body.PriceIn) -> Status[None]:
    """What an opened envelope says."""
    found = _bid(_matter(request, number), sent.bid)
    desk.enter_price(found, _cents(sent.price), sent.offer, _me(request), clock.now())
    return Status(204, None)


@router.post(
    "/matters/{number}/tender/evaluators", auth=access("staff"), response={201: body.EvaluatorOut}, summary="Seat one"
)
def evaluator(request: HttpRequest, number: Code, sent: body.EvaluatorIn) -> Status[body.EvaluatorOut]:
    """Somebody of the panel; the name stays sealed."""
    matter = _matter(request, number)
    made = panel.add_evaluator(matter, sent.name, sent.contact, sent.expert, _me(request), clock.now())
    return Status(201, body.EvaluatorOut.from_orm(made))


@router.post("/matters/{number}/tender/interests", auth=access("staff"), response={204: None}, summary="Declare")
def interests(request: HttpRequest, number: Code, sent: body.InterestIn) -> Status[None]:
    """Whether an evaluator has an interest; who has one gives no marks."""
    panel.declare(_evaluator(_matter(request, number), sent.evaluator), sent.interest, _me(request), clock.now())
    return Status(204, None)


@router.post("/matters/{number}/tender/marks", auth=access("staff"), response={204: None}, summary="Give marks")
def marks(request: HttpRequest, number: Code, sent: body.MarksIn) -> Status[None]:
    """One evaluator's marks for every bid."""
    panel.give_marks(_evaluator(_matter(request, number), sent.evaluator), sent.marks, _me(request), clock.now())
    return Status(204, None)


@router.post("/matters/{number}/tender/choice", auth=access("staff"), response=body.TenderOut, summary="Propose a bid")
def choice(request: HttpRequest, number: Code, sent: body.ChoiceIn) -> body.TenderOut:
    """Another than the first, with a public reason."""
    return _shown(panel.choose(_bid(_matter(request, number), sent.bid), sent.why, _me(request), clock.now()))


@router.post("/matters/{number}/tender/delivered", auth=access("staff"), response={204: None}, summary="Say delivered")
def delivered(request: HttpRequest, number: Code, sent: body.CountsIn) -> Status[None]:
    """By the provider, for each target."""
    panel.delivered(_matter(request, number), sent.numbers, _me(request), clock.now())
    return Status(204, None)


@router.post("/matters/{number}/tender/found", auth=access("staff"), response={204: None}, summary="Say found")
def found(request: HttpRequest, number: Code, sent: body.CountsIn) -> Status[None]:
    """By others than the provider, for each target."""
    panel.found(_matter(request, number), sent.numbers, _me(request), clock.now())
    return Status(204, None)


def _shown(one: Tender) -> body.TenderOut:
    places = {row.bid.pk: row for row in queries.ranked(one)} if one.judged_at else {}
    bids = [
        body.BidOut(number=bid.number, bidder=bid.bidder, price=yuan_text(bid.amount or 0), digest=bid.digest,
                    place=places[bid.pk].place if bid.pk in places else None,
                    marks=places[bid.pk].sum if bid.pk in places else None)
        for bid in queries.open_bids(one)
    ]  # fmt: skip
    return body.TenderOut(
        nth=one.nth, estimate=yuan_text(one.estimate or 0), where=one.where, published_at=one.published_at,
        closes_at=one.closes_at, opened_at=one.opened_at, bids=bids,
        chosen=one.chosen.number if one.chosen and one.judged_at else None, why=one.why if one.judged_at else "",
        targets=[_target(target) for target in queries.targets_of(one.matter)],
    )  # fmt: skip


def _target(one: TenderTarget) -> body.TargetOut:
    return body.TargetOut.from_orm(one)


# --- groups ---


@router.get("/matters/{number}/project", auth=access("public"), response=body.ProjectOut, summary="Read a project")
def project(request: HttpRequest, number: Code) -> body.ProjectOut:
    """Milestones, record cards, and the group in numbers."""
    matter = _matter(request, number)
    members = projects.members_of(matter)
    return body.ProjectOut(
        members=len(members), residents=sum(one.resident for one in members),
        signed=sum(one.signed_on is not None for one in members),
        milestones=[_stone(one) for one in projects.milestones_of([matter])[matter.pk]],
        cards=[_card(one) for one in matter.work_cards.order_by("-day", "-pk")[:100]],
    )  # fmt: skip


@router.post("/matters/{number}/project/members", auth=access("staff"), response={201: body.MemberOut}, summary="Name")
def member(request: HttpRequest, number: Code, sent: body.MemberIn) -> Status[body.MemberOut]:
    """Somebody for the group, with the duties the contract will say."""
    new = NewMember(sent.name, sent.contact, sent.role, sent.resident, sent.duties)
    return Status(201, _named(group.add_member(_matter(request, number), new, _me(request), clock.now())))


@router.post("/matters/{number}/project/signature", auth=access("signed_in"), response=body.MemberOut, summary="Sign")
def signature(request: HttpRequest, number: Code) -> body.MemberOut:
    """The caller's own duty contract."""
    mine = _matter(request, number).project_members.select_related("project").filter(person=_me(request)).first()
    if mine is None:
        raise Refused("duty_not_yours")
    group.sign(mine, _me(request), clock.now())
    return _named(mine)


@router.post("/matters/{number}/project/papers", auth=access("staff"), response=body.MemberOut, summary="Enter a paper")
def paper(request: HttpRequest, number: Code, sent: body.PaperIn) -> body.MemberOut:
    """A duty contract that was signed by hand."""
    found = _member(_matter(request, number), sent.member)
    group.sign_on_paper(found, sent.day, _me(request), clock.now())
    return _named(found)


@router.post(
    "/matters/{number}/project/milestones", auth=access("staff"), response={201: body.StoneOut}, summary="Plan a step"
)
def milestone(request: HttpRequest, number: Code, sent: body.StoneIn) -> Status[body.StoneOut]:
    """One more at the end of the plan."""
    matter = _matter(request, number)
    return Status(
        201, _stone(group.add_milestone(matter, sent.title, sent.begins, sent.due, _me(request), clock.now()))
    )


@router.post("/matters/{number}/project/done", auth=access("staff"), response=body.StoneOut, summary="Finish a step")
def stone_done(request: HttpRequest, number: Code, sent: body.StoneDoneIn) -> body.StoneOut:
    """Done on a day; null: not done after all."""
    found = _matter(request, number).milestones.select_related("project").filter(number=sent.number).first()
    if found is None:
        raise Problem(404, "not_found")
    group.finish(found, sent.day, _me(request), clock.now())
    return _stone(found)


@router.post(
    "/matters/{number}/project/cards", auth=access("staff"), response={201: body.CardOut}, summary="Write a card"
)
def card(request: HttpRequest, number: Code, sent: body.CardIn) -> Status[body.CardOut]:
    """A standard record card, or a regular meeting of the group."""
    new = NewCard(sent.stage, sent.day, sent.people, sent.done, sent.problems, sent.next, sent.kind)
    return Status(201, _card(group.add_card(_matter(request, number), new, [], _me(request), clock.now())))


def _named(one: ProjectMember) -> body.MemberOut:
    return body.MemberOut.from_orm(one)


def _stone(one: Milestone) -> body.StoneOut:
    return body.StoneOut.from_orm(one)


def _card(one: WorkCard) -> body.CardOut:
    return body.CardOut.from_orm(one)
