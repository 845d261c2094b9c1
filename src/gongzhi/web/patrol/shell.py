"""The page that stays on the phone, what installs it, and the worker that serves it without a net."""

from __future__ import annotations

import json
from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.web.access import requires
from gongzhi.web.jinja import BUILT
from gongzhi.web.patrol.words import patrol_words

__all__ = ["manifest", "shell", "worker"]

# A worker has rules of its own: it fetches our own files and nothing else.
WORKER_POLICY = "default-src 'none'; connect-src 'self'; script-src 'self'"


@requires("staff")
@never_cache
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The same page for every patrol: whose unit it is comes later, from `today.json`."""
    return render(request, "patrol/shell.html", {"words": json.dumps(patrol_words(), ensure_ascii=False)})


@requires("public")
@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """So that the page can be put on the phone's first screen."""
    icon = {"src": static("gongzhi/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    start = reverse("patrol")
    about = {
        "name": _("共治巡查"), "short_name": _("巡查"), "id": start, "start_url": start,
        "scope": start, "lang": "zh-Hans", "display": "standalone",
        "background_color": "#ffffff", "theme_color": "#0e5a63",
        "icons": [icon],
    }  # fmt: skip
    return JsonResponse(about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@requires("public")
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its text changes with every build, so that phones notice."""
    headers = {
        "Cache-Control": "no-cache",
        "Service-Worker-Allowed": reverse("patrol"),
        "Content-Security-Policy": WORKER_POLICY,
    }
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _script() -> str:
    build = json.loads((BUILT / "assets.json").read_text("utf-8"))
    version = build.get("patrol.js", "") + build.get("gongzhi.css", "")
    return f"const BUILD={json.dumps(version)};\n{(BUILT / 'patrol-worker.js').read_text('utf-8')}"
