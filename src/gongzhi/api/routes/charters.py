"""The charter in force at a place: organs, categories, procedures with their steps."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from gongzhi.api import institution
from gongzhi.api.auth import access
from gongzhi.api.lookups import place_of, version_at
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.charters import CharterOut, CharterSource, ProcedureOut
from gongzhi.records.institutions.models import CharterVersion
from gongzhi.records.institutions.queries import charter_of

router = Router(tags=["charters"])
Code = Annotated[str, Field(max_length=48)]


@router.get("/places/{code}/charter", auth=access("public"), response=CharterOut, summary="Charter of a place")
def charter(request: HttpRequest, code: Code) -> CharterOut:
    """The charter that new matters of this place follow."""
    return institution.charter(charter_of(version_at(place_of(code))))


@router.get(
    "/places/{code}/procedures/{name}", auth=access("public"), response=ProcedureOut, summary="Procedure of a place"
)
def procedure(request: HttpRequest, code: Code, name: Annotated[str, Field(max_length=120)]) -> ProcedureOut:
    """A procedure with every step: who, what, until when, and what may come next."""
    found = charter_of(version_at(place_of(code)))
    if name not in found.procedures:
        raise Problem(404, "not_found")
    return institution.procedure(found, found.procedures[name])


@router.get("/charters/{digest}", auth=access("public"), response=CharterSource, summary="Text of a charter")
def source(request: HttpRequest, digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]) -> CharterSource:
    """The exact text that a matter pins, so that anybody can replay it."""
    row = CharterVersion.objects.filter(digest=digest).first()
    if row is None:
        raise Problem(404, "charter_unknown")
    return CharterSource(name=row.name, version=row.version, digest=row.digest, files=row.source)
