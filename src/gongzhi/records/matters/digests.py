"""The daily digest: one page with the heads of all matters that had acts, chained to the page before."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.store import canonical
from gongzhi.records.matters.chain import GENESIS, sha256
from gongzhi.records.matters.models import AccessLog, Act, DailyDigest

CHUNK = 2000
Head = tuple[str, int, str]  # number, seq, hash


@dataclass(frozen=True, slots=True)
class Span:
    """Which acts and readings a page covers: those after the page before, up to and including these ids."""

    after_act: int
    last_act: int
    after_access: int
    last_access: int


def make_digest(day: date, now: datetime) -> DailyDigest | None:
    """The page of a day, stored and written to its file. None when there is one for this day or a later one, or
    nothing was ever recorded before the day's end.

    It covers every act with an id up to the last one recorded before the day ended, so no act falls between two
    pages. Make it some minutes after midnight: until then a slow transaction may still be on its way.
    """
    before = DailyDigest.objects.order_by("-day").first()
    if before is not None and before.day >= day:
        return None
    span = _span(before, day)
    if before is None and span.last_act == 0:
        return None
    heads = sorted(_heads(span))
    count, root = access_root(span)
    page = DailyDigest(
        day=day,
        previous=before.root if before else GENESIS,
        matters=len(heads),
        acts=acts_in(span),
        last_act=span.last_act,
        last_access=span.last_access,
        access_count=count,
        access_root=root,
        heads=canonical(heads),
        made_at=now,
    )
    page.root = root_of(page)
    page.save()
    publish(page)
    return page


def _span(before: DailyDigest | None, day: date) -> Span:
    end = datetime.combine(day + timedelta(days=1), time(), CHINA)
    act = Act.objects.filter(recorded_at__lt=end).order_by("-pk").values_list("pk", flat=True).first()
    read = AccessLog.objects.filter(at__lt=end).order_by("-pk").values_list("pk", flat=True).first()
    first_act, first_read = (before.last_act, before.last_access) if before else (0, 0)
    return Span(first_act, max(act or 0, first_act), first_read, max(read or 0, first_read))


def span_of(page: DailyDigest, before: DailyDigest | None) -> Span:
    """What a stored page covers."""
    return Span(
        before.last_act if before else 0,
        page.last_act,
        before.last_access if before else 0,
        page.last_access,
    )


def acts_in(span: Span) -> int:
    return Act.objects.filter(pk__gt=span.after_act, pk__lte=span.last_act).count()


def _heads(span: Span) -> list[Head]:
    newest: dict[str, Head] = {}
    rows = Act.objects.filter(pk__gt=span.after_act, pk__lte=span.last_act).order_by("pk")
    for number, seq, digest in rows.values_list("matter__number", "seq", "hash").iterator(CHUNK):
        if number not in newest or newest[number][1] < seq:
            newest[number] = (number, seq, digest)
    return list(newest.values())


def access_root(span: Span) -> tuple[int, str]:
    """How many readings, and one hash over all of them in order."""
    digest, count = hashlib.sha256(), 0
    rows = AccessLog.objects.filter(pk__gt=span.after_access, pk__lte=span.last_access).order_by("pk")
    for row in rows.iterator(CHUNK):
        stamp = row.at.astimezone(CHINA).isoformat()
        line = (row.pk, stamp, row.reader, row.role, row.reason, row.matter_id, row.subject_id)
        digest.update(json.dumps(line).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()


def root_of(page: DailyDigest) -> str:
    """The hash of a whole page."""
    return sha256(canonical(_page(page)))


def _page(page: DailyDigest) -> dict[str, Any]:
    return {
        "day": page.day.isoformat(),
        "previous": page.previous,
        "matters": page.matters,
        "acts": page.acts,
        "last_act": page.last_act,
        "last_access": page.last_access,
        "access_count": page.access_count,
        "access_root": page.access_root,
        "heads": json.loads(page.heads),
    }


def publish(page: DailyDigest) -> Path:
    """Write the page as a file, for others to copy: what is outside cannot be changed from inside."""
    path = folder() / f"{page.day.isoformat()}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    with beside.open("w", encoding="utf-8") as file:
        file.write(canonical({"root": page.root, **_page(page)}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path


def folder() -> Path:
    return Path(settings.GONGZHI_HOME) / "digests"


def published_roots() -> Iterator[tuple[date, str]]:
    """Day and root of every published file; a file that cannot be read has an empty root."""
    for path in sorted(folder().glob("????-??-??.json")):
        yield date.fromisoformat(path.stem), _published_root(path)


def _published_root(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["root"])
    except (ValueError, KeyError, TypeError):
        return ""
