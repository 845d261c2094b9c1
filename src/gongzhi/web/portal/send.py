"""The end of 我要反映: how to reach you, the code that proves it, the check page, and handing it in."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import NewMatter, OnMap
from gongzhi.desk.step import file_matter
from gongzhi.records.institutions.queries import find_place
from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.records.people import limits
from gongzhi.records.people.contacts import BadContact, parse_contact
from gongzhi.records.people.models import Person
from gongzhi.web import texts
from gongzhi.web.access import reader, requires
from gongzhi.web.accounts import codes
from gongzhi.web.clock import now
from gongzhi.web.map import read_point
from gongzhi.web.page import Errors, ask_again, community_of, faults, keep_private, show, signed_in
from gongzhi.web.portal import keep
from gongzhi.web.portal.keep import Kept
from gongzhi.web.portal.say import charter_here, draft_of
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["check", "contact"]

SEEN_BY = ("all", "course", "office")
MOST_PEOPLE = 100_000
DONE = "said"  # session: what became of the keys of this visitor


@requires("public")
@keep_private
def contact(request: HttpRequest) -> HttpResponse:
    """3/3: alone or several, who may see it, and, for who is not signed in, where to answer."""
    kept = draft_of(request)
    if not kept.what or not kept.place:
        return redirect("say_where" if kept.what else "say")
    if request.method != "POST":
        return _show_contact(request, kept, faults(request))
    kept, errors = _read_contact(request, kept)
    keep.save(request, kept)
    if errors:
        return ask_again(request, errors)
    if reader(request):
        return redirect("say_check")
    try:
        codes.send(request, codes.read_contact(kept.contact))
    except codes.CodeRefused as refused:
        return ask_again(request, [{"text": refused.sentence, "href": "#contact"}])
    return redirect("say_code")


def _read_contact(request: HttpRequest, kept: Kept) -> tuple[Kept, Errors]:
    errors: Errors = []
    seen_by = request.POST.get("seen_by", "")
    people = texts.clean_line(request.POST.get("headcount", ""))[:12] or "1"
    kept = kept.with_(people=people, seen_by=seen_by if seen_by in SEEN_BY else "")
    if not reader(request):
        kept = kept.with_(contact=texts.clean_line(request.POST.get("contact", "")))
        try:
            codes.read_contact(kept.contact)
        except codes.CodeRefused as refused:
            errors.append({"text": refused.sentence, "href": "#contact"})
    if not 1 <= kept.headcount <= MOST_PEOPLE:
        errors.append({"text": _("请用数字写一共几个人，比如20"), "href": "#headcount"})
    if not kept.seen_by:
        errors.append({"text": _("请选谁能看到"), "href": "#seen_by"})
    return kept, errors


def _show_contact(request: HttpRequest, kept: Kept, errors: Errors) -> HttpResponse:
    return show(request, "portal/contact.html", 422 if errors else 200, kept=kept, errors=errors,
                masked=_masked(request, kept))  # fmt: skip


@requires("public")
@keep_private
def check(request: HttpRequest) -> HttpResponse:
    """核对一下: everything once more, each with 修改; 【提交】 hands it in, once for each key."""
    key = request.POST.get("idempotency_key", "")
    done = request.session.get(DONE, {})
    if key and key in done:
        return redirect("receipt", number=done[key])
    kept = draft_of(request)
    if not kept.what and done:  # Back after handing in
        return redirect("receipt", number=list(done.values())[-1])
    if missing := _first_missing(kept, reader(request)):
        return redirect(missing)
    if request.method != "POST":
        return _show_check(request, kept, [])
    at, person = now(), signed_in(request)
    if wait := limits.spend(limits.FILING, person.digest, at):
        sentence = _("一小时内反映得太多了，请过%(minutes)d分钟再提交；写好的都还在") % {"minutes": wait // 60 + 1}
        return _show_check(request, kept, [{"text": sentence, "href": ""}], 429)
    try:
        number = _file(request, kept, person, at)
    except Refused as refused:
        return _show_check(request, kept, [{"text": _sentence(request, kept, refused), "href": ""}])
    request.session[DONE] = {**dict(list(done.items())[-4:]), kept.key: number}
    keep.forget(request, kept)
    return redirect("receipt", number=number)


def _masked(request: HttpRequest, kept: Kept) -> str:
    """Where the answer goes, so that people recognise their own number and others learn nothing."""
    person = reader(request)
    contact = (person.phone or person.mail) if person else kept.contact
    try:
        return parse_contact(contact).masked
    except BadContact:
        return ""


def _first_missing(kept: Kept, person: Person | None) -> str:
    """The page where something is still to be said; empty: nothing is missing."""
    if not kept.what or texts.what_sentence(kept.what):
        return "say"
    if not kept.place:
        return "say_where"
    if not kept.seen_by:
        return "say_contact"
    if person is None:
        return "say_code" if kept.contact else "say_contact"
    return ""


def _show_check(request: HttpRequest, kept: Kept, errors: Errors, status: int = 422) -> HttpResponse:
    charter = charter_here(community_of(request))
    return show(
        request, "portal/check.html", status if errors else 200, kept=kept, errors=errors,
        category=Terms(charter).category(kept.category), where=find_place(kept.place), masked=_masked(request, kept),
    )  # fmt: skip


def _file(request: HttpRequest, kept: Kept, person: Person, at: datetime) -> str:
    """The number of the new matter; of the same one when the same draft is sent twice at once."""
    place = find_place(kept.place) or community_of(request)
    new = NewMatter(
        place=place,
        category=kept.category,
        words=_words(kept, person),
        public=kept.seen_by != "office",
        channel="web",
        headcount=kept.headcount,
        on_map=OnMap(point, kept.spot) if (point := read_point(kept.point)) else None,
    )
    return file_matter(new, person, at, kept.key).matter.number


def _words(kept: Kept, person: Person) -> dict[str, NewWords]:
    words = {"what": text(kept.what, subject=person, public=kept.seen_by == "all")}
    if kept.spot:
        words["spot"] = text(kept.spot, kind="place", subject=person, public=kept.seen_by == "all")
    if kept.linked:
        words["linked"] = text(kept.linked, subject=person)
    for nth, (photo, _name, media_type) in enumerate(kept.photos, 1):
        content = keep.photo_content(kept, photo)
        if content:
            words[f"photo.{nth}"] = NewWords(content, kind="photo", media_type=media_type, subject=person)
    return words


def _sentence(request: HttpRequest, kept: Kept, refused: Refused) -> str:
    charter = charter_here(community_of(request))
    category = charter.categories.get(kept.category)
    procedure = charter.procedures[(category.procedure if category else None) or next(iter(charter.procedures))]
    return Speaker(Terms(charter), procedure).refusal(refused.code, refused.args_map)
