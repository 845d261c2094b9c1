"""What every page of staff has in common: who works here, for which organs, where one can go."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.web.access import reader
from gongzhi.web.addresses import url_or
from gongzhi.web.clock import now

__all__ = ["Desk", "desk_of", "new_key", "show"]


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at work: the person, the seats held now, and the time."""

    person: Person
    seats: tuple[SeatTerm, ...]
    at: datetime

    @property
    def organs(self) -> dict[int, OrganInstance]:
        """Organs the person works for, by id."""
        return {seat.organ_instance_id: seat.organ_instance for seat in self.seats}

    @property
    def place(self) -> Place:
        """Where the person works: the smallest place of their organs."""
        return max((seat.organ_instance.place for seat in self.seats), key=lambda place: len(place.path))


def desk_of(request: HttpRequest) -> Desk:
    """The desk of who is signed in (views declare `staff`); asked once for each request."""
    found: Desk | None = getattr(request, "_desk", None)
    if found is None:
        person, at = reader(request), now()
        if person is None:
            raise PermissionDenied("the view of a desk asks for staff")
        seats = person.seats(at).select_related("organ_instance__place").order_by("pk")
        found = request._desk = Desk(person, tuple(seats), at)  # type: ignore[attr-defined]
    return found


def new_key() -> str:
    """An idempotency key for one form."""
    return secrets.token_hex(16)


def show(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """The page with what all pages of staff share."""
    desk = desk_of(request)
    shared = {
        "place_name": desk.place.name,
        "person": desk.person,
        "now": desk.at,
        "section_nav": _sections(request),
        "wide": True,
    }
    return render(request, f"workbench/{template}", {**shared, **context}, status=status)


def _sections(request: HttpRequest) -> list[dict[str, object]]:
    sections = [
        (_("今天要办"), "today"),
        (_("全部事项"), "register"),
        (_("会议安排"), "meetings"),
        (_("代为登记"), "file_for"),
        (_("各项工作"), "rooms"),
    ]
    found = [{"text": text, "href": reverse(name), "current": False} for text, name in sections]
    fitting = [item for item in found if request.path.startswith(str(item["href"]))]
    if fitting:
        max(fitting, key=lambda item: len(str(item["href"])))["current"] = True
    return [*found, {"text": _("公开栏"), "href": url_or("/board", "board"), "current": False}]
