"""Addresses of the patrol's phone. All lie below /patrol/, the scope of its service worker."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.patrol import reports, shell, today

urlpatterns = [
    path("patrol/", shell.shell, name="patrol"),
    path("patrol/today.json", today.today_json, name="patrol_today"),
    path("patrol/reports", reports.take, name="patrol_reports"),
    path("patrol/manifest.webmanifest", shell.manifest, name="patrol_manifest"),
    path("patrol/sw.js", shell.worker, name="patrol_worker"),
]
