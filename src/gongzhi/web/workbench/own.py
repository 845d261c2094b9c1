"""以单位名义提出: an organ files its own matter: asks for an admission, hands work down, asks for a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Charter, Field, Procedure
from gongzhi.core.charter.templates import Template
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import organ_of
from gongzhi.desk import admissions
from gongzhi.desk.draft import NewMatter
from gongzhi.desk.step import file_matter
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of, find_place
from gongzhi.records.institutions.served import communities
from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.records.plans.queries import senders_of
from gongzhi.web.access import requires
from gongzhi.web.workbench import drafts
from gongzhi.web.workbench.boxes import LINE, PAPER, Box
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.web.workbench.reading import judge, typed_of, value_of
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["own_form", "places_of", "work_own"]

FORM = "own"
APPLICATION = "application"  # the document in which a charter asks what an application says
Error = dict[str, str]


def places_of(desk: Desk) -> list[Place]:
    """Communities for which the reader's organs may file: those they work in or above."""
    return [
        place
        for place in communities(desk.at)
        if any(place.path.startswith(organ.place.path) for organ in desk.organs.values())
    ]


def _fileable(desk: Desk) -> Iterator[tuple[Charter, Procedure, str]]:
    """Procedures that an organ of the reader may file, with that organ; each once."""
    seen: set[tuple[str, str]] = set()
    for place in places_of(desk):
        version = charter_for(place, desk.at)
        charter = charter_of(version) if version else None
        for procedure in charter.procedures.values() if charter else ():
            mine = _organ(desk, procedure)
            if charter and mine and (charter.name, procedure.name) not in seen:
                seen.add((charter.name, procedure.name))
                yield charter, procedure, mine


def _organ(desk: Desk, procedure: Procedure) -> str:
    held = {(seat.organ_instance.organ, seat.seat) for seat in desk.seats}
    for named in procedure.files:
        organ, _dot, seat = named.partition(".")
        if any(one == organ and seat in ("", post) for one, post in held):
            return organ
    return ""


@requires("staff")
@never_cache
@require_GET
def work_own(request: HttpRequest) -> HttpResponse:
    """Everything the reader's organs may file."""
    rows = [
        {"name": procedure.name, "title": Terms(charter).procedure(procedure.name),
         "organ": Terms(charter).organ(organ), "gated": procedure.admitted is not None}
        for charter, procedure, organ in _fileable(desk_of(request))
    ]  # fmt: skip
    return show(request, "own.html", rows=rows)


@requires("staff")
@never_cache
def own_form(request: HttpRequest, procedure: str) -> HttpResponse:
    """GET: the form. POST: filed; what was typed stays where it was refused."""
    desk = desk_of(request)
    found = next((one for one in _fileable(desk) if one[1].name == procedure), None)
    if found is None:
        raise Http404("not filed by the reader's organs")
    charter, declared, organ = found
    boxes = _boxes(desk, charter, declared)
    draft = drafts.Draft("own", FORM, "", new_key(), desk.at.isoformat(), "", _presets(request, boxes))
    if request.method != "POST":
        return _page(request, found, boxes, draft, [])
    key = request.POST.get("idempotency_key", "")[:64] or draft.key
    draft = drafts.Draft("own", FORM, "", key, draft.at, "", typed_of(request, boxes))
    if errors := judge(boxes, draft):
        return _page(request, found, boxes, draft, errors)
    try:
        new = _new(charter, declared, organ, boxes, draft.typed)
        number = file_matter(new, desk.person, desk.at, key).matter.number
    except Refused as refused:
        said = Speaker(Terms(charter), declared).refusal(refused.code, refused.args_map)
        at = "#admission" if refused.code.startswith("admission") else ""
        return _page(request, found, boxes, draft, [{"text": said, "href": at, "name": at[1:]}])
    return redirect("work_matter", number=number)


def _page(
    request: HttpRequest, found: tuple[Charter, Procedure, str], boxes: list[Box], draft: drafts.Draft,
    errors: list[Error],
) -> HttpResponse:  # fmt: skip
    charter, declared, organ = found
    terms, desk = Terms(charter), desk_of(request)
    return show(
        request, "own_form.html", 422 if errors else 200, title=terms.procedure(declared.name), boxes=boxes,
        filling={"draft": draft}, errors=errors, organs=[], names=lambda box: [box.name], organ=terms.organ(organ),
        wrong={error.get("name", ""): error["text"] for error in errors}, procedure=declared.name,
        admissions=_valid(desk, declared, organ), gated=declared.admitted is not None,
    )  # fmt: skip


