"""职责合同: what somebody took on in a project group, read and signed on the phone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import project_group as group
from gongzhi.desk.tenders import step_at
from gongzhi.records.projects.models import ProjectMember
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.page import new_key, show, signed_in
from gongzhi.words.refusals_projects import project_refusal

__all__ = ["duties"]

MOST = 50


@requires("signed_in")
@never_cache
def duties(request: HttpRequest) -> HttpResponse:
    """The reader's contracts, those to sign first; a POST signs one."""
    person, error = signed_in(request), ""
    mine = ProjectMember.objects.filter(person=person).select_related("project__place")
    if request.method == "POST":
        said = request.POST.get("member", "")
        member = mine.filter(pk=int(said)).first() if said.isascii() and said.isdecimal() and len(said) < 19 else None
        if member is None:
            raise Http404("no such contract")
        try:
            group.sign(member, person, now())
            return redirect("project_duties")
        except Refused as refused:
            error = project_refusal(refused.code, refused.args_map)
    rows = [{"member": one, "ready": _ready(one)} for one in mine.order_by("signed_on", "-pk")[:MOST]]
    rows.sort(key=lambda row: not row["ready"])
    errors = [{"text": error, "href": "#main"}] if error else []
    return show(request, "portal/project_duties.html", 422 if error else 200, rows=rows, errors=errors, key=new_key())


def _ready(member: ProjectMember) -> bool:
    """Can it be signed now?"""
    step = step_at(member.project) if member.signed_on is None else None
    return step is not None and step.room == "contracts"
