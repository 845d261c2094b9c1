"""Every address of the program. Each face lists its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from gongzhi.api.site import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongzhi.web.preferences")),
    path("", include("gongzhi.web.accounts.urls")),
    path("", include("gongzhi.web.portal.urls")),
    path("", include("gongzhi.web.board.urls")),
    path("", include("gongzhi.web.studio.urls")),
    path("", include("gongzhi.web.workbench.urls")),
    path("", include("gongzhi.web.workbench.review_day_urls")),
    path("", include("gongzhi.web.workbench.project_urls")),
    path("", include("gongzhi.web.patrol.urls")),
    path("open311/", include("gongzhi.api.open311.urls")),
    path("api/v1/", include("gongzhi.api.docs")),
    path("api/v1/", api.urls),
]

handler400 = "gongzhi.web.failures.bad_request"
handler403 = "gongzhi.web.failures.forbidden"
handler404 = "gongzhi.web.failures.not_found"
handler500 = "gongzhi.web.failures.server_fault"
