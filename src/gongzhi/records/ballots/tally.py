"""The sealed tally of a secret ballot: one stroke added to one of a few sealed sheets, and nothing else kept.

A sheet is a table `way of marking -> how often`. Each vote opens a sheet drawn by chance, adds one, and seals the
whole sheet again under a new nonce; so no row, no order and no time of a single vote exists to be joined to a mark.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterable

from gongzhi.records.ballots.models import Ballot, TallySheet

SHEETS = 8  # so many votes can be entered at the same moment

Choice = tuple[str, ...]  # the answer to each item in order; several options of one item are joined by "+"


def lay_out(ballot: Ballot) -> None:
    """Empty sheets for a ballot that opens."""
    TallySheet.objects.bulk_create(TallySheet(ballot=ballot, shard=n, sealed="{}") for n in range(SHEETS))


def add(ballot: Ballot, choice: Choice, times: int = 1) -> None:
    """One stroke more (inside the transaction that marks who voted)."""
    sheet = TallySheet.objects.select_for_update().get(ballot=ballot, shard=secrets.randbelow(SHEETS))
    strokes: dict[str, int] = json.loads(sheet.sealed)
    key = pack(choice)
    strokes[key] = strokes.get(key, 0) + times
    sheet.sealed = json.dumps(strokes, sort_keys=True)
    sheet.save(update_fields=["sealed"])


def total(ballot: Ballot) -> Counter[Choice]:
    """All sheets together: only for counting, after the ballot has closed."""
    found: Counter[Choice] = Counter()
    for sheet in TallySheet.objects.filter(ballot=ballot).order_by("shard"):
        for key, times in json.loads(sheet.sealed).items():
            found[unpack(key)] += times
    return found


def destroy(ballot: Ballot) -> None:
    """The sheets are no longer needed: the count is published."""
    TallySheet.objects.filter(ballot=ballot).delete()


def pack(choice: Iterable[str]) -> str:
    return json.dumps(list(choice), ensure_ascii=False)


def unpack(text: str) -> Choice:
    return tuple(json.loads(text))
