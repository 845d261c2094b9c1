"""投票: read, choose, check, cast, keep the receipt. A page says at every moment whether one has voted."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.decision import scoring_papers as scoring
from gongzhi.core.decision import sharing_papers as papers
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import valid
from gongzhi.desk.ballots_cast import Standing, cast, standing
from gongzhi.desk.ballots_lead import object_to_roll
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.ballots.queries import by_id, entry_of, open_to
from gongzhi.web import texts
from gongzhi.web.access import reader, requires
from gongzhi.web.ballots import Shown, marks_of
from gongzhi.web.clock import now
from gongzhi.web.page import Errors, ask_again, faults, new_key, show, signed_in
from gongzhi.web.receipts import qr
from gongzhi.web.sharing import wrong_text
from gongzhi.words.ballots import ballot_refusal

__all__ = ["object_to", "paper", "vote", "vote_cast", "vote_check", "vote_receipt", "votes"]

RECEIPT = "ballot_receipt"
LONGEST = 500
TICKED = ("approve", "knapsack")


def ballot_for(pk: int) -> Ballot:
    """A ballot that people may know of: its matter is public, or it is open to them by its roll."""
    ballot = by_id(pk)
    if ballot is None:
        raise Http404("no such ballot")
    return ballot


@requires("signed_in")
@never_cache
@require_GET
def votes(request: HttpRequest) -> HttpResponse:
    """What I can vote on now."""
    at = now()
    rows = [Shown(one, at) for one in open_to(signed_in(request), at)]
    return show(request, "portal/votes.html", rows=rows)


@requires("public")
@never_cache
@require_GET
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """One ballot: what it is about, and then whatever the reader can do now."""
    ballot = ballot_for(pk)
    person = reader(request)
    stands = standing(ballot, person) if person else None
    if not ballot.matter.public and (stands is None or stands.entry is None):
        raise Http404("no such ballot")
    return _page(request, ballot, stands, faults(request))


def _page(
    request: HttpRequest, ballot: Ballot, stands: Standing | None, errors: Errors, marks: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    shown = Shown(ballot, now())
    whose = _whose(request, stands)
    return show(
        request, "portal/vote.html", status, poll=shown, ballot=ballot, stands=stands, errors=errors, key=new_key(),
        whose=whose, typed=dict(zip([item["key"] for item in ballot.items], marks or [], strict=False)),
        can=shown.phase == "open" and shown.online and stands is not None and _can(stands, whose),
    )  # fmt: skip


def _whose(request: HttpRequest, stands: Standing | None) -> int:
    """For which line of the roll: one's own, or one entrusted (`?for=12`)."""
    typed = request.POST.get("for") or request.GET.get("for", "")
    own = stands.entry.number if stands and stands.entry else 0
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else own


def _can(stands: Standing, whose: int) -> bool:
    if stands.entry is None:
        return False
    if whose == stands.entry.number:
        return stands.mark is None and not stands.gave_proxy
    return any(entry.number == whose and mark is None for entry, mark in stands.entrusted)


@requires("signed_in")
@never_cache
@require_POST
def vote_check(request: HttpRequest, pk: int) -> HttpResponse:
    """您选的是…… Nothing is stored here: what was chosen travels in the form."""
    ballot, person = ballot_for(pk), signed_in(request)
    marks = marks_of(ballot, request.POST)
    stands = standing(ballot, person)
    if not valid(ballot.items, ballot.form, marks):
        return _page(request, ballot, stands, [_unanswered(ballot, marks)], marks, 422)
    whose = _whose(request, stands)
    fields = [(item["key"], value) for item, mark in zip(ballot.items, marks, strict=True)
              for value in (mark.split("+") if ballot.form in TICKED else [mark]) if value]  # fmt: skip
    return show(
        request, "portal/vote_check.html", poll=Shown(ballot, now()), ballot=ballot, key=new_key(),
        rows=Shown(ballot, now()).chosen(marks), fields=[*fields, ("for", str(whose))],
        proxy=stands.entry is not None and whose != stands.entry.number, whose=whose,
    )  # fmt: skip


def _unanswered(ballot: Ballot, marks: list[str]) -> dict[str, str]:
    for item, mark in zip(ballot.items, marks, strict=False):
        if not valid([item], ballot.form, [mark]):
            return {"text": _unanswered_text(ballot, item, mark), "href": f"#{item['key']}"}
    return {"text": ballot_refusal("choice_wrong", {}), "href": ""}


def _unanswered_text(ballot: Ballot, item: dict[str, Any], mark: str) -> str:
    if ballot.form in papers.OWN:
        return wrong_text(item, ballot.form, mark)
    if ballot.form == "approve" and mark:
        return _("“{title}”最多选{n}个").format(title=item["title"], n=item.get("most") or len(item["options"]))
    if ballot.form == scoring.FORM:
        return _("请给“{title}”打分").format(title=item["title"])
    return _("请选“{title}”：赞成、反对或弃权").format(title=item["title"])


@requires("signed_in")
@never_cache
@require_POST
def vote_cast(request: HttpRequest, pk: int) -> HttpResponse:
    """投出这一票."""
    ballot, person = ballot_for(pk), signed_in(request)
    stands = standing(ballot, person)
    whose = _whose(request, stands)
    try:
        code = cast(ballot, person, marks_of(ballot, request.POST), now(), whose or None)
    except Refused as refused:
        error = {"text": ballot_refusal(refused.code, refused.args_map), "href": ""}
        return _page(request, ballot, standing(ballot, person), [error],
                     status=422 if refused.code == "choice_wrong" else 409)  # fmt: skip
    request.session[RECEIPT] = [ballot.pk, whose, code]
    return redirect("vote_receipt", pk=pk)


@requires("signed_in")
@never_cache
@require_GET
def vote_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """收到了：the code, once. It proves that the vote is in, not what it was."""
    ballot = ballot_for(pk)
    kept = request.session.pop(RECEIPT, None)
    if not kept or kept[0] != pk:
        return redirect("vote", pk=pk)
    address = request.build_absolute_uri(f"{reverse('board_ballot', args=[pk])}?receipt={kept[2]}")
    stands = standing(ballot, signed_in(request))
    left = [entry for entry, mark in stands.entrusted if mark is None]
    return show(request, "portal/vote_receipt.html", poll=Shown(ballot, now()), ballot=ballot, code=kept[2],
                qr=qr(address), address=address, whose=kept[1], stands=stands, left=left)  # fmt: skip


@requires("signed_in")
@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """名册不对: before it is frozen."""
    ballot, person = ballot_for(pk), signed_in(request)
    address = reverse("vote", args=[pk])
    what = texts.clean_text(request.POST.get("what", ""))[:LONGEST]
    if not what.strip():
        request.path = address
        return ask_again(request, [{"text": _("请写哪里不对，如“没有我”“面积少了”"), "href": "#what"}])
    entry = entry_of(ballot.roll, person)
    try:
        object_to_roll(ballot.roll, what, person, entry.number if entry else None, now())
    except Refused as refused:
        request.path = address
        return ask_again(request, [{"text": ballot_refusal(refused.code, refused.args_map), "href": ""}])
    return redirect(f"{address}?done=objection")


@requires("public")
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper twin of the ballot, to print: the same words in the same order. It bears no mark of a voter."""
    ballot = ballot_for(pk)
    if not ballot.matter.public or ballot.status == "planned":
        raise Http404("no such ballot")
    address = request.build_absolute_uri(reverse("board_ballot", args=[pk]))
    return show(request, "portal/ballot_paper.html", poll=Shown(ballot, now()), ballot=ballot, qr=qr(address),
                address=address)  # fmt: skip
