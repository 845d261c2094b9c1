"""剧本: courses of events that the program has to reproduce, as a timeline: when, who, what, and what has to follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.web.access import requires
from gongzhi.web.studio import labels
from gongzhi.web.studio.page import Opened, opened, show
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["stories", "story"]

ACTS = {
    "file": gettext_noop("反映"),
    "accept": gettext_noop("签收"),
    "decline": gettext_noop("退回"),
    "merge": gettext_noop("合并到…"),
    "unfollow": gettext_noop("单独办"),
    "assign": gettext_noop("裁定由谁承办"),
    "serve": gettext_noop("已告知反映人"),
    "pause": gettext_noop("中止期限"),
    "resume": gettext_noop("恢复期限"),
    "extend": gettext_noop("延长期限"),
    "object": gettext_noop("提异议"),
    "answer_objection": gettext_noop("答复异议"),
    "set_aside": gettext_noop("撤销并退回某一步"),
    "withdraw": gettext_noop("撤回"),
    "reopen": gettext_noop("没有办好，重新办理"),
    "rate": gettext_noop("评价"),
    "note": gettext_noop("留言"),
    "wait": gettext_noop("时间过去，没有人动手"),
}
# What is done in a room beside the matter, by its address.
ROOMS = {
    "tender/terms": gettext_noop("写好截止时间、金额和指标"),
    "tender/bids": gettext_noop("交标书"),
    "tender/opening": gettext_noop("到场确认开标"),
    "tender/evaluators": gettext_noop("请一位评委"),
    "tender/interests": gettext_noop("申报有没有利害关系"),
    "tender/marks": gettext_noop("给标书打分"),
    "tender/delivered": gettext_noop("报告做到的数"),
    "tender/found": gettext_noop("核对做到的数"),
}


@dataclass(frozen=True)
class Story:
    """A story as its file says it; anything the studio does not know is left out."""

    name: str
    title: str
    procedure: str
    place: str = ""
    covers: tuple[str, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    scenes: tuple[Mapping[str, Any], ...] = ()


_read: dict[tuple[str, int, int], Story | None] = {}  # by file, time and size


def _stories(one: Opened) -> list[Story]:
    """The stories beside the charter in the charters folder, by name."""
    folder = Path(settings.GONGZHI_CHARTERS) / one.study.name / "stories"
    found = [_story(file) for file in sorted(folder.glob("*.yaml"))]
    return [each for each in found if each is not None]


def _story(file: Path) -> Story | None:
    known = file.stat()
    key = (str(file), known.st_mtime_ns, known.st_size)
    if key not in _read:
        try:
            _read[key] = _parsed(file.stem, YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")))
        except (YAMLError, ValueError, TypeError, KeyError, AttributeError):
            _read[key] = None  # the story runner says what is wrong with it
    return _read[key]


def _parsed(name: str, data: Mapping[str, Any]) -> Story:
    given = data.get("given", {})
    people = {role: str(person["title"]) for role, person in given.get("people", {}).items()}
    return Story(
        name, str(data["title"]), str(data.get("procedure", "")), str(given.get("place", "")),
        tuple(map(str, data.get("covers", ()))), people, tuple(data.get("when", ())),
    )  # fmt: skip


@requires("public")
@require_GET
def stories(request: HttpRequest, key: str) -> HttpResponse:
    """The list of stories."""
    one = opened(key)
    rows = [_row(one, each) for each in _stories(one)]
    return show(request, "studio/stories.html", one, rows=rows)


def _row(one: Opened, each: Story) -> dict[str, Any]:
    procedure = one.terms.procedure(each.procedure) if each.procedure else ""
    return {"name": each.name, "title": one.terms.text(each.title), "scenes": len(each.scenes), "place": each.place,
            "procedure": procedure}  # fmt: skip


@requires("public")
@require_GET
def story(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One story as a timeline, oldest first, as it is told."""
    one = opened(key)
    found = next((each for each in _stories(one) if each.name == name), None)
    if found is None:
        raise Http404("no such story")
    procedure = _procedure(one.charter, found)
    scenes = list(_course(one.terms, procedure, found))
    return show(
        request, "studio/story.html", one, story=found, procedure=procedure, scenes=scenes,
        procedure_title=one.terms.text(procedure.title) if procedure else "",
    )  # fmt: skip


