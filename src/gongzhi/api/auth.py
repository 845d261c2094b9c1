"""Who is calling: a program with a key (`Authorization: Bearer`), or a page with its session and CSRF token.

Every operation names what it needs with `access(...)`. The need is tested before the operation runs; what it
needs of one matter (`matter:read`, `matter:act`) is tested by `gongzhi.api.lookups` when the matter is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from django.http import HttpRequest
from django.utils import timezone
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from gongzhi.api.problems import Problem
from gongzhi.records.people.models import Person
from gongzhi.records.people.tokens import Shown, find_token
from gongzhi.web import clock

Need = Literal["public", "signed_in", "staff", "matter:read", "matter:act", "story"]
SCHEME = "Bearer "


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody, or nobody (`person` None). `key` is what a program showed; None for a page."""

    person: Person | None = None
    key: Shown | None = None

    def __bool__(self) -> bool:
        return True  # also nobody may call what is public

    @property
    def signed_in(self) -> Person:
        """The person of an operation that needs one."""
        if self.person is None:
            raise Problem(401, "sign_in_first")
        return self.person


class Access(AuthBase):
    """The test in front of one operation; `need` is shown in the API's description and walked by a test."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, need: Need) -> None:
        self.need = need
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller:
        caller = caller_of(request)
        if self.need in ("signed_in", "matter:act"):
            _ = caller.signed_in
        elif self.need == "staff" and not caller.signed_in.is_staff_member(clock.now()):
            raise Problem(403, "staff_only")
        elif self.need == "story" and not clock.story_clock():
            raise Problem(404, "not_found")
        return caller


ACCESS = {need: Access(need) for need in get_args(Need)}


def access(need: Need) -> Access:
    """What an operation needs, for its `auth=`."""
    return ACCESS[need]


def caller_of(request: HttpRequest) -> Caller:
    """Who is calling. Raises Problem for a wrong key, a page without CSRF token, staff without second factor."""
    shown = request.headers.get("Authorization", "")
    if shown:
        return _with_key(shown)
    user = request.user
    if not isinstance(user, Person):
        return Caller()
    if check_csrf(request):
        raise Problem(403, "csrf")
    if user.is_staff_member(clock.now()) and not second_factor_shown(request):
        raise Problem(403, "second_factor")
    return Caller(user)


def _with_key(shown: str) -> Caller:
    key = find_token(shown.removeprefix(SCHEME).strip(), timezone.now()) if shown.startswith(SCHEME) else None
    if key is None:
        raise Problem(401, "key_unknown")
    if not key.strong and key.person.is_staff_member(clock.now()):
        raise Problem(403, "second_factor")
    return Caller(key.person, key)


def second_factor_shown(request: HttpRequest) -> bool:
    """True when this session was opened with password and generated code."""
    return bool(request.session.get("second_factor"))
