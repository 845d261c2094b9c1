"""收纸票、录纸票、委托、代填: what staff enter for voters, each for the one roll."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongzhi.core.decision import scoring_papers as scoring
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import INVALID
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.ballots_cast import cast_for, hand_in
from gongzhi.desk.ballots_paper import Read, read_papers, reconciled
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.ballots.queries import Reading, proxies_of
from gongzhi.records.ballots.tally import unpack
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.ballots import marks_of
from gongzhi.web.sharing import mark_read
from gongzhi.web.workbench.page import new_key, show
from gongzhi.web.workbench.polling import Error, Polling, polling_of, refusal
from gongzhi.words.ballots import answer_text, ballot_refusal

__all__ = ["ballot_help", "ballot_papers", "ballot_proxies", "numbers_of", "papers_of_text"]

RANGE = re.compile(r"(\d{1,6})(?:\s*[-—–~]\s*(\d{1,6}))?")
SPLIT = re.compile(r"[\s,，、;；]+")
MOST = 5000
# What one may type for an answer, beside the words on the ballot.
SHORT = {
    **dict.fromkeys(("1", "赞成", "同意", "yes", "for"), "yes"),
    **dict.fromkeys(("2", "反对", "no", "against"), "no"),
    **dict.fromkeys(("3", "弃权", "abstain"), "abstain"),
    **dict.fromkeys(("0", "废票", "invalid"), INVALID),
}


@requires("staff")
@never_cache
def ballot_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Papers handed in, and papers read: the second reader never sees what the first one typed."""
    here = polling_of(request, pk, leading=True)
    errors: list[Error] = []
    typed = {name: texts.clean_text(request.POST.get(name, "")) for name in ("numbers", "lines")}
    if request.method == "POST":
        try:
            errors, left = (_hand_in if "hand_in" in request.POST else _read)(here, typed)
        except Refused as refused:
            errors, left = [{"text": refusal(here, refused), "href": ""}], {}
        if not errors:
            done = "handed" if "hand_in" in request.POST else "read"
            return redirect(f"{reverse('ballot_papers', args=[pk])}?done={done}")
        typed |= left
    return show(
        request, "ballot_papers.html", 422 if errors else 200, here=here, ballot=here.ballot, poll=here.shown,
        errors=errors, typed=typed, key=new_key(), found=reconciled(here.ballot), unlike=_unlike(here),
        mine=here.ballot.papers.filter(by=here.found.person.digest).count(), notice=_thanks(request),
    )  # fmt: skip


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    said = {"handed": _("收到纸票，记下了。"), "read": _("录好了。"), "given": _("委托记下了。"),
            "withdrawn": _("委托撤回了。")}.get(request.GET.get("done", ""))  # fmt: skip
    return {"title": said, "kind": "success"} if said else None


def _unlike(here: Polling) -> list[tuple[int, str, str]]:
    """Papers that the two read differently: what each typed, side by side, no names."""
    rows = reconciled(here.ballot).unlike
    return [(one.sheet, *(_said(here.ballot, one, hand) for hand in (0, 1))) for one in rows]  # type: ignore[misc]


def _said(ballot: Ballot, reading: Reading, hand: int) -> str:
    row = reading.hands[hand]
    both = zip(*(unpack(one.choice) for one in reading.hands), strict=False)
    cells = zip(ballot.items, unpack(row.choice), both, strict=False)
    if ballot.form == scoring.FORM:  # dozens of cells: only those that differ
        answers = [f"{item['title']} {answer_text(item, mark)}" for item, mark, (one, two) in cells if one != two]
    else:
        answers = [answer_text(item, mark) for item, mark, _both in cells]
    return "；".join(answers) + (_("（{n}张）").format(n=row.copies) if row.copies > 1 else "")


