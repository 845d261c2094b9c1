"""The receipt: a number and a code that anybody can hold against the public record, also years later."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET
from PIL import Image, ImageDraw, ImageFont

from gongzhi.desk.audit import verify_receipt
from gongzhi.records.matters.chain import plain_code, receipt_code
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.matters.queries import by_number
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.looking import look
from gongzhi.web.page import show
from gongzhi.web.portal.mine import own_matter
from gongzhi.web.receipts import check_address, qr

__all__ = ["check_address", "picture", "qr", "receipt", "verify", "verify_form"]


@requires("signed_in")
@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """收到了: number, who answers, until when and why, what next, and the code."""
    looked = look(own_matter(request, number), now())
    address = check_address(request, looked.first, number)
    slip: dict[str, Any] = {"address": address, "qr": qr(address), "code": receipt_code(looked.first.hash)}
    return show(request, "portal/receipt.html", looked=looked, view=looked.view, **slip)


@requires("signed_in")
@require_GET
def picture(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt as a picture to keep among one's photos: QR code, number, code. No words, so it needs no font."""
    matter = own_matter(request, number)
    first = matter.acts.get(seq=1)
    drawn = _draw(check_address(request, first, number), number, receipt_code(first.hash))
    name = f'attachment; filename="{number}.png"'
    return HttpResponse(drawn, content_type="image/png", headers={"Content-Disposition": name})


def _draw(address: str, number: str, code: str) -> bytes:
    side = io.BytesIO()
    segno.make(address, error="m", micro=False).save(side, kind="png", scale=12, border=4)
    square = Image.open(side).convert("RGB")
    sheet = Image.new("RGB", (max(square.width, 720), square.height + 140), "white")
    sheet.paste(square, ((sheet.width - square.width) // 2, 0))
    pen = ImageDraw.Draw(sheet)
    for line, top, size in ((number, 0, 44), (code, 68, 36)):
        at = (sheet.width / 2, square.height + top)
        pen.text(at, line, fill="#1A2327", font=ImageFont.load_default(size), anchor="ma")
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


@requires("public")
def verify_form(request: HttpRequest) -> HttpResponse:
    """Number and code typed from paper lead to the same page as the QR code."""
    number, code = request.GET.get("number", "").strip(), plain_code(request.GET.get("code", ""))
    if number and code:
        return redirect("verify", number=number[:60], code=code[:64])
    return show(request, "portal/verify_form.html", number=number, tried="number" in request.GET)


@requires("public")
@require_GET
def verify(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Does a receipt fit the public record? Tells only what everybody may know."""
    found = verify_receipt(number, code)
    matter = by_number(tidy(number) or "") if found.verdict == "consistent" else None
    if matter is None:
        return show(request, "portal/verify.html", verdict=found.verdict, number=number)
    looked = look(matter, now())
    return show(request, "portal/verify.html", verdict=found.verdict, number=matter.number, found=found, matter=matter,
                view=looked.view)  # fmt: skip
