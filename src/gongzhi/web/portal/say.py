"""我要反映: what, where, how to reach you. Three pages, each a plain form that keeps what was typed on the server."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.charter.spec import Charter
from gongzhi.desk.learning import proposal
from gongzhi.desk.propose import choosable, elsewhere
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.institutions.served import inside
from gongzhi.records.knowledge.answers import fitting
from gongzhi.records.knowledge.queries import alike_matters
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.web import texts
from gongzhi.web.access import reader, requires
from gongzhi.web.clock import now
from gongzhi.web.looking import Row, rows_of
from gongzhi.web.map import map_of, read_point, with_tiles
from gongzhi.web.page import Errors, ask_again, community_of, faults, keep_private, show
from gongzhi.web.photos import MAX_BYTES, MOST, BadPhoto, clean_photo, small
from gongzhi.web.portal import keep
from gongzhi.web.portal.keep import Kept
from gongzhi.words.terms import Terms

__all__ = ["alike", "charter_here", "clear", "draft_of", "photo", "what", "where"]

SIMILAR = 3
ANSWERS = 2
ENOUGH = 4  # characters from which on it is worth looking


def charter_here(place: Place) -> Charter:
    """The charter new matters of a place follow. 404: none is in force."""
    version = charter_for(place, now())
    if version is None:
        raise Http404("no charter is in force here")
    return charter_of(version)


def draft_of(request: HttpRequest) -> Kept:
    """What this visitor has written so far."""
    return keep.load(request, now()) or keep.start(now())


@requires("public")
@keep_private
def what(request: HttpRequest) -> HttpResponse:
    """1/3: what it is about, with photos."""
    kept = draft_of(request)
    if request.method != "POST":
        if request.GET.get("about") == "site" and not kept.category:
            kept = keep.save(request, kept.with_(category=elsewhere(charter_here(community_of(request))), chosen=True))
        if (wanted := request.GET.get("category", "")) and not kept.what and wanted in _known(request):
            kept = keep.save(request, kept.with_(category=wanted, chosen=True))
        return _show_what(request, kept, faults(request))
    kept = kept.with_(
        what=texts.clean_text(request.POST.get("what", "")), keep_location="keep_location" in request.POST
    )
    if "remove" in request.POST:
        keep.save(request, keep.drop_photo(kept, request.POST["remove"]))
        return redirect("say")
    kept, spoilt = _take_photos(kept, request.FILES.getlist("photos"))
    errors = [{"text": text, "href": "#photos"} for text in spoilt]
    if sentence := texts.what_sentence(kept.what):
        errors.insert(0, {"text": sentence, "href": "#what"})
    if not kept.chosen:
        kept = kept.with_(category=proposal(charter_here(community_of(request)), kept.what).category)
    keep.save(request, kept)
    if errors:
        return ask_again(request, errors)
    return _next(request, "say_where")


def _known(request: HttpRequest) -> set[str]:
    return {one.name for one in choosable(charter_here(community_of(request)))}


def _next(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """The next page, or back to the check page when somebody came from there to change one thing."""
    return redirect("say_check" if request.GET.get("back") == "check" else name)


def _show_what(request: HttpRequest, kept: Kept, errors: Errors) -> HttpResponse:
    return show(
        request, "portal/what.html", 422 if errors else 200, kept=kept, errors=errors, limit=texts.LONGEST,
        most=MOST, max_bytes=MAX_BYTES, changing=request.GET.get("back") == "check",
    )  # fmt: skip


def _take_photos(kept: Kept, files: list[UploadedFile]) -> tuple[Kept, list[str]]:
    """Each photo cleaned and kept; a sentence for each that could not be."""
    spoilt = []
    for file in files:
        name = texts.clean_line(file.name or "")
        try:
            if len(kept.photos) >= MOST:
                raise BadPhoto("too_many")
            if (file.size or 0) > MAX_BYTES:
                raise BadPhoto("too_large")
            photo = clean_photo(file.read(), kept.keep_location)
            kept = keep.add_photo(kept, name, photo.content, photo.media_type, now())
        except BadPhoto as fault:
            spoilt.append(texts.photo_sentence(fault.code, name))
    return kept, spoilt


@requires("public")
@keep_private
@require_GET
def photo(request: HttpRequest, photo: str) -> HttpResponse:
    """A photo of one's own draft."""
    kept = keep.load(request, now())
    content = keep.photo_content(kept, photo) if kept else None
    if content is None:
        raise Http404("no such photo in this draft")
    return HttpResponse(small(content), content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


@requires("public")
@keep_private
def where(request: HttpRequest) -> HttpResponse:
    """2/3: where, and whether somebody has said the same already."""
    kept = draft_of(request)
    if not kept.what:
        return redirect("say")
    options = inside(community_of(request))
    if request.method != "POST":
        person = reader(request)
        home = person.home.code if person and person.home else ""
        return _show_where(request, kept, options, kept.place or home, faults(request))
    place = request.POST.get("place", "")
    point = request.POST.get("point", "")[:60]
    kept = kept.with_(spot=texts.clean_line(request.POST.get("spot", "")), point=point if read_point(point) else "")
    if place not in {one.code for one in options}:
        keep.save(request, kept)
        return ask_again(request, [{"text": _("请选一个地方；说不准就选社区"), "href": "#place"}])
    linked = request.POST.get("me_too", "")
    keep.save(request, kept.with_(place=place, linked=linked if _is_similar(request, linked) else ""))
    return _next(request, "say_contact")


def _show_where(request: HttpRequest, kept: Kept, options: list[Place], place: str, errors: Errors) -> HttpResponse:
    places_here = [{"value": one.code, "text": one.name, "lang": "zh-Hans"} for one in options]
    here = community_of(request)
    return with_tiles(show(
        request, "portal/where.html", 422 if errors else 200, kept=kept, place=place, errors=errors,
        places=places_here, similar=_similar(request, kept),
        map=map_of(here, units=reverse("api:map_units", args=[here.code])),
    ))  # fmt: skip


@requires("public")
@keep_private
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """While somebody types: answers that fit, and open public matters here in which much the same was said."""
    said = texts.clean_text(request.POST.get("what", ""))
    enough = len(said) >= ENOUGH
    rows = rows_of(_said_alike(request, said), now()) if enough else []
    answers = fitting(community_of(request), said, most=ANSWERS) if enough else []
    return render(request, "portal/alike.html", {"rows": rows, "answers": answers})


def _similar(request: HttpRequest, kept: Kept) -> list[Row]:
    """Open public matters of this community: those said alike first, then of the same category, newest first."""
    said = _said_alike(request, kept.what)
    rows = _same_category(request, kept).select_related("answers", "place").order_by("-filed_at")
    more = [row for row in rows[:SIMILAR] if row not in said]
    return rows_of([*said, *more][:SIMILAR], now())


def _said_alike(request: HttpRequest, said: str) -> list[Matter]:
    found = dict(alike_matters(community_of(request), said))
    rows = _public(request).filter(pk__in=found).select_related("answers", "place") if found else ()
    return sorted(rows, key=lambda row: (-found[row.pk], row.filed_at))[:SIMILAR]


def _public(request: HttpRequest) -> QuerySet[Matter]:
    path = community_of(request).path
    return Matter.objects.filter(place__path__startswith=path, status__in=OPEN, public=True)


def _same_category(request: HttpRequest, kept: Kept) -> QuerySet[Matter]:
    return _public(request).filter(category=kept.category)


def _is_similar(request: HttpRequest, number: str) -> bool:
    return bool(number) and _public(request).filter(number=number).exists()


@requires("public")
@keep_private
def category(request: HttpRequest) -> HttpResponse:
    """归到哪一类: the machine's proposal, which a person changes."""
    kept = draft_of(request)
    if not kept.what:
        return redirect("say")
    charter = charter_here(community_of(request))
    known = choosable(charter)
    if request.method == "POST":
        wanted = request.POST.get("category", "")
        if wanted not in {one.name for one in known}:
            return ask_again(request, [{"text": _("请选一类"), "href": "#category"}])
        keep.save(request, kept.with_(category=wanted, chosen=True))
        return redirect("say_check")
    errors = faults(request)
    return show(
        request, "portal/category.html", 422 if errors else 200, kept=kept, errors=errors,
        options=[{"value": one.name, "text": Terms(charter).category(one.name)} for one in known],
    )  # fmt: skip


@requires("public")
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """清除草稿: words and photos are gone."""
    keep.forget(request, keep.load(request, now()))
    return redirect(f"{reverse('home')}?cleared=1")
