"""招标: staff set the terms, take envelopes, open at the hour by two, seat the panel, give marks, check targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.money import BadAmount, parse_yuan, yuan_text
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk import tender_panel as panel
from gongzhi.desk import tenders as desk
from gongzhi.desk.calendars import current
from gongzhi.desk.room_facts import earliest_hour
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects import tender_queries as queries
from gongzhi.records.projects.tender_actions import NewBid, NewTarget
from gongzhi.records.projects.tenders import Bid, Evaluator, Tender
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.tenders import Shown, has_tender, shown
from gongzhi.web.workbench.found import Found, find
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.funds import funds_refusal
from gongzhi.words.refusals_projects import project_refusal

__all__ = ["work_tender", "work_tenders"]

LINE, TEXT, SHOWN_TARGETS = 200, 4000, 5
MOST = 200
OPENS = time(9, 30)
Typed = Mapping[str, str]


@requires("staff")
@never_cache
@require_GET
def work_tenders(request: HttpRequest) -> HttpResponse:
    """Matters with a tender at the reader's place, the latest first."""
    here = desk_of(request)
    rows = Matter.objects.filter(kind="project", place__path__startswith=here.place.path).select_related("place")
    found = [matter for matter in rows.order_by("-pk")[:MOST] if has_tender(matter)]
    calls: dict[int, Tender] = {}
    for one in Tender.objects.filter(matter__in=found).order_by("nth"):
        calls[one.matter_id] = one
    return show(request, "tenders.html", rows=[Shown(one, calls.get(one.pk), here.at) for one in found])


@dataclass(frozen=True)
class Here:
    """A tender on somebody's desk. `leads`: the reader holds the step."""

    found: Found
    one: Shown
    leads: bool

    @property
    def matter(self) -> Matter:
        return self.found.matter

    @property
    def tender(self) -> Tender:
        if self.one.tender is None:
            raise Http404("no call yet")
        return self.one.tender

    def bid(self, typed: Typed) -> Bid:
        found = self.tender.bids.select_related("tender__matter").filter(number=_number(typed.get("bid"))).first()
        if found is None:
            raise Http404("no such bid")
        return found

    def evaluator(self, typed: Typed) -> Evaluator:
        rows = self.tender.evaluators.select_related("tender__matter")
        found = rows.filter(number=_number(typed.get("evaluator"))).first()
        if found is None:
            raise Http404("no such evaluator")
        return found


def _number(text: str | None) -> int:
    """A whole number as typed; -1: none."""
    said = (text or "").strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else -1


@requires("staff")
@never_cache
def work_tender(request: HttpRequest, number: str) -> HttpResponse:
    """One tender: where it stands, and what the reader may do now."""
    found = find(request, number)
    if not has_tender(found.matter):
        raise Http404("no tender")
    here = Here(found, shown(found.matter, found.at), lead.leads(found.matter, found.person, found.at) is not None)
    typed = {name: str(value).strip()[:TEXT] for name, value in request.POST.items()}
    error = ""
    if request.method == "POST":
        try:
            _DO.get(typed.get("do", ""), _unknown)(here, typed)
            return redirect("work_tender", number=number)
        except BadAmount as fault:
            error = funds_refusal(fault.code, {})
        except Refused as refused:
            error = _told(here, refused)
    return show(request, "tender.html", 422 if error else 200, key=new_key(), **_context(here, typed, error))


def _context(here: Here, typed: Typed, error: str) -> dict[str, object]:
    one, tender = here.one, here.one.tender
    filled = dict(typed) if error else _terms_typed(here)
    return {
        "here": here, "one": one, "error": error, "typed": filled, "many": range(1, SHOWN_TARGETS + 1),
        "evaluators": queries.evaluators_of(tender) if tender and one.room == "panel" else [],
        "opens": bool(tender and one.room == "opening" and tender.closes_at and here.found.at >= tender.closes_at),
        "taken": queries.bids_by(tender, here.found.person.digest) if tender and one.taking else [],
        "candidates": queries.ranked(tender) if tender and one.room == "panel" else [],
    }  # fmt: skip


