"""项目: staff draw up the group, record signatures, plan milestones, write record cards with photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk import project_group as group
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import NewWords
from gongzhi.records.projects.actions import NewCard, NewMember
from gongzhi.records.projects.models import Milestone, ProjectMember
from gongzhi.records.projects.queries import granted_to, members_of, milestones_of
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.looking import rows_of
from gongzhi.web.matter_money import payments_of
from gongzhi.web.photos import MAX_BYTES, BadPhoto, clean_photo
from gongzhi.web.projects import bars_of, cards_of, in_numbers
from gongzhi.web.tenders import has_tender
from gongzhi.web.workbench.found import Found, find
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.refusals_projects import project_refusal

__all__ = ["work_project", "work_projects"]

MOST, LINE, TEXT = 100, 120, 4000
Typed = Mapping[str, str]


@requires("staff")
@never_cache
@require_GET
def work_projects(request: HttpRequest) -> HttpResponse:
    """Projects at the reader's place; `?state=open` or `done`, `?q=` of the title or number."""
    here, state = desk_of(request), request.GET.get("state", "")
    wanted = texts.clean_line(request.GET.get("q", ""))[:60]
    rows = Matter.objects.filter(kind="project", place__path__startswith=here.place.path).select_related("place")
    rows = {"open": rows.filter(closed_at=None), "done": rows.exclude(closed_at=None)}.get(state, rows)
    if wanted:
        rows = rows.filter(subject__contains=wanted) | rows.filter(number__contains=wanted.upper())
    shown = list(rows.order_by("-pk")[:MOST])
    stones = milestones_of(shown)
    told = [{"row": row, "stones": stones[row.matter.pk]} for row in rows_of(shown, here.at)]
    return show(request, "projects.html", rows=told, state=state, q=wanted)


@dataclass(frozen=True)
class Here:
    """A project on somebody's desk. `leads`: holds the step; `works`: works for an organ with a part in it."""

    found: Found
    leads: bool
    works: bool
    photos: tuple[NewWords, ...] = ()
    key: str = ""

    @property
    def matter(self) -> Matter:
        return self.found.matter

    def member(self, typed: Typed) -> ProjectMember:
        pk = typed.get("member", "")
        good = pk.isascii() and pk.isdecimal() and len(pk) < 19
        rows = self.matter.project_members.select_related("project")
        found = rows.filter(pk=int(pk)).first() if good else None
        if found is None:
            raise Http404("no such member")
        return found

    def stone(self, typed: Typed) -> Milestone:
        said = typed.get("stone", "")
        good = said.isascii() and said.isdecimal() and len(said) < 4
        found = self.matter.milestones.select_related("project").filter(number=int(said)).first() if good else None
        if found is None:
            raise Http404("no such milestone")
        return found


def _here(request: HttpRequest, number: str) -> Here:
    found = find(request, number)
    if found.matter.kind != "project":
        raise Http404("no project")
    try:
        works = bool(group.works_on(found.matter, found.person, found.at))
    except Refused:
        works = False
    leads = lead.leads(found.matter, found.person, found.at) is not None
    return Here(found, leads, works, key=request.POST.get("idempotency_key", "")[:64])


@requires("staff")
@never_cache
def work_project(request: HttpRequest, number: str) -> HttpResponse:
    """One project: its group, its plan, its cards, its money, and what the reader may do."""
    here = _here(request, number)
    typed = {name: str(value).strip()[:TEXT] for name, value in request.POST.items()}
    error = ""
    if request.method == "POST":
        try:
            _do(request, here, typed)
            return redirect("work_project", number=number)
        except Unclear as fault:
            error = str(fault)
        except Refused as refused:
            error = _told(here, refused)
    return _page(request, here, typed if error else {}, error)


class Unclear(ValueError):
    """A photo that cannot be shown; the argument is the sentence."""


