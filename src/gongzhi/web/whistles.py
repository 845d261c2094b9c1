"""Whistles as every face shows them: who was called, who came, who may not leave, to whom silence was reported."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Prefetch, QuerySet

from gongzhi.core.whistle import Call, Standing, bound, calls, counted, raised
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Act, Matter
from gongzhi.words.terms import Terms

__all__ = ["Blown", "blown", "standings", "whistles_of"]


@dataclass(frozen=True, slots=True)
class Blown:
    """One whistle with the titles a page shows; `step`: where it stands, or how it ended."""

    matter: Matter
    calls: tuple[tuple[Call, str], ...]
    ratings: tuple[tuple[Call, str], ...]
    bound: tuple[str, ...]
    raised: tuple[tuple[str, datetime], ...]
    step: str
    terms: Terms

    def late(self, at: datetime) -> bool:
        """Somebody did not come in time, or is on the way with the time over."""
        return any(one.state == "missing" or (one.due is not None and one.due < at) for one, _title in self.calls)


def whistles_of(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """These matters as far as they are whistles, newest first, with what `blown` reads: two queries."""
    acts = Prefetch("acts", Act.objects.order_by("seq").only("matter_id", "seq", "outcome"))
    found = rows.filter(kind="whistle").select_related("place", "answers", "charter_version")
    return found.prefetch_related(acts).order_by("-filed_at", "-pk")


def blown(matter: Matter) -> Blown:
    """A whistle read from its log."""
    charter, case = charter_by_digest(matter.charter_version.digest), read_state(matter.state)
    effects = list(chain.from_iterable(json.loads(act.outcome)["effects"] for act in matter.acts.all()))
    terms, procedure = Terms(charter), charter.procedures[case.procedure]
    called, rated = calls(charter, case, effects), calls(charter, case, effects, "rating")
    return Blown(
        matter,
        tuple((one, terms.organ(one.organ)) for one in called),
        tuple((one, terms.organ(one.organ)) for one in rated),
        tuple(terms.organ(organ) for organ in bound(charter, case, called)),
        tuple((terms.organ(organ), at) for organ, at in raised(effects)),
        terms.end(procedure, matter.end) if matter.end else terms.step(procedure, matter.step),
        terms,
    )


def standings(found: Iterable[Blown]) -> list[dict[str, Any]]:
    """Calls by organ, those most often missing first."""
    rows = list(found)
    titles = {call.organ: title for one in rows for call, title in one.calls}
    counts: list[Standing] = counted(call for one in rows for call, _title in one.calls)
    return [{"title": titles[row.organ], "row": row} for row in counts]
