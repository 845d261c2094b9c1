"""Nothing typed is lost: a form sent after the session ended waits, sealed, until the person has signed in again."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, field

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from gongzhi.records.crypto import Unreadable, seal, unseal

__all__ = ["Waiting", "ask_to_sign_in", "drop", "safe_next", "waiting"]

KEY = "waiting_form"
LONGEST = 60_000  # characters of one form that are kept; longer texts stay in the browser's own draft
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "password"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form that could not be carried out. `files`: names of the fields whose files have to be chosen again."""

    action: str
    fields: list[tuple[str, str]]
    files: list[str] = field(default_factory=list)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; what was sent is kept meanwhile. A script gets 401 and goes there itself."""
    after = request.get_full_path()
    if request.method == "POST" and _keep(request):
        after = reverse("resume")
    elif request.method == "POST":
        after = safe_next(request, request.headers.get("Referer", "")) or reverse("home")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    return redirect(f"{reverse('login')}?{urlencode({'next': after})}")


def _keep(request: HttpRequest) -> bool:
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    if sum(len(value) for _, value in kept) > LONGEST:
        return False
    form = Waiting(request.get_full_path(), [(name, str(value)) for name, value in kept], list(request.FILES))
    sealed = seal(json.dumps(asdict(form), ensure_ascii=False), KEY)
    request.session[KEY] = base64.b64encode(sealed).decode()
    return True


def waiting(request: HttpRequest) -> Waiting | None:
    """The form that waits in this session, if any."""
    stored = request.session.get(KEY)
    if not stored:
        return None
    try:
        found = json.loads(unseal(base64.b64decode(stored), KEY))
    except (Unreadable, ValueError):
        return None
    return Waiting(found["action"], [(name, value) for name, value in found["fields"]], found["files"])


def drop(request: HttpRequest) -> None:
    """The form was sent again, or is not wanted any more."""
    request.session.pop(KEY, None)


def safe_next(request: HttpRequest, target: str) -> str:
    """`target` as an address of this site, else empty: nobody is led elsewhere after signing in."""
    if not target or not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    return target


def go_on(request: HttpRequest, target: str) -> HttpResponseRedirect:
    """After signing in: to what waits, to where the person came from, or to their own page."""
    if waiting(request):
        return redirect("resume")
    return HttpResponseRedirect(safe_next(request, target) or reverse("me"))


def query_of(target: str) -> str:
    """`?next=...` for links between the pages of sign-in."""
    if not target:
        return ""
    query = QueryDict(mutable=True)
    query["next"] = target
    return f"?{query.urlencode()}"