def _photos(request: HttpRequest) -> Iterator[NewWords]:
    for file in request.FILES.getlist("photo")[: group.PHOTOS + 1]:
        try:
            if (file.size or 0) > MAX_BYTES:
                raise BadPhoto("too_large")
            photo = clean_photo(file.read(), False)
        except BadPhoto as fault:
            raise Unclear(texts.photo_sentence(fault.code, texts.clean_line(file.name or ""))) from fault
        yield NewWords(photo.content, kind="photo", media_type=photo.media_type, public=True)


def _do(request: HttpRequest, here: Here, typed: Typed) -> None:
    photos = tuple(_photos(request))
    _DO.get(typed.get("do", ""), _unknown)(Here(here.found, here.leads, here.works, photos, here.key), typed)


def _page(request: HttpRequest, here: Here, typed: Typed, error: str) -> HttpResponse:
    found, matter = here.found, here.matter
    members = members_of(matter)
    today = in_china(found.at).date()
    return show(
        request, "project.html", 422 if error else 200, here=here, matter=matter, members=members, today=today,
        group=in_numbers(members), bars=bars_of(milestones_of([matter])[matter.pk], today), typed=typed, error=error,
        cards=cards_of(matter, staff=True), payments=payments_of(matter, found.terms, found.at, found.person),
        granted=granted_to([matter]).get(matter.pk), room=(found.step.room if found.step else "") or "",
        row=rows_of([matter], found.at)[0], papers=_papers(found), tender=has_tender(matter), key=new_key(),
    )  # fmt: skip


def _papers(found: Found) -> list[dict[str, object]]:
    """Every paper the procedure asks for, in the order of its steps: which are there, which can be printed."""
    charter, steps = found.charter, found.procedure.steps.values()
    there = set(found.matter.words.filter(name__in=list(charter.documents)).values_list("name", flat=True))
    names = dict.fromkeys(name for step in steps for name in step.makes)
    return [
        {"name": name, "title": found.terms.document(name), "there": name in there, "sheet": name in charter.templates}
        for name in names
    ]


def _told(here: Here, refused: Refused) -> str:
    own = project_refusal(refused.code, refused.args_map)
    return own or here.found.speaker.refusal(refused.code, refused.args_map, here.found.case.control.step)


# --- what may be done ---


def _line(typed: Typed, name: str) -> str:
    return texts.clean_line(typed.get(name, ""))[:LINE]


def _day(typed: Typed, name: str) -> date:
    try:
        return date.fromisoformat(typed.get(name, ""))
    except ValueError:
        raise Refused("day_missing") from None


def _name(here: Here, typed: Typed) -> None:
    new = NewMember(_line(typed, "name"), _line(typed, "contact"), typed.get("role", ""),
                    typed.get("resident") == "1", typed.get("duties", ""))  # fmt: skip
    group.add_member(here.matter, new, here.found.person, here.found.at)


def _paper(here: Here, typed: Typed) -> None:
    group.sign_on_paper(here.member(typed), _day(typed, "day"), here.found.person, here.found.at)


def _stone(here: Here, typed: Typed) -> None:
    begins, due = _day(typed, "begins"), _day(typed, "due")
    group.add_milestone(here.matter, _line(typed, "title"), begins, due, here.found.person, here.found.at)


def _card(here: Here, typed: Typed) -> None:
    people = typed.get("people", "")
    many = int(people) if people.isascii() and people.isdecimal() and len(people) < 7 else 0
    new = NewCard(typed.get("stage", ""), _day(typed, "day"), many, typed.get("done", ""), typed.get("problems", ""),
                  typed.get("next", ""), typed.get("kind", ""))  # fmt: skip
    group.add_card(here.matter, new, list(here.photos), here.found.person, here.found.at, here.key or None)


def _unknown(here: Here, typed: Typed) -> None:
    raise Http404("no such thing to do")


_DO: dict[str, Callable[[Here, Typed], object]] = {
    "name": _name,
    "remove": lambda here, typed: group.remove(here.member(typed), here.found.person, here.found.at),
    "paper": _paper,
    "stone": _stone,
    "finish": lambda here, typed: group.finish(here.stone(typed), _day(typed, "day"), here.found.person, here.found.at),
    "unfinish": lambda here, typed: group.finish(here.stone(typed), None, here.found.person, here.found.at),
    "card": _card,
}
