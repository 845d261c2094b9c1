"""采用章程: whoever the charter in force names sees the check, the difference and what becomes of running matters,
then adopts, or goes back to the version before. Everything is chosen from the charters folder; nothing is uploaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.charter.findings import has_errors
from gongzhi.core.check.migration import compare
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.adopt import CannotAdopt, NothingBefore, adopt, previous, roll_back
from gongzhi.desk.adopting import Past, adoptable, check_may_adopt, history, number_taken
from gongzhi.desk.migrate import move_all, running
from gongzhi.records.institutions.models import Adoption
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.matters.matter import OPEN, Matter
from gongzhi.records.people.models import Person
from gongzhi.web.access import reader, requires
from gongzhi.web.clock import now
from gongzhi.web.studio.page import Opened, opened, show
from gongzhi.web.studio.sources import heads, key_of
from gongzhi.words.differences import difference_groups
from gongzhi.words.findings import finding_mend, finding_place, finding_text, severity_text
from gongzhi.words.staying import stays_text
from gongzhi.words.terms import Terms

__all__ = ["adopt_now", "adoption", "go_back"]

AT_ONCE = 300  # running matters that one request moves; more are for the command line
DONE: dict[str, Callable[[], str]] = {
    "adopted": lambda: _("采用了。新提出的事从现在起按新版办。"),
    "back": lambda: _("重新采用了以前的版本。新提出的事从现在起按它办。"),
    "unsure": lambda: _("没有采用：请先勾“看过了，确定采用”。"),
    "nothing": lambda: _("以前没有采用过别的版本。"),
}


@requires("staff")
@never_cache
@require_GET
def adoption(request: HttpRequest) -> HttpResponse:
    """What is in force where the reader may adopt; with `charter`, what adopting that folder would mean."""
    mine = adoptable(_person(request), now())
    one = _chosen(request.GET.get("adoption", ""), mine) or (mine[0] if len(mine) == 1 else None)
    said = DONE.get(request.GET.get("done", ""), lambda: "")()
    context: dict[str, Any] = {"mine": [_listed(item) for item in mine], "said": said}
    if one is not None:
        context |= _of(one, request.GET.get("charter", ""))
    return show(request, "studio/adoption.html", None, chosen=one, **context)


def _person(request: HttpRequest) -> Person:
    person = reader(request)
    if person is None:
        raise PermissionDenied("adopting asks for staff")
    return person


def _chosen(text: str, mine: list[Adoption]) -> Adoption | None:
    return next((item for item in mine if str(item.pk) == text), None)


def _listed(item: Adoption) -> dict[str, Any]:
    return {"pk": item.pk, "place": item.place.name, "title": item.charter_version.title,
            "version": item.charter_version.version, "start": item.start}  # fmt: skip


def _of(one: Adoption, folder: str) -> dict[str, Any]:
    terms = Terms(charter_of(one.charter_version))
    offered = [head for head in heads() if head.name == one.charter]
    past = [_told(row, terms) for row in history(one.place, one.charter)]
    before = previous(one.place, one.charter)
    names = {head.key for head in offered}
    told = _judged(one, opened(folder)) if folder in names else None
    return {"offered": offered, "past": past, "earlier": before, "told": told, "folder": folder, "terms": terms}


def _told(row: Past, terms: Terms) -> dict[str, Any]:
    version = row.adoption.charter_version
    return {"version": version.version, "start": row.adoption.start, "end": row.adoption.end,
            "who": terms.holder(row.who), "href": reverse("studio_charter", args=[key_of(version)])}  # fmt: skip


def _judged(one: Adoption, new: Opened) -> dict[str, Any]:
    """The findings, the difference to the version in force, and the running matters."""
    old = opened(key_of(one.charter_version))
    report = new.study.report
    mapping = compare(old.charter, new.charter, new.study.lines) if report.passed else []
    findings = [*report.findings, *mapping]
    same = new.charter.digest == one.charter_version.digest
    moves = sorted(p.name for p in new.charter.procedures.values() if p.migrates)
    waiting = 0 if same else running_under(one)
    return {
        "findings": [{"text": finding_text(f), "place": finding_place(f), "mend": finding_mend(f),
                      "severity": severity_text(f.severity)} for f in findings],
        "version": new.charter.version,
        "groups": [] if same else difference_groups(old.charter, new.charter),
        "same": same,
        "taken": number_taken(one.place, one.charter, new.charter.version, new.charter.digest),
        "may": not has_errors(findings) and not same,
        "running": waiting,
        "moves": [new.terms.procedure(name) for name in moves],
        "too_many": waiting > AT_ONCE,
    }  # fmt: skip


def running_under(one: Adoption) -> int:
    """Open matters that follow the version in force here."""
    rows = Matter.objects.filter(place__path__startswith=one.place.path, status__in=OPEN)
    return rows.filter(charter_version=one.charter_version).count()


@requires("staff")
@require_POST
def adopt_now(request: HttpRequest) -> HttpResponse:
    """Adopt the chosen folder at the chosen place, now. Pressing twice adopts once."""
    one, person = _allowed(request)
    name = request.POST.get("charter", "")
    if name not in {head.key for head in heads() if head.name == one.charter}:
        raise Http404("no such charter folder")
    if request.POST.get("sure") != "yes":
        return redirect(f"{reverse('studio_adoption')}?adoption={one.pk}&charter={name}&done=unsure")
    new = opened(name).charter
    if number_taken(one.place, one.charter, new.version, new.digest):
        return redirect(f"{reverse('studio_adoption')}?adoption={one.pk}&charter={name}")
    try:
        adopted, _organs = adopt(Path(settings.GONGZHI_CHARTERS) / name, one.place, now(), person.digest)
    except CannotAdopt:
        return redirect(f"{reverse('studio_adoption')}?adoption={one.pk}&charter={name}")
    return _result(request, one, adopted) if request.POST.get("migrate") == "yes" else _back(adopted, "adopted")


def _allowed(request: HttpRequest) -> tuple[Adoption, Person]:
    person = _person(request)
    one = Adoption.objects.select_related("place").filter(pk=_number(request.POST.get("adoption", ""))).first()
    if one is None:
        raise Http404("no such adoption")
    try:
        return check_may_adopt(person, one.place, one.charter, now()), person
    except Refused as refused:
        raise PermissionDenied(refused.code) from refused


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _result(request: HttpRequest, before: Adoption, adopted: Adoption) -> HttpResponse:
    """What became of the running matters, one by one where they stay."""
    if running(adopted.place, adopted.charter_version).count() > AT_ONCE:
        return _back(adopted, "adopted")
    report = move_all(adopted.place, adopted.charter_version, now())
    stays = [{"number": item.number, "why": stays_text(item)} for item in report.refused]
    return show(request, "studio/adopted.html", None, adopted=adopted, report=report, stays=stays,
                moved=len(report.moved))  # fmt: skip


def _back(adopted: Adoption, done: str) -> HttpResponse:
    return redirect(f"{reverse('studio_adoption')}?adoption={adopted.pk}&done={done}")


@requires("staff")
@require_POST
def go_back(request: HttpRequest) -> HttpResponse:
    """Adopt the version before again. Running matters stay on theirs."""
    one, person = _allowed(request)
    if request.POST.get("sure") != "yes":
        return _back(one, "unsure")
    try:
        return _back(roll_back(one.place, one.charter, now(), person.digest), "back")
    except NothingBefore:
        return _back(one, "nothing")