def _procedure(charter: Charter, found: Story) -> Procedure | None:
    return charter.procedures.get(found.procedure)


def _course(terms: Terms, procedure: Procedure | None, found: Story) -> Iterator[dict[str, Any]]:
    """Scenes in words. The step a scene happens at is the one expected last before it."""
    at = procedure.steps.get(procedure.start) if procedure else None
    for scene in found.scenes:
        expect = scene.get("expect") or {}
        yield {
            "at": _moment(scene.get("at")),
            "who": found.people.get(str(scene.get("who", "")), ""),
            "what": _what(terms, procedure, at, scene),
            "said": str(scene.get("text") or scene.get("ground") or "; ".join((scene.get("documents") or {}).values())),
            "machine": scene.get("act") == "wait",
            "refused": "refused" in expect,
            "expect": [text for text in _expected(terms, procedure, expect) if text],
        }
        step = procedure.steps.get(str(expect.get("step", ""))) if procedure else None
        at = step or at


def _moment(value: Any) -> datetime | None:
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def _what(terms: Terms, procedure: Procedure | None, at: Step | None, scene: Mapping[str, Any]) -> str:
    act, outcome = str(scene.get("act", "")), str(scene.get("outcome", ""))
    if act == "done" and outcome:
        named = _step_of(procedure, at, outcome)
        step = _("{step}：").format(step=terms.text(named.title)) if named else ""
        return f"{step}{terms.outcome(named, outcome)}"
    if act == "part" and scene.get("part"):
        part = str(scene["part"])
        named = _with_part(procedure, at, part)
        return terms.part(named, part) if named else terms.holder(part)
    text = labels.label(ROOMS, str(scene.get("do", ""))) if act == "room" else labels.label(ACTS, act)
    return _("{act}，转{organ}").format(act=text, organ=terms.organ(str(scene["to"]))) if scene.get("to") else text


def _step_of(procedure: Procedure | None, at: Step | None, outcome: str) -> Step | None:
    """The step an outcome belongs to: the present one where it has it, else the only one that does."""
    if at is not None and outcome in at.then:
        return at
    found = [step for step in procedure.steps.values() if outcome in step.then] if procedure else []
    return found[0] if len(found) == 1 else None


def _with_part(procedure: Procedure | None, at: Step | None, part: str) -> Step | None:
    steps = [at, *(procedure.steps.values() if procedure else ())]
    return next((step for step in steps if step and any(each.name == part for each in step.parts)), None)


def _expected(terms: Terms, procedure: Procedure | None, expect: Mapping[str, Any]) -> Iterator[str]:
    """What has to be so after a scene, one sentence each; what the studio has no words for is left out."""
    if "refused" in expect:
        yield _refusal(terms, procedure, str(expect["refused"]))
    for name, text in EXPECTED.items():
        if name in expect:
            yield text(terms, procedure, expect[name])


def _reached(terms: Terms, procedure: Procedure | None, step: Any) -> str:
    return _("到“{step}”").format(step=terms.step(procedure, str(step))) if procedure else ""


def _ended(terms: Terms, procedure: Procedure | None, end: Any) -> str:
    return _("办结：{end}").format(end=terms.end(procedure, str(end))) if procedure else ""


def _raised(terms: Terms, _procedure: Procedure | None, raised: Any) -> str:
    organs = raised if isinstance(raised, list) else [raised]
    return _("逾期上交：{organs}").format(organs=_("、").join(terms.organ(str(organ)) for organ in organs))


EXPECTED: dict[str, Callable[[Terms, Procedure | None, Any], str]] = {
    "step": _reached,
    "answers": lambda terms, procedure, organ: _("由{organ}负责答复").format(organ=terms.organ(str(organ))),
    "holder": lambda terms, procedure, who: _("在{organ}手里").format(organ=terms.holder(str(who))),
    "passes": lambda terms, procedure, times: _("已转手{n}次").format(n=times),
    "raised": _raised,
    "breach": lambda terms, procedure, said: _("逾期已公开") if said else "",
    "end": _ended,
}


def _refusal(terms: Terms, procedure: Procedure | None, code: str) -> str:
    """That the program says no; with its sentence where that needs no names."""
    if procedure is None:
        return _("不许")
    try:
        return _("不许：{why}").format(why=Speaker(terms, procedure).refusal(code, {}))
    except (KeyError, TypeError):
        return _("不许")
