"""Where phones send what was found. The same report a second time gets the first answer."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.patrols import Answer, Sent, take_report
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import find_place, lies_in
from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.records.patrols.reports import Checkpoint
from gongzhi.records.patrols.units import Part
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.patrol.today import Beat, beat_of
from gongzhi.web.photos import MAX_BYTES, BadPhoto, clean_photo
from gongzhi.web.workbench.page import desk_of
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["take"]

STATUS = {"filed": 200, "joined": 200, "known": 409}


class _Unfit(ValueError):
    """A report that cannot be taken; the argument says what to do."""


@requires("staff")
@never_cache
@require_POST
def take(request: HttpRequest) -> JsonResponse:
    """One report as a form with at most one photo. 409: it is known; 422: a sentence says what to do."""
    desk = desk_of(request)
    beat = beat_of(desk)
    try:
        sent = _read(request, beat)
        answer = take_report(sent, desk.person, desk.at)
    except _Unfit as fault:
        return JsonResponse({"state": "refused", "said": str(fault)}, status=422)
    except Refused as refused:
        return JsonResponse({"state": "refused", "said": _sentence(beat, request, refused)}, status=422)
    return JsonResponse(_told(answer), status=STATUS[answer.state])


def _told(answer: Answer) -> dict[str, object]:
    row = answer.report
    since = row.received_at.astimezone(CHINA).strftime("%m-%d %H:%M")
    return {"state": answer.state, "number": row.matter.number, "since": since, "drift": row.drift // 60}


def _read(request: HttpRequest, beat: Beat) -> Sent:
    category = request.POST.get("category", "")
    organ = beat.organ_for(category)
    if not organ:
        raise _Unfit(_("这一类不在您的巡查清单里。请换一类，或请居民自己反映。"))
    return Sent(
        number=_number(request.POST.get("number", "")),
        place=_place(request.POST.get("place", ""), beat),
        category=category,
        organ=organ,
        spot=texts.clean_line(request.POST.get("spot", "")),
        part=_part(request.POST.get("part", ""), beat),
        stop=_stop(request.POST.get("stop", ""), beat),
        words=_words(request),
        said=_time(request.POST.get("said", "")),
        phone_now=_time(request.POST.get("phone_now", "")),
        same={"1": True, "0": False}.get(request.POST.get("same", "")),
    )


def _number(value: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError as fault:
        raise _Unfit(_("这件没有编号，请删掉重报。")) from fault


def _place(code: str, beat: Beat) -> Place:
    place = find_place(code)
    if place is None or not any(lies_in(place, own) for own in beat.places):
        raise _Unfit(_("这个地方不在您的网格里。请换一个地方，或告诉那里的巡查员。"))
    return place


def _part(code: str, beat: Beat) -> Part | None:
    found = Part.objects.select_related("place").filter(code=code).first() if code else None
    return found if found and any(lies_in(found.place, own) for own in beat.places) else None


def _stop(pk: str, beat: Beat) -> Checkpoint | None:
    """A checkpoint of the own route; one that is gone meanwhile is no reason to refuse the report."""
    return Checkpoint.objects.filter(pk=int(pk), place__in=beat.places).first() if pk.isdecimal() else None


def _time(value: str) -> datetime | None:
    """A phone's time with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _words(request: HttpRequest) -> dict[str, NewWords | str]:
    said = texts.clean_text(request.POST.get("text", ""))[: texts.LONGEST]
    spot = texts.clean_line(request.POST.get("spot", ""))
    words: dict[str, NewWords | str] = {}
    if said:
        words["what"] = text(said)
    if spot:
        words["spot"] = text(spot, kind="place", public=True)
    file = request.FILES.get("photo")
    if file is None:
        return words
    try:
        if (file.size or 0) > MAX_BYTES:
            raise BadPhoto("too_large")
        photo = clean_photo(file.read(), keep_location=False)
    except BadPhoto as fault:
        raise _Unfit(texts.photo_sentence(fault.code, texts.clean_line(file.name or ""))) from fault
    words["photo.1"] = NewWords(photo.content, kind="photo", media_type=photo.media_type)
    return words


def _sentence(beat: Beat, request: HttpRequest, refused: Refused) -> str:
    if beat.charter is None:
        return _("这里还没有采用章程，不能上报。")
    category = beat.charter.categories[request.POST.get("category", "")]
    procedure = beat.charter.procedures[category.procedure or ""]
    return Speaker(Terms(beat.charter), procedure).refusal(refused.code, refused.args_map)
