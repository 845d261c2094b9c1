"""Writes: places, stored charters, adoptions, organs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongzhi.core.charter.spec import Charter
from gongzhi.records.institutions.codes import BadCode, path_of
from gongzhi.records.institutions.models import Adoption, CharterVersion, OrganInstance, Place
from gongzhi.records.institutions.nearby import forget


def add_place(code: str, name: str, level: str, parent: Place | None = None, short: str | None = None) -> Place:
    """The place of that code, made or brought up to date. Raises `BadCode` when it does not lie in `parent`."""
    path = path_of(code, level)
    if parent and not path.startswith(parent.path):
        raise BadCode(code)
    values = {"name": name, "level": level, "parent": parent, "path": path}
    if short:
        values["short"] = short
    forget()
    place, _ = Place.objects.update_or_create(code=code, defaults=values)
    return place


def store_charter(charter: Charter, source: Mapping[str, str], at: datetime) -> CharterVersion:
    """The stored version of exactly this text; storing it twice gives the same row."""
    version, _ = CharterVersion.objects.get_or_create(
        digest=charter.digest,
        defaults={
            "name": charter.name,
            "version": charter.version,
            "title": charter.title,
            "source": dict(source),
            "stored_at": at,
        },
    )
    return version


@transaction.atomic
def put_in_force(version: CharterVersion, place: Place, at: datetime, by: str) -> Adoption:
    """The place follows `version` from `at` on; the version before ends then. Repeating it changes nothing."""
    forget()
    before = Adoption.objects.select_for_update().filter(place=place, charter=version.name, end=None).first()
    if before and before.charter_version_id == version.pk:
        return before
    if before:
        before.end = at
        before.save(update_fields=["end"])
    return Adoption.objects.create(place=place, charter=version.name, charter_version=version, start=at, by=by)


def found_organ(charter: Charter, organ: str, place: Place, title: str = "") -> OrganInstance:
    """The living instance of an organ type at a place; its title is made of both names unless given."""
    forget()
    instance, made = OrganInstance.objects.get_or_create(
        organ=organ,
        place=place,
        charter=charter.name,
        dissolved_at=None,
        defaults={"title": title or joined_title(place.name, charter.organs[organ].title)},
    )
    if title and not made and instance.title != title:
        instance.title = title
        instance.save(update_fields=["title"])
    return instance


def dissolve_organ(instance: OrganInstance, at: datetime) -> None:
    """The organ ends at `at`; matters it took part in keep its name."""
    forget()
    instance.dissolved_at = at
    instance.save(update_fields=["dissolved_at"])


def joined_title(place: str, organ: str) -> str:
    """A place's name and an organ's, with what both say written once (某某街道 + 街道办事处 = 某某街道办事处)."""
    shared = next((n for n in range(len(organ), 0, -1) if place.endswith(organ[:n])), 0)
    return place + organ[shared:]
