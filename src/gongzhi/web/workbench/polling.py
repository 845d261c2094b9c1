"""表决: which ballots our organs hold, and the page of one: prepare, open, watch the turnout, count, see the result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.decision import scoring_papers as scoring
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk import reviewing
from gongzhi.desk.ballots_count import open_papers
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.ballots.queries import by_id, of_organs, open_choices
from gongzhi.records.matters.access import note_reading
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.ballots import Shown
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.receipts import qr
from gongzhi.web.sharing import is_money, lines_of, priced_item
from gongzhi.web.workbench.found import Found, find
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.ballots import answer_text, ballot_refusal

__all__ = ["Polling", "ballot_hall", "ballot_open", "ballot_room", "ballot_terms", "ballots", "polling_of", "refusal"]

PAGE = 30
Error = dict[str, str]


@dataclass(frozen=True)
class Polling:
    """A ballot on somebody's desk. `leads`: the reader holds the step and may prepare, enter and count."""

    ballot: Ballot
    found: Found
    leads: bool

    @property
    def shown(self) -> Shown:
        return Shown(self.ballot, self.found.at)


def polling_of(request: HttpRequest, pk: int, leading: bool = False) -> Polling:
    """The ballot for somebody who may see its matter; `leading`: only for who holds its step. 404 otherwise."""
    ballot = by_id(pk)
    if ballot is None:
        raise Http404("no such ballot")
    found = find(request, ballot.matter.number)
    leads = ballot.visit == found.case.visit and lead.leads(ballot.matter, found.person, found.at) is not None
    if leading and not leads:
        raise Http404("not for the reader")
    return Polling(ballot, found, leads)


def refusal(here: Polling, refused: Refused) -> str:
    """Why not, in a sentence."""
    own = ballot_refusal(refused.code, refused.args_map)
    return own or here.found.speaker.refusal(refused.code, refused.args_map, here.found.case.control.step)


@requires("staff")
@never_cache
@require_GET
def ballots(request: HttpRequest) -> HttpResponse:
    """Ballots of the reader's organs, the latest first; `?phase=open` and so on."""
    desk = desk_of(request)
    rows = of_organs(desk.organs)
    phase = request.GET.get("phase", "")
    if phase in ("planned", "open", "counted", "dropped"):
        rows = rows.filter(status=phase)
    page, pages = page_of(request), pages_of(rows.count(), PAGE)
    shown = [Shown(one, desk.at) for one in rows[(page - 1) * PAGE : page * PAGE]]
    return show(request, "ballots.html", rows=shown, phase=phase, page=page, pages=pages)


@requires("staff")
@never_cache
@require_GET
def ballot_room(request: HttpRequest, pk: int) -> HttpResponse:
    """One ballot."""
    return room(request, polling_of(request, pk))


