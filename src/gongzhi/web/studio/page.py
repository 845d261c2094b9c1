"""What every page of one charter has in common: which charter, its parts, and how it is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.records.institutions.models import Place
from gongzhi.web.access import reader
from gongzhi.web.clock import now
from gongzhi.web.page import community_of
from gongzhi.web.studio.sources import Study, study
from gongzhi.words.terms import Terms

__all__ = ["Opened", "chosen", "home_of", "opened", "options", "show"]


@dataclass(frozen=True)
class Opened:
    """A charter somebody looks at. `terms` gives its names in the reader's language."""

    key: str
    study: Study
    terms: Terms

    @property
    def charter(self) -> Charter:
        return self.terms.charter

    def procedure(self, name: str) -> Procedure:
        """One of its procedures; 404 where there is none of that name."""
        if name not in self.charter.procedures:
            raise Http404("no such procedure")
        return self.charter.procedures[name]


def opened(key: str) -> Opened:
    """The charter of a key; 404 where there is none. One that cannot be read opens empty, with its findings."""
    found = study(key)
    if found is None:
        raise Http404("no such charter")
    charter = found.charter or Charter(found.name, found.name, 0, (), {}, {})
    return Opened(key, found, Terms(charter))


def home_of(request: HttpRequest) -> Place | None:
    """The reader's community; None before any has adopted a charter."""
    try:
        return community_of(request)
    except Http404:
        return None


def show(request: HttpRequest, template: str, one: Opened | None = None, **context: Any) -> HttpResponse:
    """A page of the studio; with `one`, a page of that charter."""
    community = home_of(request)
    shared: dict[str, Any] = {
        "place_name": community.name if community else "",
        "community": community,
        "person": reader(request),
        "now": now(),
        "section_nav": _sections(),
    }
    if one is not None:
        shared |= {"one": one, "charter": one.charter, "terms": one.terms, "title": one.terms.text(one.charter.title),
                   "tabs": _tabs(request, one)}  # fmt: skip
    return render(request, template, {**shared, **context})


def _sections() -> list[dict[str, object]]:
    names = [(_("首页"), "home"), (_("我的事"), "my_matters"), (_("公开栏"), "board")]
    names.append((pgettext("studio", "章程"), "studio"))
    return [{"text": text, "href": reverse(name), "current": name == "studio"} for text, name in names]


def _tabs(request: HttpRequest, one: Opened) -> list[dict[str, object]]:
    names = [
        (_("概要"), "studio_charter"),
        (pgettext("studio", "机构关系"), "studio_organs"),
        (pgettext("studio", "程序"), "studio_procedures"),
        (_("检查结果"), "studio_findings"),
        (_("剧本"), "studio_stories"),
    ]
    names += [(_("配备标准"), "studio_norms")] if one.charter.norms else []
    found = [{"text": text, "href": reverse(name, args=[one.key])} for text, name in names]
    found.append({"text": _("版本对比"), "href": f"{reverse('studio_compare')}?a={one.key}"})
    fitting = [item for item in found if request.path.startswith(item["href"].partition("?")[0])]
    current = max(fitting, key=lambda item: len(item["href"]), default=None)
    return [{**item, "current": item is current} for item in found]


def chosen(request: HttpRequest, name: str, known: set[str] | frozenset[str]) -> str:
    """A filter of the address; anything unknown is no filter."""
    wanted = request.GET.get(name, "")
    return wanted if wanted in known else ""


def options(pairs: list[tuple[str, str]], first: str) -> list[dict[str, str]]:
    """What a filter offers, with the choice of all first."""
    return [{"value": "", "text": first}, *({"value": value, "text": text} for value, text in pairs)]
