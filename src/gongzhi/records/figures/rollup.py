"""From the log to the tallies: matter by matter as acts come, or all anew; both give the same rows.

A matter's share of the tallies follows from its acts alone. What it added before is counted again from the acts up to
then and taken away, so nothing has to be remembered but how far it was counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from gongzhi.core.charter.spec import Charter
from gongzhi.core.indicator.happenings import LogLine, Subject, tallies
from gongzhi.records.figures.models import Counted, CountedUpTo, Tally
from gongzhi.records.institutions.codes import WIDTH
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.models import Act, Matter

OVERLAP = 1000  # acts looked at again: a transaction that began earlier may end later
BATCH = 200
MATTER = (
    "pk", "seq", "place__path", "kind", "procedure", "channel", "parent_id", "charter_version__name",
    "charter_version__digest",
)  # fmt: skip


class Key(NamedTuple):
    """One row of the tallies. `place` is the code of the community, or of the place itself above communities."""

    place: str
    charter: str
    organ: str
    procedure: str
    month: Any
    name: str
    kind: str
    hours: int


Rows = Counter[Key]


def count_new(now: datetime) -> int:
    """Count what was done since the last time; the number of matters looked at. Safe to repeat, safe to come late."""
    mark, _ = CountedUpTo.objects.get_or_create(pk=1)
    newest = Act.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if newest == mark.act:
        return 0
    touched = Act.objects.filter(pk__gt=mark.act - OVERLAP, pk__lte=newest).values_list("matter_id", flat=True)
    done = sum(_count(batch) for batch in _batches(sorted(set(touched))))
    CountedUpTo.objects.filter(pk=1).update(act=newest, at=now)
    return done


def rebuild(now: datetime) -> int:
    """Throw the tallies away and count the whole log; the number of rows."""
    with transaction.atomic():
        newest = Act.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        rows: Rows = Counter()
        marks = []
        for batch in _batches(Matter.objects.order_by("pk").values_list("pk", flat=True).iterator()):
            for matter, log in _read(batch):
                rows.update(_of_matter(matter, log))
                marks.append(Counted(matter_id=matter[0], seq=len(log)))
        Tally.objects.all().delete()
        Counted.objects.all().delete()
        Counted.objects.bulk_create(marks, batch_size=1000)
        places = _places({key.place for key in rows})
        Tally.objects.bulk_create((_row(key, n, places) for key, n in rows.items() if n), batch_size=500)
        CountedUpTo.objects.update_or_create(pk=1, defaults={"act": newest, "at": now})
    return Tally.objects.count()


def recounted() -> Rows:
    """What the log gives as far as it is counted: the audit compares it with the stored rows."""
    rows: Rows = Counter()
    seqs = dict(Counted.objects.values_list("matter_id", "seq"))
    for batch in _batches(sorted(seqs)):
        for matter, log in _read(batch):
            rows.update(_of_matter(matter, log[: seqs[matter[0]]]))
    return +rows


def stored() -> Rows:
    """The rows as they stand."""
    fields = ("place__code", "charter", "organ", "procedure", "month", "name", "kind", "hours", "n")
    return Counter({Key(*row[:-1]): row[-1] for row in Tally.objects.values_list(*fields).iterator()})


def _count(pks: Sequence[int]) -> int:
    """Bring some matters up to date, all or none."""
    with transaction.atomic():
        change: Rows = Counter()
        marks = []
        before = dict(Counted.objects.filter(pk__in=pks).values_list("matter_id", "seq"))
        for matter, log in _read(pks):
            old = before.get(matter[0], 0)
            if old == len(log):
                continue
            change.update(_of_matter(matter, log))
            change.subtract(_of_matter(matter, log[:old]))
            marks.append(Counted(matter_id=matter[0], seq=len(log)))
        _apply(change)
        Counted.objects.bulk_create(
            marks, update_conflicts=True, update_fields=["seq"], unique_fields=["matter"], batch_size=500
        )
    return len(marks)


def _apply(change: Rows) -> None:
    places = _places({key.place for key in change})
    for key, n in change.items():
        if n == 0:
            continue
        where = _columns(key, places)
        found = Tally.objects.filter(**where).first()
        left = (found.n if found else 0) + n
        if found is None:
            Tally.objects.create(**where, n=left)
        elif left == 0:
            found.delete()
        else:
            Tally.objects.filter(pk=found.pk).update(n=left)


def _row(key: Key, n: int, places: dict[str, int]) -> Tally:
    return Tally(**_columns(key, places), n=n)


def _columns(key: Key, places: dict[str, int]) -> dict[str, Any]:
    values = key._asdict()
    return {"place_id": places[values.pop("place")], **values}


def _places(codes: Iterable[str]) -> dict[str, int]:
    return dict(Place.objects.filter(code__in=list(codes)).values_list("code", "pk"))


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for pk in pks:
        batch.append(pk)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(pks: Sequence[int]) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """Matters with their logs, in two queries."""
    logs: dict[int, list[tuple[Any, ...]]] = {}
    acts = Act.objects.filter(matter_id__in=pks).order_by("matter_id", "seq")
    for matter_id, *row in acts.values_list("matter_id", "kind", "at", "organ", "payload", "outcome").iterator():
        logs.setdefault(matter_id, []).append(tuple(row))
    for matter in Matter.objects.filter(pk__in=pks).order_by("pk").values_list(*MATTER):
        yield matter, logs.get(matter[0], [])


def _of_matter(matter: tuple[Any, ...], log: Sequence[tuple[Any, ...]]) -> Rows:
    if not log:
        return Counter()
    _pk, _seq, path, of, procedure, channel, parent, charter, digest = matter
    first = json.loads(log[0][3]).get("charter") or digest
    handed = is_handed(charter_by_digest(first), procedure, of, str(log[0][2]))
    subject = Subject(procedure, of, handed, channel == "import", parent is not None)
    lines = [LogLine(kind, at, json.loads(outcome)["effects"]) for kind, at, _organ, _payload, outcome in log]
    place = path[:WIDTH].ljust(WIDTH, "0")
    found = tallies(subject, lines).items()
    return Counter(
        {Key(place, charter, one.organ, procedure, one.month, one.name, one.kind, one.hours): n for one, n in found}
    )


def is_handed(charter: Charter, procedure: str, of: str, filer: str) -> bool:
    """Is it work that an office of the state gave to the community (QY-01: 90 %, CY-31)?

    It is where an organ of kind `government` files a task or a check, or where only such organs may file it at all.
    """
    offices = {name for name, organ in charter.organs.items() if organ.kind == "government"}
    declared = charter.procedures.get(procedure)
    files = {name.partition(".")[0] for name in declared.files} if declared else set()
    return filer in offices or (of == "task" and bool(files) and files <= offices)
