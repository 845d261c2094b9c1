"""`gongzhi audit`: every matter replayed, every chain and published digest verified, in constant memory."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from gongzhi.desk.replay import Broken, Replay
from gongzhi.desk.writing import writing
from gongzhi.records.figures import rollup
from gongzhi.records.funds import queries as funds
from gongzhi.records.funds.models import FundBook
from gongzhi.records.matters import digests, queries
from gongzhi.records.matters.chain import GENESIS, RECEIPT_DIGITS, plain_code
from gongzhi.records.matters.models import Act, DailyDigest, Matter, Todo, Words
from gongzhi.records.matters.numbers import tidy

BATCH = 200
HEADS = 500
Progress = Callable[[int, int], None]  # matters done, matters in all


@dataclass
class Report:
    """What the audit saw. `broken` is empty when every record fits its log."""

    matters: int = 0
    acts: int = 0
    broken: list[Broken] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The one object of `gongzhi audit --json`."""
        return {"matters": self.matters, "acts": self.acts, "broken": [asdict(one) for one in self.broken]}


def audit(progress: Progress | None = None) -> Report:
    """Check everything that can be checked. Others may work meanwhile: what looks broken is looked at again."""
    report, total = Report(), Matter.objects.count()
    for matters in _batches():
        found, acts = _check(matters)
        for number in sorted({one.matter for one in found}):
            report.broken += _again(number)
        report.matters += len(matters)
        report.acts += acts
        if progress:
            progress(report.matters, total)
    report.broken += _orphans()
    report.broken += _pages()
    report.broken += _figures()
    report.broken += _books()
    return report


def audit_matter(number: str) -> list[Broken]:
    """Check one matter."""
    return _again(number)


def _batches() -> Iterator[list[Matter]]:
    last = 0
    while True:
        rows = Matter.objects.filter(pk__gt=last).order_by("pk")
        rows = rows.select_related("charter_version").defer("charter_version__source")
        found = list(rows[:BATCH])
        if not found:
            return
        last = found[-1].pk
        yield found


def _check(matters: Sequence[Matter]) -> tuple[list[Broken], int]:
    """Four queries for a batch, however many acts it has."""
    acts = _by_matter(Act.objects.filter(matter__in=matters).order_by("matter_id", "seq"))
    words = _by_matter(Words.objects.filter(matter__in=matters).only("matter_id", "act_id", "digest"))
    todos = _by_matter(Todo.objects.filter(matter__in=matters))
    broken: list[Broken] = []
    for matter in matters:
        replay = Replay(matter)
        broken += replay.acts(acts[matter.pk])
        broken += replay.todos(todos[matter.pk])
        broken += replay.words(words[matter.pk])
    return broken, sum(len(rows) for rows in acts.values())


def _by_matter(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.matter_id].append(row)
    return found


def _again(number: str) -> list[Broken]:
    """Look at one matter alone and locked, so that a step taken in between is not reported as damage."""
    with writing():
        matter = queries.locked(number)
        return _check([matter])[0] if matter else [Broken(number, 0, "missing")]


def _orphans() -> list[Broken]:
    rows = Act.objects.filter(~Exists(Matter.objects.filter(pk=OuterRef("matter_id"))))
    return [Broken("", act.seq, "orphan") for act in rows.order_by("pk")[:HEADS]]


# --- published digests ---


def _pages() -> Iterator[Broken]:
    before: DailyDigest | None = None
    published = dict(digests.published_roots())
    for page in DailyDigest.objects.order_by("day").iterator(1):
        yield from _page(page, before)
        if published.pop(page.day, page.root) != page.root:
            yield Broken("", 0, f"published:{page.day}")
        before = page
    for day in published:
        yield Broken("", 0, f"page_missing:{day}")


def _page(page: DailyDigest, before: DailyDigest | None) -> Iterator[Broken]:
    if page.root != digests.root_of(page):
        yield Broken("", 0, f"page:{page.day}")
    if page.previous != (before.root if before else GENESIS):
        yield Broken("", 0, f"page_link:{page.day}")
    span = digests.span_of(page, before)
    if digests.acts_in(span) != page.acts:
        yield Broken("", 0, f"page_acts:{page.day}")
    if digests.access_root(span) != (page.access_count, page.access_root):
        yield Broken("", 0, f"page_access:{page.day}")
    heads = json.loads(page.heads)
    for start in range(0, len(heads), HEADS):
        yield from _heads(heads[start : start + HEADS])


def _heads(heads: list[list[Any]]) -> Iterator[Broken]:
    """Every published head is still in the log: a matter or a tail that was cut off is missed here."""
    numbers = {number for number, _, _ in heads}
    known = set(Matter.objects.filter(number__in=numbers).values_list("number", flat=True))
    hashes = {digest for _, _, digest in heads}
    rows = Act.objects.filter(matter__number__in=known, hash__in=hashes)
    kept = set(rows.values_list("matter__number", "seq", "hash"))
    for number, seq, digest in heads:
        if number not in known:
            yield Broken(number, seq, "digest:matter_missing")
        elif (number, seq, digest) not in kept:
            yield Broken(number, seq, "digest:head_missing")


# --- figures ---


def _figures() -> list[Broken]:
    """Tallies that differ from what the log gives, looked at in one moment so that the worker is not in between."""
    with writing():
        kept, told = rollup.stored(), rollup.recounted()
    wrong = {(key.place, key.month) for key in kept.keys() | told.keys() if kept[key] != told[key]}
    return [Broken("", 0, f"figures:{place}:{month:%Y-%m}") for place, month in sorted(wrong)[:HEADS]]


# --- books of money ---


def _books() -> Iterator[Broken]:
    """The proof of `gongzhi funds check` for every book: balance, no gap, no changed entry, sums as entries say."""
    for book in FundBook.objects.select_related("place", "organ").order_by("pk"):
        if not any(funds.check(book)):
            continue
        with writing():  # looked at again, so that an entry booked meanwhile is not taken for damage
            again = list(funds.check(book))
        for wrong in again:
            where = f"funds:{book.place.code}:{book.organ.organ}:{wrong.year}:{wrong.code}"
            yield Broken("", wrong.number, where)


# --- receipts ---


@dataclass(frozen=True, slots=True)
class Verdict:
    """`consistent`: the receipt's act is in the log and the log is whole. `inconsistent`: it is not, or the log
    was changed. `unknown`: no such number (perhaps mistyped; a valid number that is gone is inconsistent)."""

    verdict: str
    seq: int = 0
    at: datetime | None = None


def verify_receipt(number: str, code: str) -> Verdict:
    """Does a receipt still fit the log? `code` is what it shows: the first twenty digits of its act's hash, or all."""
    tidied, wanted = tidy(number), plain_code(code)
    if tidied is None or len(wanted) < RECEIPT_DIGITS or not set(wanted) <= set("0123456789abcdef"):
        return Verdict("unknown")
    matter = queries.by_number(tidied)
    if matter is None:
        return Verdict("inconsistent")
    act = matter.acts.filter(hash__startswith=wanted).first()
    if act is None or audit_matter(tidied):
        return Verdict("inconsistent")
    return Verdict("consistent", act.seq, act.at)
