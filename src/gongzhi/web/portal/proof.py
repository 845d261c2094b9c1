"""The six digits that prove a contact, between 3/3 and the check page; proving it signs the resident in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongzhi.records.people.actions import register_resident
from gongzhi.records.people.contacts import Contact
from gongzhi.web.access import reader, requires
from gongzhi.web.accounts import codes
from gongzhi.web.accounts.session import open_session
from gongzhi.web.clock import now
from gongzhi.web.page import ask_again, community_of, faults, keep_private, show
from gongzhi.web.portal.keep import Kept
from gongzhi.web.portal.say import draft_of

__all__ = ["prove"]


@requires("public")
@keep_private
def prove(request: HttpRequest) -> HttpResponse:
    """One field for the code; 再发一次 sends another. A right one leads on to the check page."""
    kept = draft_of(request)
    if reader(request):
        return redirect("say_check")
    try:
        contact = codes.read_contact(kept.contact)
    except codes.CodeRefused:
        return redirect("say_contact")
    if request.method != "POST":
        return _show(request, kept, contact)
    try:
        if "again" in request.POST:
            codes.send(request, contact)
            return redirect("say_code")
        return _sign_in(request, codes.prove(request, request.POST.get("code", "")))
    except codes.CodeRefused as refused:
        return ask_again(request, [{"text": refused.sentence, "href": "#code"}])


def _sign_in(request: HttpRequest, contact: Contact) -> HttpResponse:
    """An account is made at the first proved contact; who holds a post shows the second factor at the desk of staff."""
    at = now()
    person = register_resident(contact, community_of(request), at)
    if person.is_staff_member(at):
        return redirect(f"{reverse('login')}?next={reverse('say_check')}")
    open_session(request, person, strong=False)
    return redirect("say_check")


def _show(request: HttpRequest, kept: Kept, contact: Contact) -> HttpResponse:
    errors, wait = faults(request), codes.wait_to_resend(request)
    return show(
        request, "portal/code.html", 422 if errors else 200, kept=kept, errors=errors, masked=contact.masked, wait=wait
    )
