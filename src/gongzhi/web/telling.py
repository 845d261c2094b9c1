"""What a page tells of a matter: the question to its filer, the drawing, its photos, the acts, who has read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.records.matters.access import readings_of
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.web.diagram import Edge, Node
from gongzhi.web.looking import Looked
from gongzhi.words.actions import Action
from gongzhi.words.flow import Flow
from gongzhi.words.terms import Terms
from gongzhi.words.view import Entry

__all__ = ["asked", "drawn", "entries", "filed_words", "own_paper", "photos", "rated", "readings"]

# Outcomes by which a resident says whether something is solved (charters name them so in their confirm steps).
CONFIRMS = frozenset({"content", "partly", "not_content"})
LATEST = 20
Said = dict[tuple[int, str], Words]  # words by the seq of their act and their name


def asked(answers: tuple[Action, ...]) -> dict[str, Any]:
    """The question to the filer and the words of its answers. The first outcome is the good one, the last the bad."""
    outcomes = [action.outcome for action in answers]
    solved = [_("办好了"), _("办了一部分"), _("没有办好")]
    words = solved if len(outcomes) == 3 else [solved[0], solved[2]]
    solves = confirms(answers)
    labels = {
        action.outcome: words[nth] if solves and nth < len(words) else action.label
        for nth, action in enumerate(answers)
    }
    return {
        "question": _("办好了吗？") if solves else _("您同意吗？"),
        "labels": labels,
        "asks_missing": solves and len(outcomes) > 1,
    }


def confirms(answers: tuple[Action, ...]) -> bool:
    """Is the filer asked whether it is solved? Other questions need no word about what is missing."""
    return {action.outcome for action in answers} <= CONFIRMS


def drawn(flow: Flow) -> dict[str, Any]:
    """The procedure as the drawing takes it."""
    nodes = [Node(stop.key, stop.title, stop.state, stop.kind) for stop in flow.stops]
    return {"nodes": nodes, "edges": [Edge(way.start, way.end, way.label, way.taken) for way in flow.ways]}


def rated(looked: Looked) -> str:
    """The latest grade the filer gave; empty: none yet."""
    grades = [json.loads(act.payload)["act"].get("state", "") for act in looked.acts if act.kind == "rate"]
    return grades[-1] if grades else ""


def own_paper(matter: Matter) -> Callable[[Words], str]:
    """The address of a paper for who filed the matter."""
    return lambda row: reverse("paper", args=[matter.number, row.pk])


def filed_words(said: Said) -> dict[str, str]:
    """What was filed, in the filer's own words."""
    names = ("what", "spot", "linked")
    return {name: read_text(said[(1, name)]) for name in names if (1, name) in said}


def photos(looked: Looked, words: list[Words], filer: str) -> list[dict[str, Any]]:
    """Photos of the matter for the gallery; `filer`: the digest of who looks."""
    terms = Terms(looked.charter)
    found: list[dict[str, Any]] = []
    for row in words:
        if row.kind != "photo" or row.erased_at is not None:
            continue
        href = reverse("paper", args=[looked.matter.number, row.pk])
        who = _("您拍的") if row.act.person == filer else terms.organ(row.act.organ)
        found.append({"src": f"{href}?small=1", "href": href, "alt": _("照片%(n)d") % {"n": len(found) + 1},
                      "who": who, "at": row.act.at, "download": f"{href}?download=1"})  # fmt: skip
    return found


def entries(looked: Looked, said: Said, address: Callable[[Words], str]) -> list[dict[str, Any]]:
    """The acts as the timeline wants them, newest first. `said`: the words that may be read, by act and name."""
    return [_entry(entry, said, address) for entry in looked.view.timeline if entry.lines]


def _entry(entry: Entry, said: Said, address: Callable[[Words], str]) -> dict[str, Any]:
    rows = {name: row for (seq, name), row in said.items() if seq == entry.seq}
    papers = [(title, rows[name]) for name, title in entry.documents if name in rows]
    remark = rows.get("remark") or rows.get("objection") or rows.get("answer")
    return {
        "id": entry.seq,
        "who": entry.who,
        "what": _("；").join(entry.lines),
        "at": entry.at,
        "machine": entry.machine,
        "corrected": _("更正") if entry.corrected else "",
        "why": _("；").join(entry.why),
        "said": read_text(remark) if remark is not None else "",
        "papers": [{"text": title, "href": address(row)} for title, row in papers if row.erased_at is None],
    }


def readings(looked: Looked) -> list[dict[str, Any]]:
    """Who opened the words of this matter: role and time, newest first."""
    terms = Terms(looked.charter)
    return [{"who": terms.holder(row.role), "at": row.at} for row in readings_of(looked.matter)[:LATEST]]
