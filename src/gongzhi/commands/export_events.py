"""`gongzhi export events`: the log of acts for process mining, without persons and without anybody's words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from gongzhi.commands.charter import Lang, fail, speaking
from gongzhi.commands.output import SCREEN, Out, put
from gongzhi.commands.serve import require_records
from gongzhi.core.exchange.events import Event
from gongzhi.core.exchange.ocel import ocel_pieces
from gongzhi.core.exchange.xes import xes_lines
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_by_digest, find_place
from gongzhi.records.matters.events import matters, traces
from gongzhi.words.log import event_name
from gongzhi.words.terms import Terms


class Format(StrEnum):
    xes = "xes"
    ocel = "ocel"


def export_events(
    form: Annotated[Format, typer.Option("--format", help="xes (IEEE 1849) or ocel (OCEL 2.0 JSON).")],
    community: Annotated[str, typer.Option(help="Division code or short name; without it all places.")] = "",
    out: Out = SCREEN,
    lang: Lang = "zh-hans",
) -> None:
    """Every act and every lapse as an event, by organ and seat. No persons, no personal words."""
    require_records()
    with speaking(lang):
        place = _place(community)
        put(_pieces(form, place), out)


def _place(community: str) -> Place | None:
    if not community:
        return None
    place = find_place(community)
    if place is None:
        fail(_("没有“{name}”这个社区。请用12位区划代码或社区简称。").format(name=community), as_json=False)
    return place


def _pieces(form: Format, place: Place | None) -> Iterator[str]:
    if form is Format.ocel:
        return ocel_pieces(traces(place, _name), matters(place))
    title = place.name if place else _("全部区域")
    return (f"{line}\n" for line in xes_lines(traces(place, _name), title))


def _name(digest: str, procedure: str, event: Event) -> str:
    terms = _terms(digest)
    return event_name(terms, terms.charter.procedures[procedure], event)


@lru_cache(maxsize=64)
def _terms(digest: str) -> Terms:
    return Terms(charter_by_digest(digest))