def _hand_in(here: Polling, typed: dict[str, str]) -> tuple[list[Error], dict[str, str]]:
    numbers, wrong = numbers_of(typed["numbers"])
    if wrong or not numbers:
        said = _("看不懂“{v}”，请写名册号，如 1-20, 35").format(v=wrong) if wrong else _("请写名册号，如 1-20, 35")
        return [{"text": said, "href": "#numbers", "name": "numbers"}], {}
    refused = hand_in(here.ballot, numbers, here.found.person, here.found.at)
    return _refused(here, refused, "#numbers"), {"numbers": ", ".join(str(n) for n, _why in refused)}


def numbers_of(text: str) -> tuple[list[int], str]:
    """`1-20, 35` as numbers; and the first piece that is none."""
    numbers: list[int] = []
    for piece in filter(None, SPLIT.split(re.sub(r"\s*([-—–~])\s*", r"\1", text))):
        found = RANGE.fullmatch(piece)
        if found is None:
            return [], piece[:20]
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first or last - first > MOST:
            return [], piece[:20]
        numbers += range(first, last + 1)
    return list(dict.fromkeys(numbers)), ""


def _read(here: Polling, typed: dict[str, str]) -> tuple[list[Error], dict[str, str]]:
    papers, wrong = papers_of_text(here.ballot, typed["lines"])
    if wrong or not papers:
        errors = [{"text": said, "href": "#lines", "name": "lines"} for said in wrong]
        return errors or [{"text": _("请至少录一张票"), "href": "#lines", "name": "lines"}], {}
    refused = read_papers(here.ballot, papers, here.found.person, here.found.at)
    bad = {n for n, _why in refused}
    left = [line for line in typed["lines"].split("\n") if line.strip() and int(SPLIT.split(line.strip())[0]) in bad]
    return _refused(here, refused, "#lines"), {"lines": "\n".join(left)}


def _refused(here: Polling, refused: list[tuple[int, Refused]], href: str) -> list[Error]:
    said = _("第{n}号：{said}")
    return [{"text": said.format(n=n, said=refusal(here, why)), "href": href} for n, why in refused]


def papers_of_text(ballot: Ballot, text: str) -> tuple[list[Read], list[str]]:
    """One line for each paper: number, an answer for each item, and `x12` for so many alike. And what is wrong."""
    papers, wrong = [], []
    for nth, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        paper = _paper(ballot, [piece for piece in SPLIT.split(line.strip()) if piece])
        if paper is None:
            wrong.append(
                _("第{nth}行看不懂：“{line}”。写法：号 选择，如 12 赞成").format(nth=nth, line=line.strip()[:30])
            )
        else:
            papers.append(paper)
    return papers, wrong


def _paper(ballot: Ballot, pieces: list[str]) -> Read | None:
    copies = 1
    if len(pieces) > 2 and re.fullmatch(r"[x×]\d{1,5}", pieces[-1]):
        copies = int(pieces.pop()[1:])
    if not pieces or not (pieces[0].isascii() and pieces[0].isdecimal() and len(pieces[0]) < 7) or copies < 1:
        return None
    choice = _choice(ballot, pieces[1:])
    return Read(int(pieces[0]), choice, copies) if choice else None


def _choice(ballot: Ballot, pieces: list[str]) -> tuple[str, ...] | None:
    if ballot.form == "yes_no":
        marks = [SHORT.get(piece.lower(), "") for piece in pieces]
        return tuple(marks) if len(marks) == len(ballot.items) and all(marks) else None
    whole = [SHORT.get(piece) for piece in pieces] == [INVALID]
    if ballot.form == scoring.FORM:
        return (INVALID,) * len(ballot.items) if whole and len(ballot.items) > 1 else _points(ballot, pieces)
    if whole:
        return (INVALID,)
    if ballot.form in ("rank", "score"):
        mark = mark_read(ballot.items[0], ballot.form, pieces)
        return (mark,) if pieces and mark != "?" else None
    options = ballot.items[0]["options"]
    keys = [next((key for n, (key, title) in enumerate(options, 1) if piece in (str(n), key, title)), "")
            for piece in pieces]  # fmt: skip
    order = [key for key, _title in options]
    return ("+".join(sorted(set(keys), key=order.index)),) if keys and all(keys) else None


