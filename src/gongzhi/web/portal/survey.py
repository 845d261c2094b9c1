"""问卷: all questions on one page, answered once; nothing typed is lost when an answer is refused."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import surveys as desk
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import Consultation
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.page import Errors, new_key, show, signed_in
from gongzhi.web.portal.consult import consultation_or_404
from gongzhi.words.refusals_consultations import consultation_refusal

__all__ = ["answers_of", "survey"]


@requires("signed_in")
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions, and the answers."""
    found, person = consultation_or_404(request, pk), signed_in(request)
    if not found.questions.exists():
        raise Http404
    if request.method == "GET":
        return _page(request, found, [], {})
    typed = answers_of(request, found)
    try:
        desk.fill_in(pk, person, typed, now())
    except Refused as refused:
        href = f"#q{_question(found, refused)}" if refused.code == "answer_value" else ""
        return _page(
            request, found, [{"text": consultation_refusal(refused.code, refused.args_map), "href": href}], typed
        )
    return redirect(f"{reverse('survey', args=[pk])}?done=1")


def answers_of(request: HttpRequest, found: Consultation) -> dict[int, str]:
    """What was typed, by question."""
    return {row.pk: texts.clean_text(request.POST.get(f"q{row.pk}", "")) for row in found.questions.all()}


def _question(found: Consultation, refused: Refused) -> int:
    row = found.questions.filter(number=refused.args_map["question"]).first()
    return row.pk if row else 0


def _page(request: HttpRequest, found: Consultation, errors: Errors, typed: dict[int, str]) -> HttpResponse:
    done = {"title": _("谢谢，您的问卷收到了。"), "kind": "success"} if request.GET.get("done") else None
    return show(
        request, "portal/survey.html", 422 if errors else 200, found=found, errors=errors, typed=typed, key=new_key(),
        questions=list(found.questions.order_by("number")), running=queries.is_open(found, now()), notice=done,
        filled=queries.filled_in(found, signed_in(request)),
    )  # fmt: skip
