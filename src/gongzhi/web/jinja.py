"""The one environment of our pages: escaped, translated, with the components of GOV.UK Frontend and our filters.

Names that pages may use without importing are listed in README.md beside this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static as django_static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from gongzhi.web.accounts.session import session_ends
from gongzhi.web.addresses import url_or
from gongzhi.web.clock import now as clock_now
from gongzhi.web.diagram import layout
from gongzhi.web.display import read_display
from gongzhi.web.sentences import script_words
from gongzhi.words import formats
from gongzhi.words.budget import amount

__all__ = ["environment", "icon", "static", "zh"]

WEB = Path(__file__).resolve().parent
BUILT = WEB / "static" / "gongzhi"
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def lang() -> str:
    """The language of the page: "zh-hans" or "en"."""
    return (get_language() or "zh-hans").lower()


@cache
def _digests() -> dict[str, str]:
    manifest = BUILT / "assets.json"
    if not manifest.exists():
        raise RuntimeError("the front-end parts are not built: run `make demo` or `npm run build`")
    digests: dict[str, str] = json.loads(manifest.read_text("utf-8"))
    return digests


def static(name: str) -> str:
    """Address of a built file, with its digest so that browsers may keep it: static("gongzhi.css")."""
    return f"{django_static(f'gongzhi/{name}')}?v={_digests()[name]}"


def url(name: str, *args: object, **kwargs: object) -> str:
    """Address of a named view; raises NoReverseMatch when there is none."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def icon(name: str, label: str = "") -> Markup:
    """An icon of the sprite. It stands beside its word; alone it needs a `label` for those who do not see it."""
    role = Markup(' role="img" aria-label="{}"').format(label) if label else Markup(' aria-hidden="true"')
    return Markup('<svg class="icon" focusable="false"{}><use href="{}#{}"></use></svg>').format(
        role, static("icons.svg"), name
    )


def written(text: object) -> Markup:
    """The attribute lang="zh-Hans" for a text with Chinese characters on an English page, else nothing."""
    foreign = lang().startswith("en") and HAN.search(str(text))
    return Markup(' lang="zh-Hans"') if foreign else Markup("")


def zh(text: object, tag: str = "span", css: str = "") -> Markup | str:
    """What people or charters wrote: Chinese on an English page is marked, so that it is read and set right."""
    if text is None or text == "":
        return ""
    attributes = written(text) + (Markup(' class="{}"').format(css) if css else Markup(""))
    return Markup("<{0}{1}>{2}</{0}>").format(tag, attributes, text) if attributes else escape(text)


def pair(label: object, text: object) -> Markup:
    """Label and text with the colon of the page's language."""
    return Markup("{}{}{}").format(label, ": " if lang().startswith("en") else "：", text)


def aside(text: object) -> Markup:
    """Text in the brackets of the page's language."""
    return Markup(" ({})").format(text) if lang().startswith("en") else Markup("（{}）").format(text)


def _now(context: Context) -> datetime:
    """The clock of this page: `now` in its context, else that of the faces."""
    given = context.get("now")
    return given if isinstance(given, datetime) else clock_now()


def _listed(shape: Callable[[Any, str, datetime], str]) -> Callable[..., str]:
    """A filter that leaves out the current year."""

    @pass_context
    def show(context: Context, value: datetime | date) -> str:
        return shape(value, lang(), _now(context))

    return show


@pass_context
def _days(context: Context, start: date, end: date) -> str:
    return formats.days(start, end, lang(), _now(context))


def _iso(value: datetime | date) -> str:
    return value.isoformat()


FILTERS: dict[str, Callable[..., Any]] = {
    "area": lambda value: formats.area(value, lang()),
    "yuan": lambda value: amount(value),
    "clock": formats.clock,
    "day": lambda value: formats.day(value, lang()),
    "day_short": _listed(formats.day_short),
    "due": lambda value: formats.due(value, lang()),
    "due_short": _listed(formats.due_short),
    "grouped": formats.grouped,
    "iso": _iso,
    "moment": lambda value: formats.moment(value, lang()),
    "moment_short": _listed(formats.moment_short),
    "money": formats.money,
    "small": lambda value: formats.small(value, lang()),
    "span_days": lambda value: formats.span_days(value, lang()),
    "wan": lambda value: formats.wan(value, lang()),
    "zh": zh,
    "groups": lambda text, size=4: " ".join(text[i : i + size] for i in range(0, len(text), size)),
}

GLOBALS: dict[str, Callable[..., Any]] = {
    "aside": aside,
    "days": _days,
    "display": read_display,
    "icon": icon,
    "lang": lang,
    "layout": layout,
    "pair": pair,
    "percent": lambda part, whole, unit="": formats.percent(part, whole, lang(), unit),
    "script_words": script_words,
    "session_ends": session_ends,
    "static": static,
    "url": url,
    "url_or": url_or,
    "written": written,
    "zh": zh,
}


def environment(**options: Any) -> Environment:
    """Django's hook (settings TEMPLATES, option "environment"): an Environment for all pages."""
    given = options.pop("loader", None) or FileSystemLoader(WEB / "templates")
    parts = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    env = Environment(  # noqa: S701 - Django passes autoescape=True; the default below keeps it so
        loader=ChoiceLoader([given, parts]),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **{"autoescape": True, **options},
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.filters.update(FILTERS)
    env.globals.update(GLOBALS)
    return env