def _points(ballot: Ballot, pieces: list[str]) -> tuple[str, ...] | None:
    """One digit for each cell, in the order of the paper, with or without gaps; `-` where none can be read."""
    signs = tuple(INVALID if sign in "-—－" else sign for sign in "".join(pieces))
    return signs if len(signs) == len(ballot.items) else None


@requires("staff")
@never_cache
def ballot_proxies(request: HttpRequest, pk: int) -> HttpResponse:
    """Written proxies, before voting begins; how many there are is published, whose is not."""
    here = polling_of(request, pk, leading=True)
    errors: list[Error] = []
    typed = {name: texts.clean_line(request.POST.get(name, "")) for name in ("principal", "holder")}
    if request.method == "POST":
        errors = _proxy(request, here, typed)
        if not errors:
            done = "withdrawn" if "withdraw" in request.POST else "given"
            return redirect(f"{reverse('ballot_proxies', args=[pk])}?done={done}")
    return show(request, "ballot_proxies.html", 422 if errors else 200, here=here, ballot=here.ballot,
                poll=here.shown, errors=errors, typed=typed, rows=list(proxies_of(here.ballot)), key=new_key(),
                notice=_thanks(request))  # fmt: skip


def _proxy(request: HttpRequest, here: Polling, typed: dict[str, str]) -> list[Error]:
    person, at = here.found.person, here.found.at
    try:
        if "withdraw" in request.POST:
            number = request.POST["withdraw"]
            found = proxies_of(here.ballot).filter(pk=int(number) if number.isdecimal() else 0).first()
            if found is None:
                raise Http404("no such proxy")
            lead.withdraw_proxy(found, person, at)
            return []
        if not all(value.isascii() and value.isdecimal() and len(value) < 7 for value in typed.values()):
            return [{"text": _("请填两个名册号"), "href": "#principal", "name": "principal"}]
        lead.give_proxy(here.ballot, int(typed["principal"]), int(typed["holder"]), person, at)
    except Refused as refused:
        return [{"text": refusal(here, refused), "href": "#holder", "name": "holder"}]
    return []


@requires("staff")
@never_cache
def ballot_help(request: HttpRequest, pk: int) -> HttpResponse:
    """代填: the voter says, staff enter, a witness is there. The receipt is for the voter."""
    here = polling_of(request, pk, leading=True)
    names = ("number", "consent", "witness", "means")
    typed = {name: texts.clean_line(request.POST.get(name, "")) for name in names}
    errors: list[Error] = []
    receipt = ""
    if request.method == "POST":
        errors, receipt = _help(request, here, typed)
    blank: dict[str, Any] = {} if receipt else typed
    return show(request, "ballot_help.html", 422 if errors else 200, here=here, ballot=here.ballot, poll=here.shown,
                errors=errors, typed=blank, key=new_key(), code=receipt, number=typed["number"])  # fmt: skip


def _help(request: HttpRequest, here: Polling, typed: dict[str, str]) -> tuple[list[Error], str]:
    number = typed["number"]
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        return [{"text": _("请填名册号"), "href": "#number", "name": "number"}], ""
    means = typed["means"] if typed["means"] in here.ballot.means else "helper"
    try:
        code = cast_for(here.ballot, int(number), marks_of(here.ballot, request.POST), here.found.person,
                        here.found.at, means, typed["consent"], typed["witness"])  # fmt: skip
    except Refused as refused:
        href = {"consent_missing": "#consent", "not_on_roll": "#number"}.get(refused.code, "")
        return [{"text": ballot_refusal(refused.code, refused.args_map), "href": href}], ""
    return [], code
