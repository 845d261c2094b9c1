"""What differs between two charters, as lines that somebody can read: taken away, added, changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.core.charter.spec import Organ, Procedure
from gongzhi.web.studio import labels
from gongzhi.web.studio.page import Opened
from gongzhi.web.studio.steps import ends_told, steps_told
from gongzhi.words.flow import flow_of

__all__ = ["PARTS", "Change", "Group", "differences"]

Facets = Mapping[str, str]  # what is said of a thing, by a name that both charters use
Things = dict[str, tuple[str, Facets]]  # key -> heading and facets


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the difference. kind: del (only in the first), ins (only in the second)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one part of a charter. `same`: how many things there are equal in both."""

    part: str
    title: str
    changes: tuple[Change, ...]
    same: int


def differences(a: Opened, b: Opened, part: str = "") -> list[Group]:
    """All groups in which something differs, or those of one part. Titles are in the reader's language."""
    groups = [_group(name, title(), read(a), read(b)) for name, (title, read) in PARTS.items() if part in ("", name)]
    if part in ("", "procedures"):
        groups += list(_inside(a, b))
    return [group for group in groups if group.changes]


def _group(part: str, title: str, old: Things, new: Things) -> Group:
    changes: list[Change] = []
    same = 0
    for key in [*old, *(key for key in new if key not in old)]:
        found = list(_changes(old.get(key), new.get(key)))
        changes += found
        same += not found
    return Group(part, title, tuple(changes), same)


def _changes(old: tuple[str, Facets] | None, new: tuple[str, Facets] | None) -> Iterator[Change]:
    if old is None and new is not None:
        yield Change("ins", _whole(*new))
    elif new is None and old is not None:
        yield Change("del", _whole(*old))
    elif old is not None and new is not None:
        yield from _facets(old, new)


def _whole(heading: str, facets: Facets) -> str:
    said = _("；").join(_said(name, text) for name, text in facets.items() if text)
    return _("{heading}（{facts}）").format(heading=heading, facts=said) if said else heading


def _facets(old: tuple[str, Facets], new: tuple[str, Facets]) -> Iterator[Change]:
    if old[0] != new[0]:
        yield Change("del", old[0])
        yield Change("ins", new[0])
    for name in [*old[1], *(name for name in new[1] if name not in old[1])]:
        before, after = old[1].get(name, ""), new[1].get(name, "")
        if before == after:
            continue
        if before:
            yield Change("del", _of(old[0], _said(name, before)))
        if after:
            yield Change("ins", _of(new[0], _said(name, after)))


def _said(name: str, text: str) -> str:
    return _("{name}：{text}").format(name=name, text=text)


def _of(heading: str, text: str) -> str:
    return _("{heading}，{text}").format(heading=heading, text=text)


def _organs(one: Opened) -> Things:
    return {name: (one.terms.text(organ.title), _organ(one, organ)) for name, organ in one.charter.organs.items()}


def _organ(one: Opened, organ: Organ) -> Facets:
    seats = {one.terms.text(seat.title): _listed(
        [labels.label(labels.BASES, seat.basis), labels.span(seat.term), _("{n}人").format(n=seat.count)]
    ) for seat in organ.seats.values()}  # fmt: skip
    own = {_("层级"): labels.label(labels.LEVELS, organ.at), _("性质"): labels.label(labels.KINDS, organ.kind)}
    return {**own, **seats}


def _listed(texts: list[str]) -> str:
    return _("、").join(text for text in texts if text)


def _relations(one: Opened) -> Things:
    return {
        f"{tie.subject} {tie.verb} {tie.object}": (labels.related(one.terms, tie), {}) for tie in one.charter.relations
    }


def _parameters(one: Opened) -> Things:
    titles = one.study.parameters
    return {
        name: (one.terms.text(titles.get(name, name)), {_("数值"): labels.value(value)})
        for name, value in one.charter.parameters.items()
    }


def _duties(one: Opened) -> Things:
    return {
        duty.category: (
            one.terms.category(duty.category),
            {
                _("层级"): labels.label(labels.LEVELS, duty.at),
                _("谁负责"): one.terms.organ(duty.answers),
                _("谁协调"): one.terms.organ(duty.coordinates) if duty.coordinates else "",
                _("依据"): duty.law or "",
            },
        )
        for duty in one.charter.duties
    }


def _procedures(one: Opened) -> Things:
    """Procedures as such; what is inside those that both have is compared by itself."""
    return {name: (one.terms.text(found.title), {}) for name, found in one.charter.procedures.items()}


PARTS: dict[str, tuple[Callable[[], str], Callable[[Opened], Things]]] = {
    "organs": (lambda: _("机构和席位"), _organs),
    "relations": (lambda: pgettext("studio", "机构关系"), _relations),
    "parameters": (lambda: _("时限和数目"), _parameters),
    "duties": (lambda: _("职责清单"), _duties),
    "procedures": (lambda: pgettext("studio", "程序"), _procedures),
}


def _inside(a: Opened, b: Opened) -> Iterator[Group]:
    """The steps, ends and conditions of every procedure that both have."""
    for name, old in a.charter.procedures.items():
        new = b.charter.procedures.get(name)
        if new is not None and old != new:
            title = _("程序“{title}”").format(title=b.terms.text(new.title))
            yield _group("procedures", title, _steps(a, old), _steps(b, new))


def _steps(one: Opened, procedure: Procedure) -> Things:
    general = {
        _("性质"): labels.label(labels.MATTERS, procedure.of),
        _("谁可以提出"): labels.filers(one.terms, procedure),
        _("从哪一步开始"): one.terms.step(procedure, procedure.start),
        **{one.terms.text(limit.title): labels.span(limit.within) for limit in procedure.limits},
        **{_("可能的结局"): _listed([end["title"] for end in ends_told(one, procedure)])},
    }
    found: Things = {"": (one.terms.text(procedure.title), general)}
    for step in steps_told(one, procedure, flow_of(one.terms, procedure)):
        ways = {way["label"]: way["go"] for way in step["ways"] if way["label"]}
        heading = _("环节“{title}”").format(title=step["title"])
        found[step["name"]] = (heading, {_("怎么办"): step["way"], **dict(step["facts"]), **ways})
    return found
