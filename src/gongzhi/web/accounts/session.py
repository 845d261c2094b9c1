"""What a signed-in session is: whose, how strongly proved, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongzhi.records.people.models import Person
from gongzhi.web import clock
from gongzhi.web.display import keep_display

__all__ = ["SecondFactorMiddleware", "close", "extend", "open_session", "pending", "put_pending", "session_ends"]

STRONG = "second_factor"
ENDS = "session_ends"
PENDING = "pending"
RESIDENT_STAYS = timedelta(hours=12)
STAFF_STAYS = timedelta(hours=4)
PENDING_LIVES = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_session(request: HttpRequest, person: Person, strong: bool) -> None:
    """Sign in. `strong`: with password and generated code. What the visitor had typed before stays in the session."""
    login(request, person, backend=BACKEND)
    request.session.pop(PENDING, None)
    request.session[STRONG] = strong
    extend(request)


def close(request: HttpRequest) -> None:
    """Sign out: the session and everything in it is gone."""
    logout(request)


def extend(request: HttpRequest) -> datetime:
    """The session starts its time anew."""
    stays = STAFF_STAYS if request.session.get(STRONG) else RESIDENT_STAYS
    ends = timezone.now() + stays
    request.session.set_expiry(stays)
    request.session[ENDS] = int(ends.timestamp())
    return ends


def session_ends(request: HttpRequest | None) -> str:
    """ISO time at which a signed-in session ends, for the warning two minutes before; else empty."""
    if not request or not isinstance(getattr(request, "user", None), Person):
        return ""
    stamp = request.session.get(ENDS)
    return datetime.fromtimestamp(stamp, UTC).isoformat() if stamp else ""


def put_pending(request: HttpRequest, person: Person) -> None:
    """The first proof was right; the second is still to come. Nothing is open yet."""
    request.session.cycle_key()
    request.session[PENDING] = {"person": person.pk, "at": timezone.now().timestamp()}


def pending(request: HttpRequest) -> Person | None:
    """Who has shown the first proof less than ten minutes ago."""
    found = request.session.get(PENDING)
    if not found or timezone.now().timestamp() - found["at"] > PENDING_LIVES.total_seconds():
        return None
    return Person.objects.filter(pk=found["person"], is_active=True, erased_at=None).first()


def keep_preferences(response: HttpResponse, person: Person, secure: bool) -> None:
    """The person's own way of showing pages, on this device too."""
    if person.text_size != "std":
        keep_display(response, "text_size", person.text_size, secure=secure)
    if person.contrast != "off":
        keep_display(response, "contrast", person.contrast, secure=secure)
    if person.language != settings.LANGUAGE_CODE:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax", secure=secure)


class SecondFactorMiddleware:
    """Who holds a seat and has not shown a second factor in this session is nobody, on every page.

    Also for somebody who was signed in as a resident when the seat began. The API tests this by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, Person) and not request.path.startswith("/api/"):
            staff = user.is_staff_member(clock.now())
            request._is_staff = staff  # type: ignore[attr-defined]
            if staff and not request.session.get(STRONG):
                request.user = AnonymousUser()
                request._is_staff = False  # type: ignore[attr-defined]
        return self.get_response(request)
