"""代为登记: staff write down what somebody said by phone, on paper, at the counter or to a helper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import NewMatter, OnMap
from gongzhi.desk.keys import scoped_key
from gongzhi.desk.learning import proposal
from gongzhi.desk.propose import choosable
from gongzhi.desk.step import file_matter
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of, find_place, lies_in
from gongzhi.records.institutions.served import communities, inside
from gongzhi.records.matters.chain import receipt_code
from gongzhi.records.matters.queries import filing_of_key
from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.records.patrols.ground_queries import locate_at, units_at
from gongzhi.records.people.actions import record_consent, register_resident
from gongzhi.records.people.contacts import BadContact, parse_contact
from gongzhi.records.people.models import Person
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.accounts.codes import contact_error
from gongzhi.web.map import map_of, read_point, with_tiles
from gongzhi.web.receipts import check_address, qr
from gongzhi.web.workbench import drafts
from gongzhi.web.workbench.boxes import Box
from gongzhi.web.workbench.found import find
from gongzhi.web.workbench.map import community_at, layer
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.web.workbench.reading import judge, take_files, typed_of
from gongzhi.words.ground import how_said
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["boxes_of", "charter_of_desk", "check_for", "file_as_said", "file_for", "number_of", "slip"]

NUMBER, FORM = "new", "file"  # where the draft lies
Error = dict[str, str]


@requires("staff")
@never_cache
def file_for(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: kept, judged, led to the check page."""
    desk = desk_of(request)
    draft = drafts.load(desk.person, NUMBER, FORM, desk.at) or _blank(desk)
    boxes = boxes_of(desk)
    if request.method != "POST":
        return _form(request, desk, boxes, draft, [])
    key = request.POST.get("idempotency_key", "")[:64] or draft.key
    typed = {**typed_of(request, boxes), "point": _marked(request)}
    draft = replace(draft, typed=typed, key=key, at=desk.at.isoformat())
    for file in request.POST.getlist("remove"):
        draft = draft.without(file)
    draft, faults = take_files(request, desk.person, draft, boxes)
    drafts.save(desk.person, draft)
    if "remove" in request.POST:
        return redirect("file_for")
    errors = [*faults, *judge(boxes, draft), *_contact_errors(draft)]
    if errors:
        return _form(request, desk, boxes, draft, errors, 422)
    return redirect("file_for_check")


@requires("staff")
@never_cache
def check_for(request: HttpRequest) -> HttpResponse:
    """What will be registered, read out to the person; then it gets its number."""
    desk = desk_of(request)
    key = request.POST.get("idempotency_key", "")[:64]
    if request.method == "POST" and (number := number_of(desk, key)):
        return redirect("filed_slip", number=number)
    draft = drafts.load(desk.person, NUMBER, FORM, desk.at)
    boxes = boxes_of(desk)
    if draft is None or judge(boxes, draft):
        return redirect("file_for")
    if request.method != "POST":
        rows = [
            {"label": box.label, "text": said, "href": f"#{box.name}"} for box in boxes if (said := _said(box, draft))
        ]
        rows += [{"label": _("地图"), "text": said, "href": "#point"} for said in _unit_said(desk, draft)]
        return show(request, "file_check.html", rows=rows, draft=draft, proposed=_proposed(desk, draft))
    try:
        number = file_as_said(desk, draft)
    except Refused as refused:
        if number := number_of(desk, draft.key):
            return redirect("filed_slip", number=number)
        return _form(request, desk, boxes, draft, [{"text": _sentence(desk, draft, refused), "href": ""}], 422)
    drafts.drop(desk.person, NUMBER, FORM)
    return redirect("filed_slip", number=number)


