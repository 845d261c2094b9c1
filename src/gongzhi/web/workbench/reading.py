"""A form of staff as it came in: cleaned, judged, kept as a draft, and made into what the desk takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.desk.draft import Draft, Resolved
from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.records.people.models import Person
from gongzhi.web import texts
from gongzhi.web.files import MAX_BYTES, BadFile, check_file
from gongzhi.web.workbench import drafts
from gongzhi.web.workbench.boxes import Box
from gongzhi.web.workbench.found import Found
from gongzhi.web.workbench.tallies import TALLIES, counts_of, first_wrong
from gongzhi.words.actions import Action
from gongzhi.words.sheets import unfilled

__all__ = ["file_sentence", "judge", "take_files", "to_desk", "typed_of", "value_of"]

Error = dict[str, str]
SUBNAMES = ("text", "owner", "due")
MOST_FILES = 10


def typed_of(request: HttpRequest, boxes: list[Box]) -> dict[str, str]:
    """What was typed into each box, without signs that nobody can see."""
    names = [name for box in boxes for name in names_of(box)]
    return {name: texts.clean_text(request.POST.get(name, "")) for name in names}


def names_of(box: Box) -> list[str]:
    return [f"{box.name}.{sub}" for sub in SUBNAMES] if box.kind == "resolution" else [box.name]


def take_files(
    request: HttpRequest, person: Person, draft: drafts.Draft, boxes: list[Box]
) -> tuple[drafts.Draft, list[Error]]:
    """Each file checked and kept with the draft; a sentence for each that could not be."""
    errors: list[Error] = []
    for box in boxes:
        for file in request.FILES.getlist(f"{box.name}.file"):
            name = texts.clean_line(file.name or "")
            try:
                if len(draft.files) >= MOST_FILES:
                    raise BadFile("too_many")
                if (file.size or 0) > MAX_BYTES:
                    raise BadFile("too_large")
                checked = check_file(name, file.read())
            except BadFile as fault:
                errors.append({"text": file_sentence(fault.code, name), "href": f"#{box.name}.file"})
                continue
            if box.kind == "paper":  # one file is the paper; a new one replaces it
                for old in draft.files_of(box.name):
                    draft = draft.without(old.id)
            kind = checked.kind
            draft = drafts.keep_file(person, draft, box.name, name, checked.content, checked.media_type, kind)
    return draft, errors


def file_sentence(code: str, name: str) -> str:
    """Why a file was not taken, and what to do."""
    sentences = {
        "file_empty": _("“%(name)s”是空的，换一个；文字都还在"),
        "too_large": _("“%(name)s”超过20MB，换小一点的；文字都还在"),
        "file_type": _("“%(name)s”不是照片、PDF、Word、Excel或文本，换一个；文字都还在"),
        "file_renamed": _("“%(name)s”的内容和后缀不一致，请用原来的文件；文字都还在"),
        "file_broken": _("“%(name)s”打不开，换一个；文字都还在"),
        "file_bombs": _("“%(name)s”太大了，拍小一点再传；文字都还在"),
        "too_many": _("最多10个文件，“%(name)s”没有放进来；文字都还在"),
    }
    return sentences[code] % {"name": name}


def judge(boxes: list[Box], draft: drafts.Draft) -> list[Error]:
    """What is missing or wrong, one sentence each, with the field it is about."""
    found: list[Error] = []
    for box in boxes:
        sentence = _wrong(box, draft)
        if sentence:
            found.append({"text": sentence, "href": f"#{box.name}", "name": box.name})
    return found


def _wrong(box: Box, draft: drafts.Draft) -> str:
    value = draft.typed.get(box.name, "")
    if box.kind == "resolution":
        return _resolution_wrong(draft, box.name)
    if not value:
        has_file = bool(draft.files_of(box.name))
        return "" if has_file or not _is_needed(box, draft) else box.needed or _("请写理由")
    if len(value) > box.limit:
        return _("“%(label)s”写了%(count)d个字，最多%(most)d个") % {
            "label": box.label, "count": len(value), "most": box.limit,
        }  # fmt: skip
    if box.name == TALLIES and (line := first_wrong(value)):
        return _("看不懂“%(line)s”，或者它写了两次；一行写一个代号和一个整数") % {"line": line[:60]}
    if box.form and (blanks := unfilled(value)) and not draft.files_of(box.name):
        return _("还没填：%(blanks)s") % {"blanks": _("、").join(blanks)}
    if box.options and value not in dict(box.options):
        return _("请从列出的里面选")
    return {"number": _number_wrong, "date": _date_wrong}.get(box.kind, lambda _value: "")(value)


def _is_needed(box: Box, draft: drafts.Draft) -> bool:
    if draft.typed.get("state") == "refused":  # no signature, no count: only the reason
        return box.name in ("remark", "state")
    return bool(box.needed) or box.name == "count"


def _number_wrong(value: str) -> str:
    return (
        ""
        if value.isascii() and value.isdecimal() and len(value) < 12
        else _("请填整数，您填的是“%(v)s”") % {"v": value}
    )


def _date_wrong(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return _("日期要像2026-03-16")
    return ""


def _resolution_wrong(draft: drafts.Draft, name: str) -> str:
    said, owner, due = (draft.typed.get(f"{name}.{sub}", "") for sub in SUBNAMES)
    if said and not owner:
        return _("决议要写明由谁办")
    if owner and not said:
        return _("请写决议的内容，或者不选单位")
    return _date_wrong(due) if due else ""


# --- as the desk takes it ---


def to_desk(found: Found, action: Action, boxes: list[Box], draft: drafts.Draft) -> Draft:
    """The act for the one door."""
    typed = draft.typed
    make = SAYINGS.get(action.kind)
    if make:
        return make(found, action, draft)
    return Draft(
        kind=action.kind,
        visit=draft.visit,
        outcome=action.outcome,
        part=action.part,
        state=typed.get("state", ""),
        count=_count(boxes, typed),
        to=typed.get("number", "").strip() or typed.get("to", ""),
        ground=_ground(typed),
        channel=_channel(found, action, typed),
        fields={box.name[6:]: value_of(box, typed[box.name]) for box in boxes if box.name.startswith("field.")},
        counts={box.name[6:]: int(typed[box.name]) for box in boxes if box.name.startswith("count.")}
        | counts_of(typed.get(TALLIES, "")),
        words=_words(found.person, boxes, draft),
        resolutions=_resolutions(boxes, typed),
        organ=action.actor.organ,
        seat=action.actor.seat,
    )


def _count(boxes: list[Box], typed: dict[str, str]) -> int:
    asked = any(box.name == "count" for box in boxes)
    return int(typed["count"]) if asked and typed.get("count") else 0


def _ground(typed: dict[str, str]) -> str:
    """What goes into the log as the ground: the key of the line of the duty list that was chosen, then the words."""
    return " ".join(part for part in (typed.get("duty", ""), typed.get("ground", "")) if part)


def _channel(found: Found, action: Action, typed: dict[str, str]) -> str:
    if action.kind == "serve" and found.step is not None and found.step.do == "notice":
        return "board"
    return typed.get("channel", "") or ("list" if action.kind == "part" else "")


def value_of(box: Box, typed: str) -> Any:
    if box.kind == "number":
        return int(typed)
    if dict(box.options).keys() == {"yes", "no"}:
        return typed == "yes"
    return typed


def _words(person: Person, boxes: list[Box], draft: drafts.Draft) -> dict[str, NewWords | str]:
    words: dict[str, NewWords | str] = {}
    for box in boxes:
        if box.name in ("remark", "answer") and draft.typed.get(box.name):
            words[box.name] = text(draft.typed[box.name], collected_from="staff")
        if box.kind == "paper":
            words |= _paper(person, draft, box, box.name.removeprefix("doc."))
    return words | _attached(person, draft, "attachments")


def _paper(person: Person, draft: drafts.Draft, box: Box, name: str) -> dict[str, NewWords | str]:
    """The paper under its name: the typed text, else the file; a file beside a text is its attachment."""
    said, files = draft.typed.get(box.name, ""), draft.files_of(box.name)
    found: dict[str, NewWords | str] = {}
    if said:
        found[name] = text(said, archive=True, collected_from="staff")
    for file in files:
        found[f"{name}.file" if said else name] = _file(person, draft, file)
    return found


def _attached(person: Person, draft: drafts.Draft, box: str) -> dict[str, NewWords | str]:
    return {
        f"{'photo' if file.kind == 'photo' else 'attachment'}.{nth}": _file(person, draft, file)
        for nth, file in enumerate(draft.files_of(box), 1)
    }


def _file(person: Person, draft: drafts.Draft, file: drafts.File) -> NewWords:
    content = drafts.read_file(person, draft, file)
    return NewWords(content, kind=file.kind, media_type=file.media_type, archive=True, collected_from="staff")


def _resolutions(boxes: list[Box], typed: dict[str, str]) -> tuple[Resolved, ...]:
    found = []
    for box in boxes:
        said, owner, due = (typed.get(f"{box.name}.{sub}", "") for sub in SUBNAMES)
        if box.kind == "resolution" and said:
            found.append(Resolved(said, owner, date.fromisoformat(due) if due else None))
    return tuple(found)


def _note(found: Found, action: Action, draft: drafts.Draft) -> Draft:
    words = {"remark": text(draft.typed["remark"], collected_from="staff")}
    return Draft("note", state="remark", words={**words, **_attached(found.person, draft, "attachments")},
                 organ=action.actor.organ, seat=action.actor.seat)  # fmt: skip


def _title(found: Found, action: Action, draft: drafts.Draft) -> Draft:
    words = {"title": text(texts.clean_line(draft.typed["title"]), public=True, collected_from="staff")}
    return Draft("note", state="title", words=words, organ=action.actor.organ, seat=action.actor.seat)


def _related(found: Found, action: Action, draft: drafts.Draft) -> Draft:
    return Draft("note", state="related", organ=action.actor.organ, seat=action.actor.seat)


def _correct(found: Found, action: Action, draft: drafts.Draft) -> Draft:
    name = draft.typed["document"]
    box = Box("paper", "text", "")
    return Draft("correct", words=_paper(found.person, draft, box, name), organ=action.actor.organ,
                 seat=action.actor.seat)  # fmt: skip


SAYINGS: dict[str, Callable[[Found, Action, drafts.Draft], Draft]] = {
    "note": _note,
    "title": _title,
    "related": _related,
    "correct": _correct,
}
