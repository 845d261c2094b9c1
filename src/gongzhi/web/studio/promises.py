"""What an institution promises about itself: rights and who exercises each, what it discloses, money, norms, posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.web.studio import labels
from gongzhi.web.studio.page import Opened

__all__ = ["Line", "Promise", "promises"]


@dataclass(frozen=True, slots=True)
class Line:
    """One promise: its title, sentences about it, and the procedures (title, address) through which it is kept."""

    title: str
    said: tuple[str, ...] = ()
    through: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    key: str
    title: str
    lines: tuple[Line, ...]


def promises(one: Opened) -> list[Promise]:
    """Every kind of promise that the charter makes."""
    found = (
        Promise("rights", _("权利，谁来行使"), tuple(_rights(one))),
        Promise("disclosures", _("公开什么"), tuple(_disclosures(one))),
        Promise("funds", _("钱分开管"), tuple(_funds(one))),
        Promise("norms", _("配备标准"), tuple(_norms(one))),
        Promise("posts", _("一人兼任"), tuple(_posts(one))),
        Promise("delegations", _("授权"), tuple(_delegations(one))),
        Promise("law", _("与现行法律不同的地方"), tuple(_law(one))),
    )
    return [promise for promise in found if promise.lines]


def _through(one: Opened, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    known = [name for name in names if name in one.charter.procedures]
    return tuple((one.terms.procedure(name), reverse("studio_procedure", args=[one.key, name])) for name in known)


def _listed(one: Opened, names: tuple[str, ...]) -> str:
    return _("、").join(one.terms.holder(name) for name in names)


def _law_of(law: str | None) -> str:
    return _("依据：{law}").format(law=law) if law else ""


def _rights(one: Opened) -> Iterator[Line]:
    for right in one.charter.rights.values():
        held = _("由{who}行使").format(who=_listed(one, right.held_by))
        yield Line(one.terms.text(right.title), (held,), _through(one, right.through))


def _disclosures(one: Opened) -> Iterator[Line]:
    for item in one.charter.disclosures.values():
        where = labels.label(labels.LEVELS, item.board)
        said = _("{within}内在{where}公开栏公布，至少{for_}").format(
            within=labels.span(item.within), where=where, for_=labels.span(item.for_)
        )
        law = _law_of(one.terms.text(item.law) if item.law else None)
        yield Line(one.terms.text(item.title), (said, law) if law else (said,), _through(one, item.of))


def _funds(one: Opened) -> Iterator[Line]:
    for fund in one.charter.funds.values():
        said = [_("由{who}管").format(who=one.terms.organ(fund.held_by))]
        source = one.charter.funds.get(fund.of or "")
        if source is not None and fund.share:
            said.append(_("至少占“{fund}”的{n}%").format(fund=one.terms.text(source.title), n=fund.share))
        said += [_law_of(one.terms.text(fund.law))] if fund.law else []
        yield Line(one.terms.text(fund.title), tuple(said))


def _norms(one: Opened) -> Iterator[Line]:
    for norm in one.charter.norms.values():
        facts = _("、").join(one.terms.text(title) for title in norm.facts.values())
        said = [_("要看的数：{facts}").format(facts=facts)]
        said += [_("出处：{source}").format(source=norm.source)] if norm.source else []
        yield Line(one.terms.text(norm.title), tuple(said))


def _posts(one: Opened) -> Iterator[Line]:
    for post in one.charter.posts:
        said = [_("同时是{seats}").format(seats=_listed(one, post.also))]
        said += [_law_of(one.terms.text(post.law))] if post.law else []
        yield Line(one.terms.holder(post.seat), tuple(said))


def _delegations(one: Opened) -> Iterator[Line]:
    for given in one.charter.delegations:
        who = _("{from_}授权{to}").format(from_=one.terms.organ(given.from_), to=one.terms.organ(given.to))
        until = _("只限这些程序，期限{span}").format(span=labels.span(given.until))
        yield Line(who, (until,), _through(one, given.in_))


def _law(one: Opened) -> Iterator[Line]:
    for note in one.charter.law_notes:
        source = _("来源条目：{source}").format(source=note.source)
        yield Line(one.terms.text(note.says), (_law_of(one.terms.text(note.law)), source))
