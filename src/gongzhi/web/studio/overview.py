"""The list of charters, and what one is: its size, numbers, texts to take away, and where it is in force."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.records.institutions.models import Adoption, CharterVersion
from gongzhi.records.institutions.queries import charter_for
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.studio import labels
from gongzhi.web.studio.page import Opened, home_of, opened, show
from gongzhi.web.studio.promises import promises
from gongzhi.web.studio.proof import summary
from gongzhi.web.studio.readme import readme
from gongzhi.web.studio.sources import Head, head_of, heads, key_of
from gongzhi.words.terms import english

__all__ = ["charter", "download", "index"]

SHOWN = 20  # places at most that a page lists
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same for every file, so that the same text gives the same archive


def titled(head: Head) -> dict[str, Any]:
    """A charter in a list."""
    return {"key": head.key, "name": head.name, "version": head.version, "procedures": head.procedures,
            "title": head.english if english() and head.english else head.title}  # fmt: skip


@requires("public")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Charters in force, with the reader's own first, and those that come with the program."""
    place = home_of(request)
    here = charter_for(place, now()) if place else None
    own = here.pk if here else 0
    versions = sorted(_in_force(), key=lambda one: (one.pk != own, one.name))
    rows = [{**titled(head_of(one)), "places": one.places, "start": one.first, "here": one.pk == own}
            for one in versions]  # fmt: skip
    return show(request, "studio/index.html", rows=rows, shipped=[titled(head) for head in heads()])


def _in_force() -> list[Any]:
    current = Q(adoptions__start__lte=now()) & (Q(adoptions__end=None) | Q(adoptions__end__gt=now()))
    counted = CharterVersion.objects.defer("source").annotate(
        places=Count("adoptions__place", filter=current, distinct=True), first=Min("adoptions__start", filter=current)
    )
    return list(counted.filter(places__gt=0))


@requires("public")
@require_GET
def charter(request: HttpRequest, key: str) -> HttpResponse:
    """One charter: what it is, how large, its numbers with where they come from, where it is in force."""
    one = opened(key)
    adopted = list(_adopted(one))
    levels = [labels.label(labels.LEVELS, at) for at in one.charter.places]
    return show(
        request, "studio/charter.html", one, adopted=adopted[:SHOWN], more=max(0, len(adopted) - SHOWN),
        parameters=list(_parameters(one)), proof=summary(one), levels=levels,
        steps=sum(len(found.steps) for found in one.charter.procedures.values()),
        seats=sum(len(organ.seats) for organ in one.charter.organs.values()),
        shipped="@" not in key, others=_versions(one), promises=promises(one),
        readme=readme(one.study.name) if "@" not in key else [],
    )  # fmt: skip


def _adopted(one: Opened) -> Any:
    rows = Adoption.objects.filter(charter_version__digest=one.charter.digest).select_related("place")
    return rows.order_by("-start", "place__code")[: SHOWN + 200]


def _versions(one: Opened) -> list[dict[str, Any]]:
    """Stored versions of the same name, newest first."""
    rows = CharterVersion.objects.filter(name=one.study.name).defer("source").order_by("-stored_at")[:SHOWN]
    return [{"key": key_of(row), "version": row.version, "digest": row.digest, "stored": row.stored_at,
             "same": row.digest == one.charter.digest} for row in rows]  # fmt: skip


def _parameters(one: Opened) -> Any:
    for name, value in one.charter.parameters.items():
        title = one.study.parameters.get(name, name)
        yield {"name": name, "title": one.terms.text(title), "value": labels.value(value), "note": _note(one, name)}


def _note(one: Opened, name: str) -> str:
    """What the charter's writer said beside a number: the remark at the end of its line."""
    where = one.study.lines.where(f"parameters.{name}")
    lines = one.study.text(where.file)
    line = lines[where.line - 1] if 0 < where.line <= len(lines) and where.line else ""
    if name not in line:
        line = next((text for text in lines if text.strip().startswith(f"{name}:")), "")
    return line.partition(" # ")[2].strip()


@requires("public")
@require_GET
def download(request: HttpRequest, key: str) -> HttpResponse:
    """All files of the charter and of the law beside it, in one archive."""
    one = opened(key)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in sorted(one.study.source.items()):
            archive.writestr(zipfile.ZipInfo(path, LONG_AGO), text.encode())
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{key.replace("@", "-")}.zip"'
    return answer