def _told(here: Here, refused: Refused) -> str:
    own = project_refusal(refused.code, refused.args_map)
    return own or here.found.speaker.refusal(refused.code, refused.args_map, here.found.case.control.step)


def _terms_typed(here: Here) -> dict[str, str]:
    """What the form of the terms begins with: what was set, else the first working morning that is possible."""
    tender = here.one.tender
    if here.one.room != "call" or tender is None:
        return {}
    hour = in_china(tender.closes_at or _morning(earliest_hour(here.matter, here.found.at)))
    filled = {"day": hour.date().isoformat(), "time": f"{hour:%H:%M}", "where": tender.where}
    filled["estimate"] = yuan_text(tender.estimate) if tender.estimate else ""
    for row in queries.targets_of(here.matter):
        filled |= {
            f"title{row.number}": row.title,
            f"wanted{row.number}": str(row.wanted),
            f"unit{row.number}": row.unit,
        }
    return filled


def _morning(first: datetime) -> datetime:
    day = current()[0].next_working_day(in_china(first - timedelta.resolution).date() + timedelta(days=1))
    return datetime.combine(day, OPENS, CHINA)


# --- what may be done ---


def _terms(here: Here, typed: Typed) -> None:
    try:
        closes = datetime.fromisoformat(f"{typed.get('day', '')}T{typed.get('time', '')}").replace(tzinfo=CHINA)
    except ValueError:
        raise Refused("terms_missing") from None
    targets = [
        NewTarget(_line(typed, f"title{n}"), _line(typed, f"unit{n}"), _number(typed.get(f"wanted{n}")))
        for n in range(1, SHOWN_TARGETS + 1)
        if _line(typed, f"title{n}")
    ]
    terms = desk.Terms(closes, parse_yuan(typed.get("estimate", "")), _line(typed, "where"), targets)
    desk.set_terms(here.matter, terms, here.found.person, here.found.at)


def _line(typed: Typed, name: str) -> str:
    return texts.clean_line(typed.get(name, ""))[:LINE]


def _envelope(here: Here, typed: Typed) -> None:
    new = NewBid(_line(typed, "bidder"), channel="paper")
    desk.hand_in(here.tender, new, here.found.person, here.found.at)


def _price(here: Here, typed: Typed) -> None:
    price = parse_yuan(typed.get("price", ""))
    desk.enter_price(here.bid(typed), price, typed.get("offer", ""), here.found.person, here.found.at)


def _seat(here: Here, typed: Typed) -> None:
    name, contact = _line(typed, "name"), _line(typed, "contact")
    panel.add_evaluator(here.matter, name, contact, bool(typed.get("expert")), here.found.person, here.found.at)


def _marks(here: Here, typed: Typed) -> None:
    marks = {bid.number: _number(typed.get(f"mark{bid.number}")) for bid in here.one.bids}
    panel.give_marks(here.evaluator(typed), marks, here.found.person, here.found.at)


def _counts(here: Here, typed: Typed) -> dict[int, int]:
    rows = queries.targets_of(here.matter)
    return {one.number: _number(typed.get(f"count{one.number}")) for one in rows}


def _unknown(here: Here, typed: Typed) -> None:
    raise Http404("no such thing to do")


_DO: dict[str, Callable[[Here, Typed], object]] = {
    "terms": _terms,
    "envelope": _envelope,
    "open": lambda here, typed: desk.open_bids(here.matter, here.found.person, here.found.at),
    "price": _price,
    "seat": _seat,
    "declare": lambda here, typed: panel.declare(
        here.evaluator(typed), typed.get("interest", ""), here.found.person, here.found.at
    ),
    "marks": _marks,
    "choose": lambda here, typed: panel.choose(here.bid(typed), typed.get("why", ""), here.found.person, here.found.at),
    "delivered": lambda here, typed: panel.delivered(
        here.matter, _counts(here, typed), here.found.person, here.found.at
    ),
    "found": lambda here, typed: panel.found(here.matter, _counts(here, typed), here.found.person, here.found.at),
}
