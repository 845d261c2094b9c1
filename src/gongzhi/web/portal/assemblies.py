"""会议 for residents: what is coming (also as a calendar file), one meeting with agenda, questions and decisions, and
what those on its roll do by phone: come, go, vote. Residents ask beforehand and object to the minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.meeting import quorum_of
from gongzhi.desk import meeting_facts, meeting_room
from gongzhi.desk.standing import lives_in
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings.models import AgendaItem, Meeting, MeetingMember, MeetingVoice
from gongzhi.records.meetings.queries import public_meetings, there
from gongzhi.records.people.models import Person
from gongzhi.web import texts
from gongzhi.web.access import reader, requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, keep_private, new_key, show, signed_in
from gongzhi.web.texts import hide_numbers
from gongzhi.words import meetings as said
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["calendar_file", "meeting_file", "meeting_page", "meetings_page", "take_part_in"]

PAGE = 20
LONG = timedelta(hours=2)  # how much of a day a meeting takes up in somebody's calendar
COMING = ("planned", "open")


@requires("public")
@require_GET
def meetings_page(request: HttpRequest) -> HttpResponse:
    """Coming meetings, the next first; then those held."""
    at, rows = now(), public_meetings(community_of(request).path)
    word = texts.clean_line(request.GET.get("q", ""))
    found = rows.filter(title__contains=word) if word else rows
    held = found.filter(status="held").order_by("-held_at", "-pk")
    total, page = held.count(), page_of(request)
    coming = found.filter(status__in=COMING, at__gte=at - timedelta(hours=12)).order_by("at", "pk")
    return show(
        request, "portal/meetings.html", coming=coming[:PAGE], held=held[(page - 1) * PAGE : page * PAGE], word=word,
        page=page, pages=pages_of(total, PAGE),
    )  # fmt: skip


@requires("public")
@require_GET
def meeting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: when, where, about what; what was asked and decided; what the reader can do."""
    return _page(request, _found(request, pk))


def _found(request: HttpRequest, pk: int) -> Meeting:
    """A meeting about a public matter, or one on whose roll the reader stands. 404 otherwise."""
    row = Meeting.objects.select_related("matter__place", "organ").filter(pk=pk).first()
    person = reader(request)
    if row is None or not (row.matter.public or (person and row.members.filter(person=person).exists())):
        raise Http404("no such meeting for this reader")
    return row


def _page(request: HttpRequest, row: Meeting, error: str = "", typed: str = "") -> HttpResponse:
    person = reader(request)
    me = row.members.filter(person=person).first() if person else None
    items = list(row.items.prefetch_related("recusals", "votes").order_by("number"))
    voices = list(row.voices.select_related("shown", "answer").order_by("number"))
    charter = charter_by_digest(row.matter.charter_version.digest)
    terms, step = Terms(charter), meeting_facts.step_of(charter, row)
    response = show(
        request, "portal/meeting.html", 422 if error else 200, meeting=row, me=me, key=new_key(), typed=typed,
        errors=[{"text": error, "href": "#say"}] if error else [],
        done=request.GET.get("done", ""),
        title=terms.text(row.title),
        outcome=terms.outcome(step, row.outcome) if row.outcome else "",
        items=[_item(charter, one, me) for one in items],
        materials=_materials(row, terms, step.meeting.materials if step.meeting else ()),
        questions=[_voice(one, person) for one in voices if one.kind == "question"],
        topics=[_voice(one, person) for one in voices if one.kind == "topic"],
        objections=[_voice(one, person) for one in voices if one.kind == "objection"],
        quorum=_quorum(row), lives_here=bool(person and lives_in(person, row.matter.place.code)),
        wall=bool(step.meeting and step.meeting.topics), coming=row.status in COMING,
        objectable=bool(row.objections_until and row.objections_until >= now()),
        resolutions=[
            {"text": hide_numbers(read_text(one.text)), "owner": one.owner.title, "due": one.due, "task": one.task}
            for one in row.resolutions.select_related("text", "owner", "task").order_by("item")
        ] if row.matter.public else [],
        minutes=row.matter.words.filter(name="minutes", act__visit=row.visit, public=True, erased_at=None).last(),
    )  # fmt: skip
    response["Cache-Control"] = "no-store" if me else "private, no-cache"
    return response


def _materials(row: Meeting, terms: Terms, names: Iterable[str]) -> list[tuple[str, int]]:
    """What has to be there to read; 0: it is there but not public."""
    found = {one.name: one for one in row.matter.words.filter(name__in=list(names), erased_at=None).order_by("pk")}
    return [(terms.document(name), one.pk if (one := found.get(name)) and one.public else 0) for name in names]


def _quorum(row: Meeting) -> dict[str, int] | None:
    rule = meeting_facts.rule_here(charter_by_digest(row.matter.charter_version.digest), row, now())
    if rule is None or not row.eligible:
        return None
    present = there(row)
    reached, needed = quorum_of(rule, row.eligible, present, 0)
    return {"eligible": row.eligible, "present": present, "needed": needed, "reached": int(reached)}