def _valid(desk: Desk, declared: Procedure, organ: str) -> list[admissions.Line]:
    """Admissions under which the organ may hand this work down."""
    if declared.admitted is None:
        return []
    found = {line.matter.pk: line for place in places_of(desk) for line in admissions.register(place, desk.at)}
    sender = senders_of(found)
    mine = {pk for pk, one in desk.organs.items() if one.organ == organ}
    return [line for pk, line in found.items() if line.valid and sender.get(pk) in mine]


def _presets(request: HttpRequest, boxes: list[Box]) -> dict[str, str]:
    return {box.name: request.GET.get(box.name, box.preset)[: box.limit] for box in boxes}


def _boxes(desk: Desk, charter: Charter, declared: Procedure) -> list[Box]:
    terms = Terms(charter)
    places = tuple((one.code, one.name) for one in places_of(desk))
    asked = [
        Box("pick", "place", _("哪个社区"), options=places, needed=_("请选一个社区"),
            preset=places[0][0] if len(places) == 1 else "", limit=48),
        Box("line", "title", _("公开标题"), _("会公开。不写人名、电话、门牌到户。"), needed=_("请写标题"), limit=60,
            preset=declared.title if _says(declared) else ""),
    ]  # fmt: skip
    if declared.admitted:
        asked.append(Box("line", "admission", _("准入编号"), _("没有准入的工作不能下派"), limit=60,
                         needed=_("请填准入编号；还没有的，先申请准入")))  # fmt: skip
    asked += [_field(charter, declared, one) for one in declared.fields.values() if one.given == "filing"]
    template = _template(charter, declared)
    asked.append(
        Box("text", APPLICATION, terms.document(APPLICATION), needed=_("请把申请写完整"), limit=PAPER,
            preset=_outline(template))
        if template else Box("text", "what", _("要说的"), needed="" if _says(declared) else _("请写要说的"))
    )  # fmt: skip
    return asked


def _says(declared: Procedure) -> bool:
    """Does a choice say it all, like the ground of a refusal? Then nothing more has to be written."""
    return any(one.given == "filing" and one.type == "choice" for one in declared.fields.values())


def _template(charter: Charter, declared: Procedure) -> Template | None:
    """The form an admission is applied for with: six elements and five (SH-04, DC-10)."""
    return charter.templates.get(APPLICATION) if declared.of == "admission" else None


def _outline(template: Template) -> str:
    lines = [line for one in template.sections for line in (one.title, *(f"{asks}：" for asks in one.asks.values()))]
    return "\n".join(line for line in lines if line)


def _field(charter: Charter, declared: Procedure, one: Field) -> Box:
    terms = Terms(charter)
    title = terms.field(declared, one.name)
    kind, options = {
        "yesno": ("radio", (("yes", _("是")), ("no", _("否")))),
        "choice": ("radio", tuple((key, terms.text(said)) for key, said in one.choices.items())),
        "organ": ("pick", tuple((name, terms.organ(name)) for name in charter.organs)),
        "subject": ("pick", tuple((name, terms.holder(name)) for name in _subjects(charter, declared))),
    }.get(one.type, ({"number": "number", "money": "number", "date": "date"}.get(one.type, "line"), ()))
    return Box(kind, f"field.{one.name}", title, options=options, limit=LINE,
               needed=_("请回答“%(title)s”") % {"title": title})  # fmt: skip


def _subjects(charter: Charter, declared: Procedure) -> list[str]:
    """Those for whom such matters open again and again; every organ, where none do."""
    named = [who for one in charter.recurring.values() if one.opens == declared.name for who in one.each]
    return named or list(charter.organs)


def _new(charter: Charter, declared: Procedure, organ: str, boxes: list[Box], typed: dict[str, str]) -> NewMatter:
    place = find_place(typed["place"])
    if place is None:
        raise Refused("no_charter", place=typed["place"])
    category = next((one.name for one in charter.categories.values() if one.procedure == declared.name), "")
    said: dict[str, NewWords | str] = {"what": text(typed.get("what") or typed["title"], collected_from="staff")}
    if typed.get(APPLICATION):
        said[APPLICATION] = text(typed[APPLICATION], archive=True, collected_from="staff")
    given: dict[str, Any] = {
        box.name[6:]: value_of(box, typed[box.name]) for box in boxes if box.name.startswith("field.")
    }
    return NewMatter(
        place=place, category=category, procedure=declared.name, words=said, fields=given, organ=organ_of(organ),
        subject=typed["title"], public=True, admission=typed.get("admission", "").strip().upper(),
    )  # fmt: skip
