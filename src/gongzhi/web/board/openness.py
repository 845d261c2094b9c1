"""Two pages about the program itself: which personal data it holds and why, and what it refuses to do."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Charter
from gongzhi.web.access import requires
from gongzhi.web.board.purposes import PLAIN, TABLES, field_text, table_of
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.say import charter_here
from gongzhi.words.derivation import span_text
from gongzhi.words.terms import Terms

__all__ = ["personal_data", "personal_fields", "refused"]


def personal_tables() -> list[dict[str, Any]]:
    """Every table of personal data with its fields, read from the program itself: nothing can be left out."""
    return [{"table": table_of(model.__name__), "fields": personal_fields(model)} for model in TABLES]


def personal_fields(model: type[Model]) -> list[str]:
    """The fields of a table in plain words."""
    return [field_text(model.__name__, one.name) for one in model._meta.concrete_fields if one.name not in PLAIN]


def charter_fields(charter: Charter) -> list[dict[str, str]]:
    """Personal facts that the charter's procedures ask for, each with purpose, ground and time."""
    terms, found = Terms(charter), []
    for procedure in charter.procedures.values():
        for field in procedure.fields.values():
            if field.class_ != "plain":
                found.append(
                    {
                        "name": terms.field(procedure, field.name),
                        "procedure": terms.procedure(procedure.name),
                        "purpose": field.purpose or "",
                        "basis": field.basis or "",
                        "keep": span_text(field.keep.n, field.keep.unit) if field.keep else "",
                    }
                )
    return found


@requires("public")
@require_GET
def personal_data(request: HttpRequest) -> HttpResponse:
    """Every personal field, what for, on which ground, for how long."""
    charter = charter_here(community_of(request))
    return show(request, "board/personal_data.html", tables=personal_tables(), asked=charter_fields(charter))


@requires("public")
@require_GET
def refused(request: HttpRequest) -> HttpResponse:
    """What was asked for somewhere and is not built, and why."""
    return show(request, "board/refused.html")