def _item(charter: Charter, item: AgendaItem, me: MeetingMember | None) -> dict[str, Any]:
    votes = {"yes": item.yes, "no": item.no, "abstain": item.abstain}
    law = said.law_text(charter, item.rule, item.law)
    mine = me is not None and any(one.member_id == me.pk for one in item.votes.all())
    recused = me is not None and any(one.member_id == me.pk for one in item.recusals.all())
    open_ = item.status == "voting" and item.way == "phones" and me is not None and me.state == "present"
    return {
        "item": item, "state": said.item_state(item.status), "voted": mine, "recused": recused,
        "may_vote": open_ and not mine and not recused,
        "verdict": said.verdict_sentence(item.outcome, votes, item.because, law) if item.outcome else "",
    }  # fmt: skip


def _voice(one: MeetingVoice, person: Person | None) -> dict[str, Any]:
    own = person is not None and one.person_id == person.pk
    return {
        "voice": one, "own": own, "source": said.source_text(one.source),
        "text": read_text(one.shown) if one.shown else read_text(one.text) if own or one.kind == "topic" else "",
        "answer": read_text(one.answer) if one.answer else "",
    }  # fmt: skip


# --- what the reader does ---


@requires("signed_in")
@keep_private
@require_POST
def take_part_in(request: HttpRequest, pk: int) -> HttpResponse:
    """One form of the page: ask, put up a topic, object, come late, go, stay out of an item, vote."""
    row, person = _found(request, pk), signed_in(request)
    deed = DEEDS.get(request.POST.get("do", ""))
    typed = texts.clean_text(request.POST.get("said", ""))
    if deed is None:
        return _page(request, row, _("没有这种办理动作。请刷新页面。"), typed)
    if request.POST.get("do") in SPOKEN and not typed:
        return _page(request, row, _("请写一句话再提交"), typed)
    try:
        deed(row, person, request.POST, request.POST.get("idempotency_key", "")[:64] or None)
    except Refused as refused:
        return _page(request, row, _sentence(row, refused), typed)
    return redirect(f"{reverse('meeting_page', args=[pk])}?done={request.POST['do']}#say")


def _sentence(row: Meeting, refused: Refused) -> str:
    charter = charter_by_digest(row.matter.charter_version.digest)
    speaker = Speaker(Terms(charter), charter.procedures[row.matter.procedure])
    return speaker.refusal(refused.code, refused.args_map, row.visit.partition("#")[0])


def _number(post: Any, name: str) -> int:
    typed = str(post.get(name, ""))
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0


def _own(row: Meeting, person: Person) -> int:
    """The reader's number on the roll; 0, which nobody has, for others."""
    member = row.members.filter(person=person).first()
    return member.number if member else 0


def _say(kind: str) -> Callable[[Meeting, Person, Any, str | None], None]:
    def bring(row: Meeting, person: Person, post: Any, key: str | None) -> None:
        meeting_room.bring(row, person, kind, "online", texts.clean_text(post.get("said", ""))[:2_000], now(), key)

    return bring


def _leave(row: Meeting, person: Person, post: Any, key: str | None) -> None:
    meeting_room.leave(row, person, _own(row, person), now())


def _excuse(row: Meeting, person: Person, post: Any, key: str | None) -> None:
    meeting_room.excuse(row, person)


def _recuse(row: Meeting, person: Person, post: Any, key: str | None) -> None:
    meeting_room.recuse(row, person, _number(post, "item"), _own(row, person), now())


def _vote(row: Meeting, person: Person, post: Any, key: str | None) -> None:
    meeting_room.vote(row, person, _number(post, "item"), str(post.get("choice", "")))


DEEDS: dict[str, Callable[[Meeting, Person, Any, str | None], None]] = {
    "question": _say("question"), "topic": _say("topic"), "objection": _say("minutes_objection"), "leave": _leave,
    "excuse": _excuse, "recuse": _recuse, "vote": _vote,
}  # fmt: skip
SPOKEN = ("question", "topic", "objection")


# --- calendar files (RFC 5545) ---


@requires("public")
@require_GET
def calendar_file(request: HttpRequest) -> HttpResponse:
    """All coming meetings of the community, to subscribe to."""
    community = community_of(request)
    rows = public_meetings(community.path).filter(status__in=COMING).order_by("at")[:200]
    return _calendar(request, rows, f"meetings-{community.code}.ics")


@requires("public")
@require_GET
def meeting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting for one's own calendar."""
    row = _found(request, pk)
    if row.at is None:
        raise Http404("no time yet")
    return _calendar(request, Meeting.objects.filter(pk=pk).select_related("matter"), f"meeting-{pk}.ics")


def _calendar(request: HttpRequest, rows: QuerySet[Meeting], name: str) -> HttpResponse:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gongzhi//Meetings//ZH", "CALSCALE:GREGORIAN"]
    for row in rows:
        lines += _event(row, request.build_absolute_uri(reverse("meeting_page", args=[row.pk])))
    text = "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"])
    response = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _event(row: Meeting, address: str) -> list[str]:
    start = row.at or now()
    agenda = "\n".join(f"{nth}. {item}" for nth, item in enumerate(row.agenda, 1))
    return [
        "BEGIN:VEVENT", f"UID:meeting-{row.pk}@{row.matter.number}", f"DTSTAMP:{_utc(row.invited_at or start)}",
        f"DTSTART:{_utc(start)}", f"DTEND:{_utc(start + LONG)}", f"SUMMARY:{_escaped(row.title)}",
        f"LOCATION:{_escaped(row.where)}", f"DESCRIPTION:{_escaped(agenda)}", f"URL:{address}", "END:VEVENT",
    ]  # fmt: skip


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def fold(line: str) -> str:
    """A line of at most 75 bytes; what is longer goes on after a line break and a space."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > 74:
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece])
