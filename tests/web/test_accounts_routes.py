"""Every address x every role: each says what it needs, and whoever lacks it does not get in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from gongzhi.desk.draft import NewMatter
from gongzhi.desk.permissions import at_least
from gongzhi.desk.step import file_matter
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.web.access import MATTER, Route, level_of, requires, routes
from tests.support.demo import demo_community, resident
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db
IN = ("", "GET")  # methods of routes that are opened by looking; all others are sent to as well


@dataclass
class World:
    """The demo with one matter that is not public, filed by its first resident."""

    matter: Matter
    filer: Person
    neighbour: Person
    staff: list[Person]

    def arguments(self, route: Route) -> dict[str, str]:
        place = self.matter.place.code
        known = {"number": self.matter.number, "name": self.matter.procedure, "day": "2026-03-16"}
        known |= {"code": place if "places" in route.path else "0" * 64, "digest": "0" * 64}
        return {name: known.get(name, "1") for name in route.arguments}

    def address(self, route: Route) -> str:
        address = route.path
        for name, value in self.arguments(route).items():
            for written in (f"<{name}>", f"<str:{name}>", f"<int:{name}>", f"<slug:{name}>"):
                address = address.replace(written, value)
        return address


@pytest.fixture
def world(home: Path) -> World:
    demo = demo_community(home)
    filer, neighbour = resident(demo, 0), resident(demo, 1)
    new = NewMatter(demo.places[0], "shared_facility", words={"what": "没有车棚"}, public=False)
    taken = file_matter(new, filer, timezone.now(), None)
    logins = [account.login for account in demo.accounts if account.login]
    return World(taken.matter, filer, neighbour, list(Person.objects.filter(login__in=logins)))


def without_need(found: list[Route]) -> list[str]:
    return [f"{route.method} {route.path}".strip() for route in found if not route.need]


def test_every_address_says_what_it_needs() -> None:
    assert without_need(routes()) == []
    assert len(routes()) > 80


def test_an_address_that_does_not_say_it_is_found() -> None:
    """The test above can fail: a view without `requires` shows up, one with it does not."""

    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    module = ModuleType("fake_urls")
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("forgotten", forgotten),
        path("open", requires("public")(forgotten)),
    ]
    assert without_need(routes(URLResolver(RegexPattern(r"^/"), module))) == ["/forgotten"]


def test_a_need_that_does_not_exist_is_refused_at_once() -> None:
    with pytest.raises(ValueError):
        requires("everybody")  # type: ignore[arg-type]


def asks_to_sign_in(response: Any) -> bool:
    if response.status_code in (301, 302, 303):
        return response.headers["Location"].startswith("/login")
    return response.status_code == 401


def is_refused(response: Any) -> bool:
    """Not let in: told so, or answered like an address that does not exist."""
    return asks_to_sign_in(response) or response.status_code in (403, 404)


def answers(client: Client, world: World, route: Route) -> Iterator[Any]:
    """What each method of the address says to this browser; never a fault of the server."""
    methods = [route.method.lower()] if route.method else ["get", "post"]
    for method in methods:
        sent = {"data": "{}", "content_type": "application/json"} if route.path.startswith("/api/") else {}
        response = getattr(client, method)(world.address(route), **(sent if method != "get" else {}))
        assert response.status_code < 500, (method, route.path, response.status_code)
        if response.status_code != 405:
            yield response


def test_nobody_gets_in_without_signing_in(world: World) -> None:
    for route in [route for route in routes() if route.need not in ("public", "story", "matter:read")]:
        for response in answers(visitor(), world, route):
            assert is_refused(response), route


def test_who_holds_a_seat_is_nobody_before_the_second_factor(world: World) -> None:
    for route in [route for route in routes() if route.need in ("signed_in", "staff", "matter:full")]:
        weak = visitor(world.staff[0], strong=False)
        for response in answers(weak, world, route):
            assert is_refused(response), route


def test_what_is_for_everybody_asks_nobody_to_sign_in(world: World) -> None:
    for route in [route for route in routes() if route.need == "public"]:
        if route.path.startswith(("/login", "/api/v1/keys")):
            continue
        for response in answers(visitor(), world, route):
            assert not asks_to_sign_in(response), route


def test_residents_get_into_their_own_pages_and_none_of_the_staff(world: World) -> None:
    for route in routes():
        if route.name == "my_data_erase" or (route.path, route.method) == ("/api/v1/me", "DELETE"):
            continue  # they do what they say; tests/web/test_accounts_data.py, tests/api
        if route.need == "staff":
            for response in answers(visitor(world.neighbour), world, route):
                assert response.status_code in (403, 404), route
        elif route.need == "signed_in" and not route.arguments:
            for response in answers(visitor(world.neighbour), world, route):
                assert not asks_to_sign_in(response), route


def test_each_member_of_staff_gets_into_the_staff_pages(world: World) -> None:
    found = [route for route in routes() if route.need == "staff" and route.method in IN and not route.arguments]
    for person in world.staff:
        client = visitor(person)
        for route in found:
            response = client.get(world.address(route))
            assert response.status_code < 400 or response.status_code in (404, 405), (person.login, route)


def test_a_matter_opens_for_who_has_a_part_in_it_and_for_nobody_else(world: World) -> None:
    """Every role x every address of a matter: let in exactly where the charter says so."""
    found = [route for route in routes() if "number" in route.arguments and route.method in IN]
    found = [route for route in found if route.need not in ("public", "story") and route.arguments == ("number",)]
    assert found
    levels = set()
    for person in [None, world.filer, world.neighbour, *world.staff]:
        client = visitor(person)
        request = HttpRequest()
        if person:
            request.user = person
        level = level_of(request, world.matter.number)
        levels.add(level)
        for route in found:
            response = client.get(world.address(route))
            assert response.status_code < 500, route
            if response.status_code == 405:
                continue  # an address that is only sent to; who may act is tested at the desk
            wanted = MATTER.get(route.need, "public")
            if not at_least(level, wanted):
                assert is_refused(response), (person and person.login, level, route)
            elif route.need in MATTER:
                assert not is_refused(response) or response.status_code == 404, (person and person.login, route)
    assert levels == {"none", "course", "full"}


def test_words_of_a_matter_never_reach_who_may_not_read_them(world: World) -> None:
    """The strongest form: no address answers anybody without a part with the resident's words."""
    outsiders = [None, world.neighbour, *[p for p in world.staff if p.login in ("environment", "auditor", "joint")]]
    for person in outsiders:
        client = visitor(person)
        for route in [route for route in routes() if route.method in IN]:
            response = client.get(world.address(route))
            content = b"".join(response) if response.streaming else response.content
            assert "没有车棚".encode() not in content, (person and person.login, route)


def test_a_server_without_a_story_has_no_story_addresses(world: World) -> None:
    found = [route for route in routes() if route.need == "story"]
    for route in found:
        for response in answers(visitor(world.staff[0]), world, route):
            assert response.status_code in (401, 403, 404), route
