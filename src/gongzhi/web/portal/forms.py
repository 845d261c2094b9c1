"""The paper of a document of one's own matter: to print, fill in by hand and bring along."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.looking import Looked, look
from gongzhi.web.page import keep_private, show
from gongzhi.web.portal.mine import own_matter
from gongzhi.web.receipts import check_address, qr
from gongzhi.web.sheets import blank_sheet, handed_sheet, latest, word_file
from gongzhi.words.sheets import Sheet

__all__ = ["my_form", "my_form_word"]


@requires("signed_in")
@keep_private
@require_GET
def my_form(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """The paper on A4 with its QR code; `?handed` as it was handed in."""
    looked = look(own_matter(request, number), now())
    address = check_address(request, looked.first, number)
    return show(
        request, "portal/form.html", sheet=_sheet(request, looked, document), number=number, document=document,
        handed="handed" in request.GET, qr=qr(address),
    )  # fmt: skip


@requires("signed_in")
@keep_private
@require_GET
def my_form_word(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """The same as a Word file."""
    return word_file(_sheet(request, look(own_matter(request, number), now()), document))


def _sheet(request: HttpRequest, looked: Looked, document: str) -> Sheet:
    row = latest(looked, document)
    handed = "handed" in request.GET
    sheet = handed_sheet(looked, document, row, _all) if handed and row else None
    sheet = sheet if handed else blank_sheet(looked, document, now(), _all)
    if sheet is None:
        raise Http404("no such form")
    return sheet


def _all(_row: object) -> bool:
    """One's own matter holds nothing that is not for oneself."""
    return True
