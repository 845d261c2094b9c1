"""The sealed tally of a secret ballot: one stroke added to one of a few sealed sheets, and nothing else kept.

A sheet is a table `way of marking -> how often`. Each vote opens a sheet drawn by chance, adds one, and seals the
whole sheet again under a new nonce; so no row, no order and no time of a single vote exists to be joined to a mark.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterable

from django.db import connection

from gongzhi.records.ballots.models import Ballot, TallySheet
from gongzhi.records.crypto import seal, unseal

SHEETS = 8  # so many votes can be entered at the same moment
BOUND = "records_tallysheet.sealed"  # as the field of the model seals it
READ = "SELECT id, sealed FROM records_tallysheet WHERE ballot_id = %s AND shard = %s"
WRITE = "UPDATE records_tallysheet SET sealed = %s WHERE id = %s"

Choice = tuple[str, ...]  # the answer to each item in order; several options of one item are joined by "+"


def lay_out(ballot: Ballot) -> None:
    """Empty sheets for a ballot that opens."""
    TallySheet.objects.bulk_create(TallySheet(ballot=ballot, shard=n, sealed="{}") for n in range(SHEETS))


def add(ballot: Ballot, choice: Choice, times: int = 1) -> None:
    """One stroke more (inside the transaction that marks who voted). In plain SQL: every vote passes here."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        sheet = (ballot.pk, secrets.randbelow(SHEETS))
        cursor.execute(f"{READ}{lock}", sheet)
        pk, sealed = cursor.fetchone()
        strokes: dict[str, int] = json.loads(unseal(sealed, BOUND))
        key = pack(choice)
        strokes[key] = strokes.get(key, 0) + times
        cursor.execute(WRITE, (seal(json.dumps(strokes, sort_keys=True), BOUND), pk))


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