def room(
    request: HttpRequest, here: Polling, errors: list[Error] | None = None, typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page again, with what was typed."""
    ballot = here.ballot
    voices = _voices(here)
    return show(
        request, "ballot.html", status, here=here, poll=here.shown, ballot=ballot, found=here.found,
        errors=errors or [], typed=typed or typed_terms(ballot), key=new_key(), voices=voices,
        unread=open_papers(ballot) if here.leads and ballot.status == "open" else [],
        count_href=reverse("work_act", args=[ballot.matter.number, "done", "-"]), notice=_thanks(request),
    )  # fmt: skip


def _voices(here: Polling) -> list[tuple[Any, list[str]]]:
    """Who chose what in an open ballot: after the count, for those whose organ holds it; the reading is noted."""
    ballot, found = here.ballot, here.found
    mine = set(found.person.seats(found.at).values_list("organ_instance", flat=True))
    if ballot.secrecy != "open" or ballot.status != "counted" or ballot.organ_id not in mine:
        return []
    note_reading(found.person, found.role, "ballot", found.at, found.matter)
    return [(entry, [answer_text(item, mark) for item, mark in zip(ballot.items, choice, strict=False)])
            for entry, choice in open_choices(ballot)]  # fmt: skip


def typed_terms(ballot: Ballot) -> dict[str, str]:
    """The form of a ballot's terms as it stands."""
    ends = in_china(ballot.closes_at) if ballot.closes_at else None
    options = lines_of(ballot.items[0]) if ballot.items and ballot.form != "yes_no" else ""
    return {
        "about": ballot.about,
        "items": "\n".join(item["title"] for item in ballot.items) or "",
        "options": options,
        "money": f"{ballot.items[0].get('money', 0) / 100:g}" if ballot.items else "",
        "most": str(ballot.items[0].get("most", "")) if ballot.items else "",
        "day": ends.date().isoformat() if ends else "",
        "time": f"{ends:%H:%M}" if ends else "18:00",
    }


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    said = {
        "terms": _("存好了。"), "open": _("投票开始了。"), "frozen": _("名册确定了，从现在起不能改。"),
    }.get(request.GET.get("done", ""))  # fmt: skip
    return {"title": said, "kind": "success"} if said else None


@requires("staff")
@require_POST
def ballot_terms(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, and until when."""
    here = polling_of(request, pk, leading=True)
    typed = {name: texts.clean_text(request.POST.get(name, "")) for name in typed_terms(here.ballot)}
    closes, errors = _closes(typed)
    items = items_of(here.ballot, typed)
    if closes is not None:
        try:
            if here.ballot.form == scoring.FORM:
                reviewing.set_paper(here.ballot, closes, here.found.person, here.found.at)
                return redirect(f"{reverse('work_ballot', args=[pk])}?done=terms")
            lead.set_terms(here.ballot, items, typed["about"], closes, here.found.person, here.found.at)
            return redirect(f"{reverse('work_ballot', args=[pk])}?done=terms")
        except Refused as refused:
            errors = [{"text": refusal(here, refused), "href": "#items"}]
    return room(request, here, errors, typed, 422)


def _closes(typed: dict[str, str]) -> tuple[datetime | None, list[Error]]:
    try:
        return datetime.fromisoformat(f"{typed['day']}T{typed['time']}").replace(tzinfo=CHINA), []
    except ValueError:
        return None, [{"text": _("请填截止的日期和时间，如2026-03-19、18:00"), "href": "#day", "name": "day"}]


def items_of(ballot: Ballot, typed: dict[str, str]) -> list[dict[str, Any]]:
    """Items from lines: each line one; options are for the one item in which one ticks."""
    titles = [texts.clean_line(line) for line in typed["items"].split("\n") if line.strip()]
    if is_money(ballot):
        return [priced_item(titles, typed)]
    if ballot.form == "yes_no":
        return [{"key": f"i{n}", "title": title} for n, title in enumerate(titles, 1)]
    named = [texts.clean_line(line) for line in typed["options"].split("\n") if line.strip()]
    options = [[f"c{n}", title] for n, title in enumerate(named, 1)]
    most = int(typed["most"]) if typed["most"].isdecimal() and len(typed["most"]) < 4 else 0
    return [{"key": "i1", "title": titles[0] if titles else "", "options": options, "most": most}]


@requires("staff")
@require_POST
def ballot_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Voting begins."""
    here = polling_of(request, pk, leading=True)
    try:
        lead.open_ballot(here.ballot, here.found.person, here.found.at, request.POST.get("idempotency_key") or None)
    except Refused as refused:
        return room(request, here, [{"text": refusal(here, refused), "href": ""}], None, 409)
    return redirect(f"{reverse('work_ballot', args=[pk])}?done=open")


@requires("staff")
@never_cache
@require_GET
def ballot_hall(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen in the hall: how many have voted; what came out only after the count. No names."""
    here = polling_of(request, pk)
    address = request.build_absolute_uri(reverse("vote", args=[pk]))
    return show(request, "ballot_hall.html", section_nav=None, poll=here.shown, ballot=here.ballot, qr=qr(address),
                address=address)  # fmt: skip
