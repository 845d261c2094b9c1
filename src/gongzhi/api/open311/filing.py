"""A request posted with a key: a matter of the key's person, filed at the desk like any other."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.api.open311.answers import Fault, answered
from gongzhi.api.open311.following import listed
from gongzhi.api.open311.services import Jurisdiction, jurisdiction_of, questions, service_of
from gongzhi.core.charter.institution import Field
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import NewMatter, OnMap
from gongzhi.desk.step import file_matter
from gongzhi.desk.writing import writing
from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.records.people import limits
from gongzhi.records.people.models import Person
from gongzhi.records.people.tokens import find_token
from gongzhi.web import clock
from gongzhi.words.speaker import REFUSALS, Speaker

__all__ = ["requests"]

LONGEST = {"description": 4000, "address_string": 200, "media_url": 1000}
CONTACT = ("first_name", "last_name", "email", "phone", "account_id", "device_id")
DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)
FORM = "application/x-www-form-urlencoded"


@answered("GET", "POST")
def requests(request: HttpRequest) -> tuple[str, Any]:
    """GET lists requests, POST files one."""
    return _post(request) if request.method == "POST" else listed(request)


def _post(request: HttpRequest) -> tuple[str, Any]:
    if request.content_type not in (FORM, "multipart/form-data"):
        raise Fault(400, _("请用 %(type)s 发送。") % {"type": FORM})
    sent = request.POST
    key = sent.get("api_key") or request.GET.get("api_key", "")
    person = _person(key)
    here = jurisdiction_of(sent.get("jurisdiction_id") or request.GET.get("jurisdiction_id", ""))
    new = _new(here, sent, person)
    if wait := limits.spend(limits.FILING, person.digest, clock.now()):
        raise Fault(429, _("试得太多了，请在%(n)s秒后再试。") % {"n": wait}, wait)
    try:
        with writing():
            done = file_matter(new, person, clock.now(), request.headers.get("Idempotency-Key"))
            _person(key)  # revoked meanwhile: nothing of it is kept
    except Refused as refused:
        raise Fault(400, _sentence(here, new, refused)) from refused
    notice = _("编号 %(number)s，办到哪一步可以随时查看。") % {"number": done.matter.number}
    answer = {"service_request_id": done.matter.number, "service_notice": notice, "account_id": sent.get("account_id")}
    return "service_requests", [answer]


def _point(sent: QueryDict) -> tuple[float, float] | None:
    """Where the thing is, east before north; None where no degrees were sent."""
    lat, long = sent.get("lat", ""), sent.get("long", "")
    if not (DEGREES.fullmatch(lat) and DEGREES.fullmatch(long)) or abs(float(lat)) > 90 or abs(float(long)) > 180:
        return None
    return float(long), float(lat)


def _person(key: str) -> Person:
    if not key:
        raise Fault(403, _("没有写 api_key。"))
    shown = find_token(key, timezone.now())
    if shown is None:
        raise Fault(403, _("api_key 不对，或者已经停用。"))
    if not shown.strong and shown.person.is_staff_member(clock.now()):
        raise Fault(403, _("工作人员的 api_key 要用第二重验证领取。"))
    return shown.person


def _new(here: Jurisdiction, sent: QueryDict, person: Person) -> NewMatter:
    code = sent.get("service_code", "")
    if not code:
        raise Fault(400, _("没有写 service_code。"))
    category = service_of(here, code)
    return NewMatter(
        place=here.place,
        category=category.name,
        words=_words(sent, person),
        fields={one.name: _value(here, one, sent) for one in questions(here.charter, category)},
        public=True,
        channel="api",
        filer=person,
        on_map=OnMap(point, sent.get("address_string", "").strip()) if (point := _point(sent)) else None,
    )


def _words(sent: QueryDict, person: Person) -> dict[str, NewWords]:
    """What was written, sealed; shown to everybody only where the writer asks for it (`publish=true`)."""
    for name, most in LONGEST.items():
        if len(sent.get(name, "")) > most:
            raise Fault(400, _("%(name)s 太长，最多%(most)d个字。") % {"name": name, "most": most})
    what, spot = sent.get("description", "").strip(), _spot(sent)
    if not what:
        raise Fault(400, _("没有写 description：请说说是什么事。"))
    public = sent.get("publish") == "true"
    words = {
        "what": text(what, subject=person, public=public),
        "spot": text(spot, kind="place", subject=person, public=public),
    }
    if media := sent.get("media_url", ""):
        words["remark"] = text(media, subject=person)  # kept as written: the program fetches nothing from elsewhere
    if contact := "\n".join(f"{name}: {sent[name][:200]}" for name in CONTACT if sent.get(name)):
        words["contact"] = text(contact, kind="contact", purpose="reach_filer", subject=person)
    return words


def _spot(sent: QueryDict) -> str:
    """Where: an address, the id of one, or a position on the ground."""
    if found := sent.get("address_string", "").strip() or sent.get("address_id", "").strip():
        return found[:200]
    lat, long = sent.get("lat", ""), sent.get("long", "")
    if not lat or not long:
        raise Fault(400, _("没有写地点：请给出 lat 和 long，或者 address_string，或者 address_id。"))
    if not (
        DEGREES.fullmatch(lat) and DEGREES.fullmatch(long) and abs(Decimal(lat)) <= 90 and abs(Decimal(long)) <= 180
    ):
        raise Fault(400, _("lat 和 long 要是度数，例如 32.06 和 118.78。"))
    return f"{lat}, {long}"


def _value(here: Jurisdiction, one: Field, sent: QueryDict) -> Any:
    written = sent.get(f"attribute[{one.name}]", "").strip()
    if not written:
        raise Fault(
            400, _("没有回答 attribute[%(code)s]：%(title)s") % {"code": one.name, "title": here.terms.text(one.title)}
        )
    if one.type == "yesno" and written in ("true", "false"):
        return written == "true"
    if one.type in ("number", "money") and written.lstrip("-").isdecimal():
        return int(written)
    if one.type in ("yesno", "number", "money") or (one.type == "choice" and written not in one.choices):
        raise Fault(400, _("attribute[%(code)s] 的回答不合要求：%(value)s") % {"code": one.name, "value": written[:60]})
    return written[:10] if one.type == "date" else written


def _sentence(here: Jurisdiction, new: NewMatter, refused: Refused) -> str:
    procedure = here.charter.procedures[here.charter.categories[new.category].procedure or ""]
    if refused.code not in REFUSALS:
        return refused.code
    return Speaker(here.terms, procedure).refusal(refused.code, refused.args_map, "")
