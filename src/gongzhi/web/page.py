"""What every page of residents and of the public board has in common: the community, the reader, the clock."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import find_place, lies_in
from gongzhi.records.institutions.served import communities
from gongzhi.records.people.models import Person
from gongzhi.web.access import reader
from gongzhi.web.clock import now

__all__ = ["Errors", "ask_again", "community_of", "faults", "keep_private", "new_key", "show", "signed_in"]

CHOSEN = "community"
FAULTS = "faults"
Errors = list[dict[str, str]]  # text, and href of the field it is about
# Asked anew each time, but kept for Back.
keep_private = cache_control(private=True, no_cache=True)


def ask_again(request: HttpRequest, errors: Errors) -> HttpResponseRedirect:
    """Back to the page of a refused form, which shows what is wrong; what was typed is in the draft.

    A redirect, so that Back never asks to send a form again: browsers do not keep the answer to a refused one.
    """
    request.session[FAULTS] = [request.path, errors]
    return HttpResponseRedirect(request.get_full_path())


def faults(request: HttpRequest) -> Errors:
    """What was wrong with the form sent from this page a moment ago; said once."""
    path, errors = request.session.get(FAULTS, ["", []])
    if path != request.path:
        return []
    del request.session[FAULTS]
    found: Errors = errors
    return found


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in, in a view that requires it. Raises PermissionDenied elsewhere."""
    person = reader(request)
    if person is None:
        raise PermissionDenied
    return person


def community_of(request: HttpRequest) -> Place:
    """The community the page is about: as chosen, else where the reader lives, else the first. 404: there is none."""
    found: Place | None = getattr(request, "_community", None)
    if found is None:
        found = _find_community(request)
        request._community = found  # type: ignore[attr-defined]
    return found


def _find_community(request: HttpRequest) -> Place:
    served = communities(now())
    wanted = request.GET.get("community", "")
    if wanted and (chosen := find_place(wanted)) in served:
        request.session[CHOSEN] = chosen.code if chosen else ""
    code = request.session.get(CHOSEN)
    person = reader(request)
    home = person.home if person else None
    for place in served:
        if place.code == code:
            return place
    for place in served:
        if home is not None and lies_in(home, place):
            return place
    if not served:
        raise Http404("no community has adopted a charter yet")
    return served[0]


def new_key() -> str:
    """An idempotency key for one form."""
    return secrets.token_hex(16)


def show(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """The page with what all pages share; 422 for a form that has to be shown again."""
    community = community_of(request)
    shared = {
        "place_name": community.name,
        "community": community,
        "person": reader(request),
        "now": now(),
        "section_nav": _sections(request),
    }
    return render(request, template, {**shared, **context}, status=status)


def _sections(request: HttpRequest) -> list[dict[str, object]]:
    sections = [(_("首页"), "home"), (_("我的事"), "my_matters"), (_("一起参与"), "take_part"), (_("公开栏"), "board")]
    found = [{"text": text, "href": reverse(name), "current": False} for text, name in sections]
    fitting = [item for item in found if request.path.startswith(str(item["href"]))]
    if fitting:
        max(fitting, key=lambda item: len(str(item["href"])))["current"] = True
    return found
