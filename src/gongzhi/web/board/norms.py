"""配备标准: the norms of the charter in force with the community's own numbers, and whether they are met."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.core import norms
from gongzhi.core.charter.spec import Norm
from gongzhi.core.check.norms import met
from gongzhi.web.access import requires
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.say import charter_here
from gongzhi.web.reach import numbers_of
from gongzhi.words.terms import Terms

__all__ = ["Line", "board_norms", "line_of", "titled"]

SIGNS = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠", ">": ">", "<": "<", "*": "×"}


@dataclass(frozen=True, slots=True)
class Side:
    """A comparison with titles for names, and its two numbers."""

    text: str
    left: int
    right: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One norm. `met` None: numbers are `missing`, by their titles."""

    title: str
    source: str
    numbers: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    sides: tuple[Side, ...]
    met: bool | None


@requires("public")
@require_GET
def board_norms(request: HttpRequest) -> HttpResponse:
    """Every norm of the charter here, with the numbers that the community published itself."""
    place = community_of(request)
    charter, known = charter_here(place), numbers_of(place)
    terms = Terms(charter)
    lines = [line_of(norm, known, terms) for norm in charter.norms.values()]
    return show(request, "board/norms.html", lines=lines, charter=charter.name)


def line_of(norm: Norm, known: Mapping[str, int], terms: Terms) -> Line:
    """A norm with what is known of its numbers; judged only where all of them are."""
    here = {name: known[name] for name in norm.facts if name in known}
    missing = tuple(terms.text(title) for name, title in norm.facts.items() if name not in here)
    found = () if missing else tuple(_side(norm, one, terms) for one in norms.sides(norm, here))
    numbers = tuple((terms.text(norm.facts[name]), value) for name, value in here.items())
    holds = None if missing else met(norm, here)
    return Line(terms.text(norm.title), terms.text(norm.source or ""), numbers, missing, found, holds)


def _side(norm: Norm, side: norms.Side, terms: Terms) -> Side:
    text = titled(norm, f"{side.left} {side.sign} {side.right}", terms)
    return Side(text, side.left_value, side.right_value, side.holds)


def titled(norm: Norm, text: str, terms: Terms) -> str:
    """The rule with the titles of its numbers and the signs people write."""
    for sign, written in SIGNS.items():
        text = text.replace(f" {sign} ", f" {written} ")
    return re.sub(r"[a-z_][a-z0-9_]*", lambda name: terms.text(norm.facts.get(name.group(), name.group())), text)