@requires("staff")
@never_cache
@require_GET
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt, to be printed and handed over."""
    found = find(request, number)
    first = found.looked.first
    address = check_address(request, first, found.matter.number)
    return show(request, "slip.html", found=found, view=found.looked.view, matter=found.matter, qr=qr(address),
                address=address, code=receipt_code(first.hash))  # fmt: skip


def _marked(request: HttpRequest) -> str:
    """`east,north` as the map wrote it into the form; empty: nothing was marked."""
    point = request.POST.get("point", "")[:60]
    return point if read_point(point) else ""


def _unit_said(desk: Desk, draft: drafts.Draft) -> list[str]:
    """To which unit the marked place belongs, before anything is registered."""
    if (point := read_point(draft.typed.get("point", ""))) is None:
        return []
    here = community_at(desk)
    found = locate_at(here, point)
    names = {row.place.code: row.place.name for row in units_at(here)} if found.code else {}
    return [" · ".join(said for said in (names.get(found.code, ""), how_said(found.how)) if said)]


def _proposed(desk: Desk, draft: drafts.Draft) -> dict[str, Any] | None:
    """The category a machine proposes, where nobody has chosen one: with its reasons, for a person to change."""
    if draft.typed.get("category"):
        return None
    charter = charter_of_desk(desk)
    found = proposal(charter, draft.typed.get("what", ""))
    return {"category": Terms(charter).category(found.category), "reasons": found.reasons,
            "percent": round(found.confidence * 100), "learned": found.learned}  # fmt: skip


def _form(
    request: HttpRequest, desk: Desk, boxes: list[Box], draft: drafts.Draft, errors: list[Error], status: int = 200
) -> HttpResponse:
    here = community_at(desk)
    return with_tiles(show(
        request, "file.html", status, boxes=boxes, filling={"draft": draft}, errors=errors, organs=[],
        wrong={error.get("name", ""): error["text"] for error in errors}, names=lambda box: [box.name],
        sections=_sections(boxes), map=map_of(here, units=layer("units", here)),
    ))  # fmt: skip


def _blank(desk: Desk) -> drafts.Draft:
    agreed = _("我同意由工作人员替我登记这件事。登记的内容念给我听过，编号交给我，办没办好由我确认。")
    typed = {"consent": agreed, "headcount": "1", "seen_by": "office", "channel": "phone"}
    return drafts.Draft(NUMBER, FORM, "", new_key(), desk.at.isoformat(), _("代为登记"), typed)


def _community(desk: Desk) -> list[Place]:
    served = communities(desk.at)
    return [place for place in served if lies_in(place, desk.place)] or [
        place for place in served if lies_in(desk.place, place)
    ]


def charter_of_desk(desk: Desk) -> Charter:
    places = _community(desk)
    version = charter_for(places[0], desk.at) if places else None
    if version is None:
        raise Refused("no_charter", place=desk.place.name)
    return charter_of(version)


def boxes_of(desk: Desk) -> list[Box]:
    charter = charter_of_desk(desk)
    terms = Terms(charter)
    places = [one for community in _community(desk) for one in inside(community)]
    kinds = [(one.name, terms.category(one.name)) for one in choosable(charter)]
    ways = (("phone", _("打电话")), ("counter", _("到窗口")), ("paper", _("交纸条")), ("helper", _("请人代办")))
    means = (("spoken", _("当面说")), ("phone", _("电话里说")), ("paper", _("签了字")))
    seen = (("office", _("只给承办单位")), ("course", _("公开办到哪一步")))
    return [
        Box("radio", "channel", _("怎么来的"), options=ways, needed=_("请选怎么来的")),
        Box("line", "name", _("是谁的事"), _("怎么称呼，只有承办的人看得到"), needed=_("请写怎么称呼"), limit=60),
        Box("line", "contact", _("手机号或邮箱"), _("没有就空着，办好后当面或写纸条告知"), limit=100),
        Box("radio", "means", _("怎么同意代办的"), options=means, needed=_("请选怎么同意的")),
        Box("line", "witness", _("旁边作证的人"), _("不能是您自己"), needed=_("请写作证的人"), limit=60),
        Box("text", "consent", _("同意的话"), _("念给对方听"), needed=_("请写同意的话")),
        Box("text", "what", _("什么事？"), _("照对方的话写"), needed=_("请写一句是什么事，如“3号楼路灯不亮”")),
        Box("files", "photos", _("照片或纸条的照片"), _("每张不超过20MB")),
        Box("pick", "place", _("在哪里？"), options=tuple((one.code, one.name) for one in places),
            needed=_("请选一个地方")),
        Box("line", "spot", _("具体位置"), _("可不填"), limit=100),
        Box("pick", "category", _("归到哪一类"), _("不选就由系统按写的话归类"), options=tuple(kinds), limit=80),
        Box("number", "headcount", _("几个人的事"), needed=_("请填人数")),
        Box("radio", "seen_by", _("谁能看到"), options=seen, needed=_("请选谁能看到")),
    ]  # fmt: skip


def _sections(boxes: list[Box]) -> list[tuple[str, list[Box]]]:
    """The questions under their headings."""
    return [(_("谁、怎么同意"), boxes[:6]), (_("什么事"), boxes[6:8]), (_("在哪里、几个人"), boxes[8:])]


def _contact_errors(draft: drafts.Draft) -> list[Error]:
    contact, found = draft.typed.get("contact", ""), []
    if contact:
        try:
            parse_contact(contact)
        except BadContact as fault:
            found.append({"text": contact_error(fault), "href": "#contact", "name": "contact"})
    if draft.typed.get("headcount") == "0":
        found.append({"text": _("人数至少是1"), "href": "#headcount", "name": "headcount"})
    said = draft.typed.get("what", "")
    if said and (sentence := texts.what_sentence(said)):
        found.append({"text": sentence, "href": "#what", "name": "what"})
    return found


def _said(box: Box, draft: drafts.Draft) -> str:
    value = draft.typed.get(box.name, "")
    files = [file.name for file in draft.files_of(box.name)]
    return "\n".join(part for part in (dict(box.options).get(value, value), *files) if part)


def number_of(desk: Desk, key: str) -> str:
    """The number of the matter that was filed under this key already."""
    own = scoped_key(desk.person, key)
    first = filing_of_key(own) if own else None
    return first.matter.number if first else ""


def file_as_said(desk: Desk, draft: drafts.Draft) -> str:
    """File what somebody said with their consent; its number. Raises Refused."""
    typed = draft.typed
    place = find_place(typed["place"]) or desk.place
    filer = _filer(desk, typed, place)
    consent = record_consent(desk.person, place, filer, typed["name"], typed["consent"], typed["means"],
                             typed["witness"], desk.at)  # fmt: skip
    new = NewMatter(
        place=place,
        category=typed.get("category") or proposal(charter_of_desk(desk), typed["what"]).category,
        words=_words(desk, draft, filer),
        public=typed["seen_by"] != "office",
        channel=typed["channel"],
        headcount=int(typed["headcount"]),
        filer=filer,
        organ=desk.seats[0].organ_instance.organ,
        consent=consent,
        on_map=OnMap(point, typed.get("spot", "")) if (point := read_point(typed.get("point", ""))) else None,
    )
    return file_matter(new, desk.person, desk.at, draft.key).matter.number


def _filer(desk: Desk, typed: dict[str, str], place: Place) -> Person | None:
    """Whose matter it is: with a phone number or mail address they can follow, confirm and rate it themselves."""
    if not typed.get("contact"):
        return None
    person = register_resident(parse_contact(typed["contact"]), place, desk.at)
    return person if person.pk != desk.person.pk else None


def _words(desk: Desk, draft: drafts.Draft, filer: Person | None) -> dict[str, NewWords | str]:
    typed = draft.typed
    contact = "，".join(part for part in (typed["name"], typed.get("contact", "")) if part)
    words: dict[str, NewWords | str] = {
        "what": text(typed["what"], subject=filer),
        "consent": text(typed["consent"], subject=filer),
    }
    if contact:
        words["contact"] = text(contact, kind="contact", purpose="reach_filer", subject=filer)
    if typed.get("linked"):
        words["linked"] = text(typed["linked"], subject=filer)
    if typed.get("spot"):
        words["spot"] = text(typed["spot"], kind="place", subject=filer)
    for nth, file in enumerate(draft.files_of("photos"), 1):
        content = drafts.read_file(desk.person, draft, file)
        words[f"photo.{nth}"] = NewWords(content, kind=file.kind, media_type=file.media_type, subject=filer)
    return words


def _sentence(desk: Desk, draft: drafts.Draft, refused: Refused) -> str:
    charter = charter_of_desk(desk)
    category = charter.categories.get(draft.typed.get("category", ""))
    known: Any = (category.procedure if category else None) or next(iter(charter.procedures))
    return Speaker(Terms(charter), charter.procedures[known]).refusal(refused.code, refused.args_map)
