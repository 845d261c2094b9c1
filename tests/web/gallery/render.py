"""Renders the style gallery: every component on one page."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from django.utils import translation
from jinja2 import FileSystemLoader

from gongzhi.web.jinja import environment

from .sample import context

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parents[2] / "src" / "gongzhi" / "web" / "templates"

__all__ = ["render_gallery"]


def render_gallery(lang: str = "zh-hans", size: str = "std", template: str = "gallery.html", **more: object) -> str:
    """The page as HTML, in one language and text size."""
    request = SimpleNamespace(COOKIES={"text_size": size}, get_full_path=lambda: "/")
    env = environment(loader=FileSystemLoader([HERE, TEMPLATES]), autoescape=True)
    with translation.override(lang):
        return env.get_template(template).render(**{**context(), "request": request, **more})
