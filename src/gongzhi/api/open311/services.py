"""What can be asked for: a category that residents may file under is a service, its questions the attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.api.open311.answers import Fault, answered
from gongzhi.core.charter.institution import Category, Field
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.propose import choosable
from gongzhi.records.institutions.models import CharterVersion, Place
from gongzhi.records.institutions.queries import charter_for, charter_of, find_place
from gongzhi.records.institutions.served import communities
from gongzhi.web import clock
from gongzhi.words.terms import Terms

__all__ = ["Jurisdiction", "definition", "discovery", "jurisdiction_of", "questions", "service_of", "services"]

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-22T00:00:00+08:00"  # when these addresses last changed
DATATYPES = {
    "yesno": "singlevaluelist", "choice": "singlevaluelist", "organ": "singlevaluelist", "number": "number",
    "money": "number", "date": "datetime",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A community with the charter in force there."""

    place: Place
    version: CharterVersion
    charter: Charter

    @property
    def terms(self) -> Terms:
        return Terms(self.charter)


def jurisdiction_of(wanted: str) -> Jurisdiction:
    """The community of a division code or short name; empty: the first one served here. Raises Fault 404."""
    now = clock.now()
    place = find_place(wanted) if wanted else next(iter(communities(now)), None)
    version = charter_for(place, now) if place else None
    if place is None or version is None:
        raise Fault(404, _("没有这个 jurisdiction_id：%(id)s。") % {"id": wanted})
    return Jurisdiction(place, version, charter_of(version))


@answered("GET")
def discovery(request: HttpRequest) -> tuple[str, Any]:
    """Which versions of the standard are served where."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": request.build_absolute_uri("/open311/v2"),
        "changeset": CHANGED,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    return "discovery", {
        "changeset": CHANGED,
        "contact": request.build_absolute_uri("/help/phone"),
        "key_service": request.build_absolute_uri("/api/v1/docs"),
        "endpoints": [endpoint],
    }


@answered("GET")
def services(request: HttpRequest) -> tuple[str, Any]:
    """Every category a resident may file under."""
    here = jurisdiction_of(request.GET.get("jurisdiction_id", ""))
    return "services", [_service(here, one) for one in choosable(here.charter)]


@answered("GET")
def definition(request: HttpRequest, code: str) -> tuple[str, Any]:
    """What has to be answered when filing under a category."""
    here = jurisdiction_of(request.GET.get("jurisdiction_id", ""))
    asked = questions(here.charter, service_of(here, code))
    attributes = [_attribute(here, order, one) for order, one in enumerate(asked, 1)]
    return "service_definition", {"service_code": code, "attributes": attributes}


def service_of(here: Jurisdiction, code: str) -> Category:
    """The category of a service code. Raises Fault 404."""
    for one in choosable(here.charter):
        if one.name == code:
            return one
    raise Fault(404, _("没有这个 service_code：%(code)s。") % {"code": code})


def questions(charter: Charter, category: Category) -> list[Field]:
    """The facts that the procedure asks for when a matter is filed."""
    procedure = charter.procedures[category.procedure or ""]
    return [one for one in procedure.fields.values() if one.given == "filing"]


def _service(here: Jurisdiction, category: Category) -> dict[str, Any]:
    return {
        "service_code": category.name,
        "service_name": here.terms.category(category.name),
        "description": here.terms.procedure(category.procedure or ""),
        "metadata": bool(questions(here.charter, category)),
        "type": "realtime",
        "keywords": ",".join(category.words),
        "group": here.terms.procedure(category.procedure or ""),
    }


def _attribute(here: Jurisdiction, order: int, one: Field) -> dict[str, Any]:
    options = _options(here, one)
    return {
        "variable": True,
        "code": one.name,
        "datatype": DATATYPES.get(one.type, "text"),
        "required": True,
        "datatype_description": None,
        "order": order,
        "description": here.terms.text(one.title),
    } | ({"values": options} if options else {})


def _options(here: Jurisdiction, one: Field) -> list[dict[str, str]]:
    if one.type == "yesno":
        return [{"key": "true", "name": _("是")}, {"key": "false", "name": _("否")}]
    if one.type == "organ":
        return [{"key": name, "name": here.terms.organ(name)} for name in here.charter.organs]
    return [{"key": key, "name": here.terms.text(title)} for key, title in one.choices.items()]
