"""Reads of tenders: the latest call of a matter, its bids once they are open, the panel, the ranking."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from gongzhi.records.institutions.codes import paths_above
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects.tenders import Bid, Evaluator, Tender, TenderTarget


def latest(matter: Matter) -> Tender | None:
    """The call that runs or ran last."""
    return Tender.objects.select_related("matter", "chosen").filter(matter=matter).order_by("-nth").first()


def published_in(path: str) -> QuerySet[Tender]:
    """Public calls at, below and above a place, the latest hour first: a district buys for its communities."""
    near = Q(matter__place__path__startswith=path) | Q(matter__place__path__in=paths_above(path))
    rows = Tender.objects.filter(near, matter__public=True, published_at__isnull=False)
    return rows.select_related("matter__place").order_by("-closes_at", "-pk")


def valid_bids(tender: Tender) -> QuerySet[Bid]:
    """Handed in in time and not taken back."""
    return tender.bids.filter(withdrawn_at=None).order_by("number")


def open_bids(tender: Tender) -> list[Bid]:
    """What was offered; nothing before the opening."""
    return list(valid_bids(tender)) if tender.opened_at else []


def bids_by(tender: Tender, digest: str) -> list[Bid]:
    """Those that somebody handed in: a receipt for each, nothing of what it says."""
    return list(tender.bids.filter(by=digest).defer("offer", "price").order_by("number"))


def evaluators_of(tender: Tender) -> list[Evaluator]:
    return list(tender.evaluators.prefetch_related("marks").order_by("number"))


def targets_of(matter: Matter) -> list[TenderTarget]:
    return list(matter.tender_targets.order_by("number"))


@dataclass(frozen=True, slots=True)
class RankedBid:
    """A bid with the sum of its marks; `place` is shared by equals in marks and price."""

    bid: Bid
    sum: int
    place: int


def ranked(tender: Tender) -> list[RankedBid]:
    """By the sum of marks, then by the lower price (declared beforehand); empty before anybody gave marks."""
    rows = [bid for bid in valid_bids(tender).annotate(total=Sum("marks__mark")) if bid.total is not None]
    keys = sorted({(-bid.total, bid.amount or 0) for bid in rows})
    found = [RankedBid(bid, bid.total, keys.index((-bid.total, bid.amount or 0)) + 1) for bid in rows]
    return sorted(found, key=lambda one: (one.place, one.bid.number))
