"""交标书: a bid over the net, sealed at once; a receipt; taking it back until the hour."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongzhi.core.money import BadAmount, parse_yuan
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import tenders as desk
from gongzhi.records.matters.queries import by_number
from gongzhi.records.projects import tender_queries as queries
from gongzhi.records.projects.tender_actions import NewBid
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.page import Errors, new_key, show, signed_in
from gongzhi.web.tenders import Shown, shown
from gongzhi.words.funds import funds_refusal
from gongzhi.words.refusals_projects import project_refusal

__all__ = ["bid"]

NAME, OFFER = 120, 4000


@requires("signed_in")
@never_cache
def bid(request: HttpRequest, number: str) -> HttpResponse:
    """The form, and what this reader has handed in: number, time, digest, nothing of what it says."""
    matter = by_number(number)
    one = shown(matter, now()) if matter is not None and matter.public else None
    if one is None or one.tender is None or one.tender.published_at is None:
        raise Http404("no such tender")
    if request.method != "POST":
        return _page(request, one, {}, [])
    typed = {
        "bidder": texts.clean_line(request.POST.get("bidder", ""))[:NAME],
        "price": texts.clean_line(request.POST.get("price", ""))[:40],
        "offer": request.POST.get("offer", "").strip()[:OFFER],
    }
    try:
        made = _take_back(request, one) if request.POST.get("do") == "withdraw" else _hand_in(request, one, typed)
    except BadAmount as fault:
        return _page(request, one, typed, [{"text": funds_refusal(fault.code, {}), "href": "#price"}])
    except Refused as refused:
        said = project_refusal(refused.code, refused.args_map)
        return _page(request, one, typed, [{"text": said, "href": "#bidder"}])
    return redirect(f"{reverse('bid', args=[number])}?done={made}")


def _hand_in(request: HttpRequest, one: Shown, typed: dict[str, str]) -> int:
    price = parse_yuan(typed["price"])
    new = NewBid(typed["bidder"], typed["offer"], price)
    return desk.hand_in(one.call, new, signed_in(request), now()).number


def _take_back(request: HttpRequest, one: Shown) -> int:
    said = request.POST.get("number", "")
    found = one.call.bids.filter(number=int(said)).first() if said.isascii() and said.isdecimal() else None
    if found is None:
        raise Http404("no such bid")
    desk.withdraw(found, signed_in(request), now())
    return 0


def _page(request: HttpRequest, one: Shown, typed: dict[str, str], errors: Errors) -> HttpResponse:
    return show(
        request, "portal/bid.html", 422 if errors else 200, one=one, typed=typed, errors=errors, key=new_key(),
        mine=queries.bids_by(one.call, signed_in(request).digest), done=request.GET.get("done", ""),
    )  # fmt: skip
