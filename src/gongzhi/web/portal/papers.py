"""Photos and papers of a matter, opened only by who may: the filer all, everybody else the public ones."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.models import Words
from gongzhi.records.matters.sealing import read
from gongzhi.web.access import requires
from gongzhi.web.page import show
from gongzhi.web.photos import small
from gongzhi.web.portal.mine import own_matter
from gongzhi.words.terms import Terms

__all__ = ["answer", "paper"]

# What a browser may show by itself; everything else is saved.
SHOWN = ("image/jpeg", "image/png", "image/webp")
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/json": "json",
}


@requires("signed_in")
@require_GET
def paper(request: HttpRequest, number: str, words: int) -> HttpResponse:
    """A photo or paper of one's own matter."""
    matter = own_matter(request, number)
    row = matter.words.filter(pk=words, erased_at=None).select_related("act").first()
    if row is None:
        raise Http404("no such paper")
    return answer(request, row, number, reverse("my_matter", args=[number]))


def answer(request: HttpRequest, row: Words, number: str, back: str) -> HttpResponse:
    """The content of words that the reader may see: text as a page, photos as they are, the rest to be saved."""
    content = read(row)
    if content is None:
        raise Http404("erased")
    if row.media_type.startswith("text/"):
        said = content.decode("utf-8", "replace")
        return show(request, "portal/paper.html", title=_title(row), text=said, number=number, row=row, back=back)
    if row.kind == "photo" and "small" in request.GET:
        return _file(small(content), "image/jpeg", "")
    name = f"{number}-{row.name}.{ENDINGS.get(row.media_type, 'bin')}"
    save = "download" in request.GET or row.media_type not in SHOWN
    known = row.media_type if row.media_type in ENDINGS else "application/octet-stream"
    return _file(content, known, name if save else "")


def _title(row: Words) -> str:
    """The charter's title of a paper; other words have none of their own."""
    charter = charter_by_digest(row.matter.charter_version.digest)
    return Terms(charter).document(row.name) if row.name in charter.documents else _("写的话")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Cache-Control"] = "private, max-age=600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if name:
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
