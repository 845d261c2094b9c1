"""A meeting as its pages need it: what it is about, who has to come, who has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Part
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.meetings.queries import present
from gongzhi.web.workbench.found import Found, find
from gongzhi.words.terms import ATTEND

__all__ = ["Called", "Gathering", "gathering_of"]


@dataclass(frozen=True, slots=True)
class Called:
    """One seat or group that has to come. `state` as in the case; `signed`: how many signed in so far."""

    name: str
    title: str
    state: str
    needed: int
    signed: int
    group: bool

    @property
    def here(self) -> int:
        return max(self.signed, self.needed if self.state == "done" else 0)

    @property
    def settled(self) -> bool:
        return self.state not in ("open", "raised")


@dataclass(frozen=True)
class Gathering:
    """`running`: its step is the one the matter is at, so that attendance still counts."""

    meeting: Meeting
    found: Found
    running: bool
    called: tuple[Called, ...]

    @property
    def may_lead(self) -> bool:
        """May the reader invite, take attendance and conclude?"""
        return self.running and any(one.kind == "done" for one in self.found.actions)

    @property
    def complete(self) -> bool:
        return all(one.state not in ("open", "raised") for one in self.called)

    def bars(self) -> list[dict[str, Any]]:
        """For the meter: seats together, each group on its own."""
        seats = [one for one in self.called if not one.group]
        here = sum(one.state == "done" for one in seats)
        found = [_bar(_("要到会的单位"), here, len(seats), heads=False)] if seats else []
        return [*found, *[_bar(one.title, one.here, one.needed, heads=True) for one in self.called if one.group]]


def _bar(label: str, have: int, need: int, heads: bool) -> dict[str, Any]:
    """One bar of the meter, for people or for bodies."""
    said = _("到了{have}人，要{need}人") if heads else _("到了{have}个，要{need}个")
    lacks = _("还差{n}人") if heads else _("还差{n}个")
    missing = lacks.format(n=need - have) if have < need else ""
    words = said.format(have=have, need=need)
    return {"label": label, "have": have, "need": need, "total": need, "words": words, "missing": missing}


def gathering_of(request: HttpRequest, pk: int) -> Gathering:
    """The meeting for somebody who may see its matter. 404 otherwise."""
    meeting = Meeting.objects.select_related("matter", "organ").filter(pk=pk).first()
    if meeting is None:
        raise Http404("no such meeting")
    found = find(request, meeting.matter.number)
    running = found.case.visit == meeting.visit and meeting.status in ("planned", "open")
    return Gathering(meeting, found, running, tuple(_called(found, meeting)))


def _called(found: Found, meeting: Meeting) -> list[Called]:
    step = found.procedure.steps.get(meeting.visit.partition("#")[0])
    states = dict(found.case.control.parts) if found.case.visit == meeting.visit else {}
    signed = present(meeting)
    away = set(meeting.attendances.filter(state="apologies").values_list("part", flat=True))
    declared = {part.name: part for part in step.parts} if step else {}
    return [
        Called(
            name=name,
            title=found.terms.holder(name.removeprefix(ATTEND)),
            state=states.get(name) or ("refused" if name in away else "done" if signed.get(name) else "lapsed"),
            needed=declared[name].at_least if name in declared else 1,
            signed=signed.get(name, 0),
            group=_is_group(declared.get(name)),
        )
        for name in meeting.called
    ]


def _is_group(part: Part | None) -> bool:
    """Groups of residents and assemblies come in numbers."""
    return part is not None and part.by.kind == "group"
