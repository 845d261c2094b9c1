"""What a receipt shows: the address where anybody checks it, and a QR code of an address."""

from __future__ import annotations

import segno
from django.http import HttpRequest
from django.urls import reverse
from markupsafe import Markup

from gongzhi.records.matters.chain import receipt_code
from gongzhi.records.matters.models import Act

__all__ = ["check_address", "qr"]


def check_address(request: HttpRequest, act: Act, number: str) -> str:
    """The full address of the check page for an act."""
    code = receipt_code(act.hash).replace(" ", "")
    return request.build_absolute_uri(reverse("verify", args=[number, code]))


def qr(address: str) -> Markup:
    """A QR code as inline SVG; its colours are attributes, so that no style is needed."""
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=4, border=2, omitsize=True))  # noqa: S704 - drawn by segno
