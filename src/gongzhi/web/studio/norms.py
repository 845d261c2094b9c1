"""Norms with the numbers of a place: each side of the rule, what would be enough, what merging leaves.

Nothing is kept.

"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core import norms
from gongzhi.core.charter.spec import Norm
from gongzhi.core.check.norms import met
from gongzhi.records.institutions.models import Place
from gongzhi.web.access import requires
from gongzhi.web.board.norms import titled
from gongzhi.web.studio.page import Opened, home_of, opened, show

__all__ = ["page"]

HOUSEHOLDS = "households"
LONGEST = 400  # communities in one calculation
DIGITS = 9


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    title: str
    value: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison of a norm with titles for names, its numbers, and the left one in per cent of the right one."""

    text: str
    left: int
    right: int
    share: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    title: str
    source: str
    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]
    met: bool | None
    enough: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]  # what was typed for other norms goes along


@dataclass(frozen=True, slots=True)
class Merge:
    typed: str
    most: int
    wrong: str = ""
    before: int = 0
    after: int = 0
    change: float = 0.0
    groups: tuple[tuple[int, ...], ...] = ()


@requires("public")
@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """The norms of a charter, computed; 404 for a charter that has none."""
    one = opened(key)
    if not one.charter.norms:
        raise Http404("no norms")
    names = {"sizes", *(name for norm in one.charter.norms.values() for name in norm.facts)}
    typed = {name: str(value).strip() for name, value in request.GET.items() if name in names}
    typed.setdefault(HOUSEHOLDS, _households(request))
    shown = [_shown(one, norm, typed) for norm in one.charter.norms.values()]
    others = [(name, value) for name, value in typed.items() if value and name != "sizes"]
    merge = _merge(one, typed.get("sizes", ""))
    return show(request, "studio/norms.html", one, norms=shown, merge=merge, others=others)


def _households(request: HttpRequest) -> str:
    """How many households the reader's community has in the register of places; nothing where it has none."""
    home = home_of(request)
    count = Place.objects.filter(path__startswith=home.path, level="household").count() if home else 0
    return str(count) if count else ""


def _shown(one: Opened, norm: Norm, typed: dict[str, str]) -> Shown:
    facts = tuple(_fact(one, norm, name, typed.get(name, "")) for name in norm.facts)
    known = {fact.name: int(fact.value) for fact in facts if fact.value and not fact.wrong}
    whole = len(known) == len(facts)
    rows = tuple(_row(one, norm, side) for side in norms.sides(norm, known)) if whole else ()
    kept = tuple((name, value) for name, value in typed.items() if value and name not in norm.facts)
    return Shown(
        norm.name, one.terms.text(norm.title), one.terms.text(norm.source or ""), facts, rows,
        met(norm, known) if whole else None, tuple(_enough(one, norm, known)), kept,
    )  # fmt: skip


def _fact(one: Opened, norm: Norm, name: str, value: str) -> Fact:
    wrong = bool(value) and not (value.isascii() and value.isdigit() and len(value) <= DIGITS)
    return Fact(name, one.terms.text(norm.facts[name]), value, wrong)


def _row(one: Opened, norm: Norm, side: norms.Side) -> Row:
    share = f"{side.left_value / side.right_value * 100:.1f}%" if side.right_value else "—"
    text = titled(norm, f"{side.left} {side.sign} {side.right}", one.terms)
    return Row(text, side.left_value, side.right_value, share, side.holds)


def _enough(one: Opened, norm: Norm, known: dict[str, int]) -> list[str]:
    """For each number, the least and the most with which the norm is met, the others being as given."""
    found = []
    for name, title in norm.facts.items():
        others = {other: value for other, value in known.items() if other != name}
        if len(others) != len(norm.facts) - 1:
            continue
        low, high = norms.least(norm, others, name), norms.greatest(norm, others, name)
        if low == high and low is not None:
            found.append(_("{what}正好{n}").format(what=one.terms.text(title), n=low))
            continue
        if low:
            found.append(_("{what}至少{n}").format(what=one.terms.text(title), n=low))
        if high is not None:
            found.append(_("{what}至多{n}").format(what=one.terms.text(title), n=high))
    return found


def _merge(one: Opened, typed: str) -> Merge | None:
    """Neighbouring communities put together up to the largest size the norm of households alone allows (BT-05)."""
    alone = [norm for norm in one.charter.norms.values() if tuple(norm.facts) == (HOUSEHOLDS,)]
    most = norms.greatest(alone[0], {}, HOUSEHOLDS) if alone else None
    if most is None:
        return None
    numbers = re.split(r"[\s,，、;；]+", typed.strip()) if typed.strip() else []
    if any(not (one_.isascii() and one_.isdigit() and len(one_) <= DIGITS) for one_ in numbers):
        return Merge(typed, most, _("只写数字，用空格或换行隔开。"))
    if len(numbers) > LONGEST:
        return Merge(typed, most, _("一次最多算{n}个社区。").format(n=LONGEST))
    sizes = [int(number) for number in numbers]
    if not sizes:
        return Merge(typed, most)
    groups = norms.merged(sizes, most)
    return Merge(typed, most, "", len(sizes), len(groups), norms.change(len(sizes), len(groups)), tuple(groups))
