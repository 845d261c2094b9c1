"""A tender as pages show it: where it stands, what may be seen of it, its targets with bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.money import yuan_text
from gongzhi.desk.room_facts import sits
from gongzhi.desk.tenders import step_at, takes_bids
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects import tender_queries as queries
from gongzhi.records.projects.tenders import Bid, Tender, TenderTarget

__all__ = ["Shown", "has_tender", "shown"]

WIDE = 1000  # of a bar


@dataclass(frozen=True)
class Shown:
    """A matter with a tender at a time; `tender` None: the simple way, or before the call."""

    matter: Matter
    tender: Tender | None
    at: datetime

    @property
    def call(self) -> Tender:
        """The call. Raises LookupError before there is one."""
        if self.tender is None:
            raise LookupError("no call yet")
        return self.tender

    @cached_property
    def room(self) -> str:
        """The room of the step the matter is at."""
        step = step_at(self.matter)
        return (step.room if step else "") or ""

    @property
    def simple(self) -> bool:
        """Below the size that must be tendered."""
        if self.tender is not None and self.tender.published_at is not None:
            return False
        return self.room == "simple" or any(name == "must_tender" and value is False for name, value in self._given)

    @property
    def _given(self) -> tuple[tuple[str, Any], ...]:
        return tuple(read_state(self.matter.state).control.given)

    @property
    def taking(self) -> bool:
        return self.tender is not None and takes_bids(self.tender, self.at)

    @property
    def stage(self) -> str:
        """Where it stands, in a word."""
        tender = self.tender
        if self.simple:
            return _("简便方式")
        if tender is None or tender.published_at is None:
            return _("准备公告") if tender is None or tender.nth == 1 else _("准备再次公告")
        if self.taking:
            return _("正在收标书")
        if tender.opened_at is None:
            return _("等待开标")
        return self._after()

    def _after(self) -> str:
        said = {"panel": _("正在评标"), "delivery": _("正在提供服务"), "results": _("别的组织正在评价")}
        if self.room in said:
            return said[self.room]
        case = read_state(self.matter.state)
        return _("已经结束") if case.control.status in ("closed", "final") else _("评标以后")

    @cached_property
    def bids(self) -> list[Bid]:
        """Open bids in their order; none before the opening."""
        return queries.open_bids(self.tender) if self.tender else []

    @cached_property
    def ranked(self) -> list[queries.RankedBid]:
        """The ranking, once the panel has judged."""
        return queries.ranked(self.tender) if self.tender and self.tender.judged_at else []

    @cached_property
    def panel(self) -> tuple[int, int]:
        """How many judge, and how many stepped out for an interest."""
        everybody = queries.evaluators_of(self.tender) if self.tender else []
        return sum(sits(one) for one in everybody), sum(one.interest == "has" for one in everybody)

    @cached_property
    def targets(self) -> list[dict[str, Any]]:
        return [_bar(one) for one in queries.targets_of(self.matter)]

    @property
    def estimate(self) -> str:
        return yuan_text(self.tender.estimate) if self.tender and self.tender.estimate else ""

    @staticmethod
    def yuan(bid: Bid) -> str:
        return yuan_text(bid.amount) if bid.amount is not None else ""


def _bar(one: TenderTarget) -> dict[str, Any]:
    """`at`: width of thousand of what counts: what others found, before that what the provider says."""
    many = one.found if one.found is not None else one.delivered
    return {
        "target": one, "many": many, "at": min(WIDE, WIDE * (many or 0) // one.wanted),
        "reached": many is not None and many >= one.wanted,
    }  # fmt: skip


def has_tender(matter: Matter) -> bool:
    """Does the matter's procedure take bids?"""
    case = read_state(matter.state)
    steps = charter_by_digest(case.digest).procedures[case.procedure].steps.values()
    return any(one.room == "bids" for one in steps)


def shown(matter: Matter, at: datetime) -> Shown:
    return Shown(matter, queries.latest(matter), at)
