"""点单: a line of the catalogue becomes the beginning of a matter, in the form everybody uses to say something."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.records.organisations.queries import services_of
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.page import community_of
from gongzhi.web.portal import keep
from gongzhi.web.portal.say import draft_of
from gongzhi.web.portal.services import order_here

__all__ = ["order"]


@requires("public")
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """What is ordered stands in the form already; what was typed there before stays below it."""
    category = order_here(request)
    if not category:
        raise Http404("the charter in force here takes no orders")
    found = get_object_or_404(services_of(community_of(request)), pk=pk)
    kept = draft_of(request)
    line = _("点单：%(title)s（%(provider)s）") % {"title": found.title, "provider": found.provider}
    said = kept.what if line in kept.what else f"{line}\n{kept.what}"
    keep.save(request, kept.with_(what=said[: texts.LONGEST], category=category, chosen=True))
    return redirect("say")
