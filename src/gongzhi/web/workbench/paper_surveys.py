"""Surveys on paper: numbered sheets to print, and their answers entered by the number on the sheet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import surveys as desk
from gongzhi.records.consultations.models import Consultation
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.portal.survey import answers_of
from gongzhi.web.receipts import qr
from gongzhi.web.workbench.consultations import find
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.refusals_consultations import consultation_refusal

__all__ = ["enter", "sheets"]

AT_ONCE = 50


@requires("staff")
@never_cache
@require_GET
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """So many sheets, each with its number and a code that leads to the survey on the screen."""
    found = find(request, pk)
    questions = list(found.questions.order_by("number"))
    if not questions:
        raise Http404
    first, many = _number(request, "first", 1), min(_number(request, "many", 1), AT_ONCE)
    address = request.build_absolute_uri(reverse("survey", args=[pk]))
    return show(
        request, "survey_sheets.html", section_nav=None, found=found, questions=questions, address=address,
        code=qr(address), numbers=[desk.paper_number(found, at) for at in range(first, first + many)], first=first,
        many=many,
    )  # fmt: skip


def _number(request: HttpRequest, name: str, default: int) -> int:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and 0 < len(typed) < 6 and int(typed) else default


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers of a sheet, entered once by its number."""
    found, here = find(request, pk), desk_of(request)
    if request.method == "GET":
        return _page(request, found, "", {}, "")
    typed, number = answers_of(request, found), texts.clean_line(request.POST.get("number", ""))
    try:
        desk.enter_paper(pk, here.person, number, typed, here.at)
    except Refused as refused:
        return _page(request, found, number, typed, consultation_refusal(refused.code, refused.args_map))
    return redirect(f"{reverse('work_survey_enter', args=[pk])}?done={number}")


def _page(request: HttpRequest, found: Consultation, number: str, typed: dict[int, str], error: str) -> HttpResponse:
    done = texts.clean_line(request.GET.get("done", ""))
    said = {"title": _("编号%(n)s录好了，接着录下一份。") % {"n": done}, "kind": "success"} if done else None
    return show(
        request, "survey_enter.html", 422 if error else 200, found=found, number=number, typed=typed, key=new_key(),
        questions=list(found.questions.order_by("number")), notice=said, entered=found.sheets.exclude(paper="").count(),
        errors=[{"text": error, "href": "#number"}] if error else [],
    )  # fmt: skip
