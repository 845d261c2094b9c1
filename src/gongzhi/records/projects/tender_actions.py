"""Writes about tenders. The desk calls these inside its transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from gongzhi.records.crypto import blind_index
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects.tenders import Bid, BidMark, Evaluator, Tender, TenderTarget

PANEL = {"purpose": "tender_panel", "legal_basis": "PIPL 13(1)(3)", "collected_from": "buyer"}


@dataclass(frozen=True, slots=True)
class NewBid:
    """A bid as it is handed in. `price` in 0.01 yuan; None in an envelope that is opened at the hour."""

    bidder: str
    offer: str = ""
    price: int | None = None
    channel: str = "web"


@dataclass(frozen=True, slots=True)
class NewTarget:
    title: str
    unit: str
    wanted: int


def begin(matter: Matter, at: datetime) -> Tender:
    """The call that is being prepared; a new one once the last was published."""
    last = matter.tenders.order_by("-nth").first()
    if last is not None and last.published_at is None:
        return last
    nth = last.nth + 1 if last else 1
    same = {"estimate": last.estimate, "where": last.where} if last else {}
    return Tender.objects.create(matter=matter, nth=nth, begun_at=at, **same)


def locked(tender: Tender) -> Tender:
    return Tender.objects.select_for_update().select_related("matter").get(pk=tender.pk)


def save(row: Tender | Bid | Evaluator | TenderTarget, names: Sequence[str]) -> None:
    row.save(update_fields=list(names))


def digest_of(new: NewBid) -> str:
    """sha256 of bidder, offer and price: whoever has the three can show that they are those handed in."""
    return hashlib.sha256(json.dumps([new.bidder, new.offer, new.price], ensure_ascii=False).encode()).hexdigest()


def hand_in(tender: Tender, new: NewBid, by: str, at: datetime) -> Bid:
    """A sealed bid. Raises IntegrityError: late by however little, or a second one of the same bidder."""
    if tender.closes_at is None:
        raise IntegrityError("bids before there is an hour")
    last = tender.bids.order_by("-number").first()
    return Bid.objects.create(
        tender=tender, number=last.number + 1 if last else 1, channel=new.channel, bidder=new.bidder, offer=new.offer,
        price="" if new.price is None else str(new.price), digest=digest_of(new), by=by, handed_at=at,
        same=same_bidder(tender, new.bidder), closes_at=tender.closes_at,
    )  # fmt: skip


def same_bidder(tender: Tender, bidder: str) -> str:
    """Spaces and the width of letters do not make another bidder."""
    return blind_index(f"tender{tender.pk}", "".join(bidder.split()).casefold())


def unseal(tender: Tender) -> None:
    """The prices of bids handed in through the program become readable."""
    for bid in tender.bids.filter(withdrawn_at=None, channel="web"):
        bid.amount = int(bid.price)
        bid.save(update_fields=["amount"])


def add_evaluator(tender: Tender, name: str, contact: str, expert: bool) -> Evaluator:
    """Raises IntegrityError: the same person twice."""
    last = tender.evaluators.order_by("-number").first()
    same = blind_index(f"panel{tender.pk}", f"{name.strip()}\n{contact.strip()}")
    return Evaluator.objects.create(
        tender=tender, number=last.number + 1 if last else 1, name=name.strip(), same=same, expert=expert, **PANEL
    )


def put_marks(evaluator: Evaluator, marks: Mapping[int, int]) -> None:
    """`marks`: by the key of the bid."""
    for bid, mark in marks.items():
        BidMark.objects.update_or_create(evaluator=evaluator, bid_id=bid, defaults={"mark": mark})


def put_targets(matter: Matter, targets: Sequence[NewTarget]) -> None:
    matter.tender_targets.all().delete()
    TenderTarget.objects.bulk_create(
        TenderTarget(matter=matter, number=n, title=one.title, unit=one.unit, wanted=one.wanted)
        for n, one in enumerate(targets, 1)
    )
