"""Papers and photos of a matter, for the staff who may open them. Every opening is written down."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.records.matters.access import note_reading
from gongzhi.records.matters.models import Words
from gongzhi.records.matters.sealing import read
from gongzhi.web.access import requires
from gongzhi.web.files import ENDINGS
from gongzhi.web.photos import small
from gongzhi.web.workbench.found import Found, find
from gongzhi.web.workbench.page import show

__all__ = ["work_paper"]

INLINE = ("image/jpeg", "image/png", "image/webp")


@requires("staff")
@never_cache
@require_GET
def work_paper(request: HttpRequest, number: str, words: int) -> HttpResponse:
    """Text as a page; photos as they are; everything else to be saved."""
    found = find(request, number)
    row = found.matter.words.filter(pk=words).select_related("act").first()
    if row is None or not found.may_open(row):
        raise Http404("no such paper for this reader")
    content = read(row)
    if content is None:
        raise Http404("erased")
    if not row.public:
        note_reading(found.person, found.role, "document", found.at, found.matter)
    if row.media_type.startswith("text/"):
        said = content.decode("utf-8", "replace")
        return show(request, "paper.html", found=found, row=row, title=_title(found, row), said=said)
    if row.kind == "photo" and "small" in request.GET:
        return _file(small(content), "image/jpeg", "")
    name = f"{number}-{row.name}{ENDINGS.get(row.media_type, ('.bin',))[0]}"
    return _file(content, row.media_type, "" if row.media_type in INLINE and "download" not in request.GET else name)


def _title(found: Found, row: Words) -> str:
    return found.terms.document(row.name) if row.name in found.charter.documents else _("文字")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    known = media_type if media_type in ENDINGS else "application/octet-stream"
    response = HttpResponse(content, content_type=known)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if name:
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
