"""A new sign-in of staff with the code handed over in person; the code generator is set up at the next step."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongzhi.records.people import limits
from gongzhi.records.people.appointing import use_reset
from gongzhi.records.people.signin import plain_digits
from gongzhi.web import clock
from gongzhi.web.access import requires
from gongzhi.web.accounts.page import address_of, show

__all__ = ["reset"]


@requires("public")
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """One answer for everything that is wrong with login and code."""
    if request.method == "GET":
        return show(request, "reset.html")
    login, password = request.POST.get("login", "").strip()[:60], request.POST.get("password", "")
    if error := _too_often(request, login):
        return _again(request, login, error, "login", 429)
    if password != request.POST.get("again", ""):
        return _again(request, login, _("两次填的密码不一样"), "again")
    try:
        validate_password(password)
    except ValidationError as fault:
        return _again(request, login, " ".join(fault.messages), "password")
    if not use_reset(login, plain_digits(request.POST.get("code", "")), password, clock.now()):
        return _again(request, login, _("用户名或验证码不对，或验证码过期了。请找单位重新办"), "code")
    return redirect(reverse("login_staff"))


def _again(request: HttpRequest, login: str, error: str, field: str, status: int = 422) -> HttpResponse:
    errors = [{"text": error, "href": f"#{field}"}]
    return show(request, "reset.html", status, errors=errors, wrong={field: error}, login=login)


def _too_often(request: HttpRequest, login: str) -> str:
    now = timezone.now()
    waits = [
        limits.spend(limits.PASSWORD_FROM_ADDRESS, address_of(request), now),
        limits.spend(limits.PASSWORD_OF_LOGIN, login, now),
    ]
    if not any(waits):
        return ""
    return _("试得太多了，请过{minutes}分钟再来").format(minutes=max(1, -(-max(waits) // 60)))
