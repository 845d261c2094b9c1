"""扫码签到: somebody in the room signs in by phone, as a seat that was called or as one of a group."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongzhi.core.procedure.acts import Actor
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.attendance import code_of, sign_in
from gongzhi.desk.draft import Draft
from gongzhi.desk.meeting_room import sign_in_oneself
from gongzhi.desk.permissions import actors
from gongzhi.desk.step import take_step
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.people.models import Person
from gongzhi.web.access import reader, requires
from gongzhi.web.clock import now
from gongzhi.web.looking import Looked, look
from gongzhi.web.page import new_key, show
from gongzhi.words.actions import actions_of
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import ATTEND, Terms

__all__ = ["meeting_sign_in"]

MEMBER = "member"


@requires("signed_in")
@never_cache
def meeting_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: which meeting, as whom. POST: here."""
    meeting = Meeting.objects.select_related("matter", "matter__place", "organ").filter(pk=pk).first()
    person = reader(request)
    if meeting is None or person is None:
        raise Http404("no such meeting")
    looked = look(meeting.matter, now())
    roles = _roles(looked, meeting, person)
    code = (request.POST.get("code") or request.GET.get("code", "")).strip()
    errors: list[dict[str, str]] = []
    done = False
    if request.method == "POST":
        said = _sign(request, looked, meeting, person, code, roles)
        errors, done = ([{"text": said, "href": "#code"}], False) if said else ([], True)
    return show(
        request, "workbench/sign_in.html", 422 if errors else 200, meeting=meeting, errors=errors, done=done, code=code,
        roles=[{"value": name, "text": title} for name, (title, _actor) in roles.items()], key=new_key(),
    )  # fmt: skip


def _roles(looked: Looked, meeting: Meeting, person: Person) -> dict[str, tuple[str, Actor | None]]:
    """The parts the person can come as: own seats first, then groups of residents."""
    terms = Terms(charter_by_digest(looked.case.digest))
    mine = actors(person, looked.charter, looked.case, now(), looked.matter.filer_id)
    own = [
        one
        for one in actions_of(looked.charter, looked.case, mine)
        if one.kind == "part" and one.part in meeting.called
    ]
    found: dict[str, tuple[str, Actor | None]] = {}
    for one in own:
        part = one.part.removeprefix(ATTEND)
        organ, _dot, seat = part.partition(".")
        if one.actor.organ == organ and seat in ("", one.actor.seat):
            found[one.part] = (terms.holder(part), one.actor)
    if member := meeting.members.filter(person=person).first():
        found[MEMBER] = (_("名册上第%(n)d号") % {"n": member.number}, None)
    resident = any(actor.organ in ("filer", "resident") for actor in mine)
    for name in meeting.called:
        part = name.removeprefix(ATTEND)
        if name not in found and part not in looked.charter.organs and "." not in part and resident:
            found[name] = (terms.holder(part), None)
    return found


def _sign(
    request: HttpRequest, looked: Looked, meeting: Meeting, person: Person, code: str,
    roles: dict[str, tuple[str, Actor | None]],
) -> str:  # fmt: skip
    """Why not; empty: signed in."""
    part = request.POST.get("part", "")
    if part not in roles:
        return _("请选您是哪一方")
    if code != code_of(meeting):
        return _("签到码不对。请看会场屏幕上的六位数")
    actor = roles[part][1]
    try:
        if part == MEMBER:
            sign_in_oneself(meeting, person, code, now())
        elif actor is None:
            sign_in(meeting, part, person, code, now())
        else:
            draft = Draft("part", visit=meeting.visit, part=part, state="done", count=1, channel="qr",
                          organ=actor.organ, seat=actor.seat)  # fmt: skip
            take_step(meeting.matter.number, draft, person, now(), request.POST.get("idempotency_key") or None)
    except Refused as refused:
        return _sentence(looked, refused)
    return ""


def _sentence(looked: Looked, refused: Refused) -> str:
    speaker = Speaker(Terms(looked.charter), looked.charter.procedures[looked.case.procedure])
    return speaker.refusal(refused.code, refused.args_map, looked.case.control.step)
