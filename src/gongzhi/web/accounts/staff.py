"""Sign-in of staff: login name and password, then the code of their generator; setting the generator up once."""

from __future__ import annotations

from pathlib import Path

import segno
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from gongzhi.desk.setup import demo_secret
from gongzhi.records.people import limits, signin
from gongzhi.records.people.models import Person, SecondFactor
from gongzhi.web.access import requires
from gongzhi.web.accounts.page import address_of, show
from gongzhi.web.accounts.resume import go_on, query_of, safe_next
from gongzhi.web.accounts.session import keep_preferences, open_session, pending, put_pending

__all__ = ["password", "second"]

NEW_SECRET = "new_secret"  # noqa: S105 - the name of a place in the session


@requires("public")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Login name and password. One answer for everything that is wrong with them."""
    target = _target(request)
    if request.method == "GET":
        return show(request, "staff.html", next=target)
    login = request.POST.get("login", "").strip()
    if error := _too_often(request, login):
        return _again(request, login, error, target, 429)
    person = _person_of(login, request.POST.get("password", ""))
    if person is None:
        return _again(request, login, _("用户名或密码不对。忘了密码，请找本单位管理员重设"), target, 422)
    put_pending(request, person)
    return redirect(reverse("login_second") + query_of(target))


def _again(request: HttpRequest, login: str, error: str, target: str, status: int) -> HttpResponse:
    errors = [{"text": error, "href": "#login"}]
    return show(request, "staff.html", status, errors=errors, error=error, login=login, next=target)


def _person_of(login: str, typed: str) -> Person | None:
    person = Person.objects.filter(login=login, is_active=True, erased_at=None).first() if login else None
    if person is None:
        make_password(typed)  # as slow as for a login that exists
        return None
    return person if person.check_password(typed) else None


def _too_often(request: HttpRequest, login: str) -> str:
    now = timezone.now()
    waits = [
        limits.spend(limits.PASSWORD_FROM_ADDRESS, address_of(request), now),
        limits.spend(limits.PASSWORD_OF_LOGIN, login, now),
    ]
    if not any(waits):
        return ""
    return _("试得太多了，请过{minutes}分钟再来").format(minutes=max(1, -(-max(waits) // 60)))


@requires("public")
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The generator's code; who has no generator yet sets it up here and proves it with a first code."""
    target, person = _target(request), pending(request)
    if person is None:
        return redirect(reverse("login_staff") + query_of(target))
    factor = SecondFactor.objects.filter(person=person).exclude(confirmed_at=None).first()
    if request.method == "GET":
        return _show_second(request, person, factor, target)
    now = timezone.now()
    if wait := limits.spend(limits.SECOND_FACTOR, person.digest, now):
        error = _("试得太多了，请过{minutes}分钟再来").format(minutes=max(1, -(-wait // 60)))
        return _show_second(request, person, factor, target, error, 429)
    if not _is_right(request, person, factor, request.POST.get("code", "")):
        return _show_second(request, person, factor, target, _("动态码不对，或刚用过。等它换一个再填"), 422)
    request.session.pop(NEW_SECRET, None)
    open_session(request, person, strong=True)
    response = go_on(request, target)
    keep_preferences(response, person, request.is_secure())
    return response


def _is_right(request: HttpRequest, person: Person, factor: SecondFactor | None, typed: str) -> bool:
    now = timezone.now()
    if factor is not None:
        return signin.check_generated(factor, typed, now)
    secret = request.session.get(NEW_SECRET)
    if not secret:
        return False
    fresh = signin.set_up_second_factor(person, secret, None)
    if not signin.check_generated(fresh, typed, now):
        return False
    fresh.confirmed_at = now
    fresh.save(update_fields=["confirmed_at"])
    return True


def _show_second(
    request: HttpRequest, person: Person, factor: SecondFactor | None, target: str, error: str = "", status: int = 200
) -> HttpResponse:
    errors = [{"text": error, "href": "#code"}] if error else []
    shared = {"errors": errors, "error": error, "next": target}
    if factor is not None:
        return show(request, "second.html", status, demo_code=_demo_code(factor), **shared)
    secret = request.session.setdefault(NEW_SECRET, signin.new_secret())
    address = signin.generator_address(person, secret)
    picture = Markup(segno.make(address).svg_inline(scale=4, border=2, omitsize=True))  # noqa: S704 - drawn here
    return show(request, "enrol.html", status, qr=picture, secret=secret, **shared)


def _demo_code(factor: SecondFactor) -> str:
    """The code of a demo account, which nobody has in a generator of their own. Never in production."""
    if settings.ENVIRONMENT.is_production:
        return ""
    if factor.secret != demo_secret(Path(settings.GONGZHI_HOME)):
        return ""
    return signin.generator(factor.secret).generate(int(timezone.now().timestamp())).decode()


def _target(request: HttpRequest) -> str:
    return safe_next(request, request.POST.get("next", "") or request.GET.get("next", ""))
