"""What a page needs of who opens it. Every view says so with `requires(...)`; a test walks all addresses.

needs: public        everybody
       signed_in     somebody signed in
       staff         somebody who holds a seat now and has shown a second factor
       matter:read   somebody who may see at least the redacted view of the matter named in the address
       matter:course somebody who may see everything but personal words
       matter:full   somebody with a part in the matter
       story         anybody, on a story server only
Operations of the API say the same with `gongzhi.api.auth.access`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Literal, cast, get_args

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, get_resolver

from gongzhi.desk.reading import Level, at_least, may_read
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.matters.queries import by_number
from gongzhi.records.people.models import Person
from gongzhi.web import clock
from gongzhi.web.accounts.resume import ask_to_sign_in

__all__ = ["Need", "Route", "is_staff", "level_of", "reader", "requires", "routes"]

Need = Literal["public", "signed_in", "staff", "matter:read", "matter:course", "matter:full", "story"]
View = Callable[..., HttpResponseBase]
MATTER: dict[str, Level] = {"matter:read": "public", "matter:course": "course", "matter:full": "full"}
# What a library serves by itself: the description of the API. Everything else has to say what it needs.
SERVED_BY_LIBRARIES = frozenset({"ninja.openapi.views.openapi_json", "ninja.openapi.views.default_home"})


def requires(need: Need) -> Callable[[View], View]:
    """Test a view's need before it runs. The view of a `matter:...` need takes the argument `number`."""
    if need not in get_args(Need):
        raise ValueError(f"unknown need {need!r}")

    def wrap(view: View) -> View:
        @wraps(view)
        def tested(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _refusal(need, request, kwargs)
            return refusal if refusal is not None else view(request, *args, **kwargs)

        tested.need = need  # type: ignore[attr-defined]
        return tested

    return wrap


def _refusal(need: Need, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if need == "public":
        return None
    if need == "story" and not clock.story_clock():
        raise Http404
    if need == "story":
        return None
    person = reader(request)
    if need in MATTER:
        return _of_matter(request, str(kwargs["number"]), MATTER[need], person)
    if person is None:
        return ask_to_sign_in(request)
    if need == "staff" and not is_staff(request):
        return render(request, "accounts/staff_only.html", {"person": person}, status=403)
    return None


def _of_matter(request: HttpRequest, number: str, wanted: Level, person: Person | None) -> HttpResponse | None:
    """A matter that may not be seen is answered like one that does not exist."""
    if at_least(level_of(request, number), wanted):
        return None
    if person is None:
        return ask_to_sign_in(request)
    raise Http404


def reader(request: HttpRequest) -> Person | None:
    """Who is signed in, staff only with their second factor; None for everybody else."""
    user = getattr(request, "user", None)
    return user if isinstance(user, Person) else None


def is_staff(request: HttpRequest) -> bool:
    """True for somebody who holds a seat now. Asked once for each request."""
    known = getattr(request, "_is_staff", None)
    if known is None:
        person = reader(request)
        known = person is not None and person.is_staff_member(clock.now())
        request._is_staff = known  # type: ignore[attr-defined]
    return bool(known)


def level_of(request: HttpRequest, number: str) -> Level:
    """How much of a matter the reader may see; `none` also where there is no such matter."""
    exact = tidy(number)
    matter = by_number(exact) if exact else None
    if matter is None:
        return "none"
    case = read_state(matter.state)
    return may_read(reader(request), charter_by_digest(case.digest), case, clock.now(), matter.filer_id)


# --- the table of all addresses ---


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `method` is empty for a page, which answers all of its methods with one need."""

    path: str
    name: str
    need: str
    arguments: tuple[str, ...]
    method: str = ""


def routes(resolver: URLResolver | None = None) -> list[Route]:
    """Every address of the program with what it needs; `need` is empty where a view does not say."""
    found = [route for one in _patterns(resolver or get_resolver(), "/") for route in _routes(*one)]
    return list(dict.fromkeys(found))  # Ninja lists an address once for each of its methods


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, path)
        else:
            yield path, one


def _routes(path: str, pattern: URLPattern) -> Iterator[Route]:
    view = pattern.callback
    arguments = tuple(pattern.pattern.converters)
    operations = _operations(view)
    if not operations:
        yield Route(path, pattern.name or "", _need_of(view), arguments)
    for operation in operations:
        needs = [getattr(test, "need", "") for test in operation.auth_callbacks]
        need = next((need for need in needs if need), "")
        for method in operation.methods:
            yield Route(path, operation.operation_id or "", need, arguments, method)


def _operations(view: Callable[..., Any]) -> Sequence[Any]:
    """The operations behind an address of the API: Ninja wraps them in a function that closes over its own view."""
    inside = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
    found: Sequence[Any] = getattr(inside.get("self"), "operations", ())
    return found


def _need_of(view: Callable[..., Any]) -> str:
    plain = view.func if isinstance(view, partial) else view
    if f"{plain.__module__}.{getattr(plain, '__qualname__', '')}" in SERVED_BY_LIBRARIES:
        return "public"
    return cast(str, getattr(view, "need", ""))
