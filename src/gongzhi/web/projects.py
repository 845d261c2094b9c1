"""A project as pages show it: its plan as bars, its record cards with photos, its group in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.projects.models import Milestone, ProjectMember, WorkCard
from gongzhi.web.texts import hide_numbers
from gongzhi.words.times import day_text

__all__ = ["bars_of", "cards_of", "in_numbers"]

CARDS = 50


def bars_of(stones: list[Milestone], today: date) -> list[dict[str, Any]]:
    """Milestones as bars over the whole time of the project; `x` and `wide` of a thousand."""
    if not stones:
        return []
    first = min(one.begins for one in stones)
    days = max((max(one.due for one in stones) - first).days, 1)
    return [{"stone": one, "x": 1000 * (one.begins - first).days // days,
             "wide": max(8, 1000 * (one.due - one.begins).days // days),
             "late": one.done_on is None and one.due < today} for one in stones]  # fmt: skip


def cards_of(matter: Matter, staff: bool = False) -> list[dict[str, Any]]:
    """Record cards, the latest first, each with its photos. Two queries however many there are.

    Phone numbers that somebody wrote down all the same are hidden from everybody but staff.
    """
    cards = list(matter.work_cards.order_by("-day", "-pk")[:CARDS])
    for card in () if staff else cards:
        card.done, card.problems, card.next = (hide_numbers(one) for one in (card.done, card.problems, card.next))
    photos: dict[int, list[Words]] = {}
    acts = [card.act_id for card in cards if card.act_id]
    for row in Words.objects.filter(act__in=acts, kind="photo", public=True, erased_at=None).order_by("name"):
        photos.setdefault(row.act_id, []).append(row)
    name = "work_paper" if staff else "public_paper"
    return [{"card": card, "photos": _gallery(matter, card, photos.get(card.act_id or 0, []), name)} for card in cards]


def _gallery(matter: Matter, card: WorkCard, rows: Sequence[Words], name: str) -> list[dict[str, str]]:
    found = []
    for n, row in enumerate(rows, 1):
        href = reverse(name, args=[matter.number, row.pk])
        alt = _("{day}的照片，第{n}张").format(day=day_text(card.day), n=n)
        found.append({"src": f"{href}?small", "href": href, "alt": alt})
    return found


def in_numbers(members: Sequence[ProjectMember]) -> dict[str, int]:
    """The group without anybody's name."""
    return {
        "members": len(members), "residents": sum(one.resident for one in members),
        "signed": sum(one.signed_on is not None for one in members),
    }  # fmt: skip
