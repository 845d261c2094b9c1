"""Addresses of the studio. All of them are read without sign-in: how a community is governed is public."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.studio import adoption, compare, norms, organs, overview, procedures, proof, stories

urlpatterns = [
    path("studio", overview.index, name="studio"),
    path("studio/compare", compare.compare, name="studio_compare"),
    path("studio/adopt", adoption.adoption, name="studio_adoption"),
    path("studio/adopt/now", adoption.adopt_now, name="studio_adopt_now"),
    path("studio/adopt/back", adoption.go_back, name="studio_go_back"),
    path("studio/<str:key>", overview.charter, name="studio_charter"),
    path("studio/<str:key>/download.zip", overview.download, name="studio_download"),
    path("studio/<str:key>/organs", organs.organs, name="studio_organs"),
    path("studio/<str:key>/procedures", procedures.procedures, name="studio_procedures"),
    path("studio/<str:key>/procedures/<str:name>", procedures.procedure, name="studio_procedure"),
    path("studio/<str:key>/procedures/<str:name>/drawing.<str:form>", procedures.drawing_file, name="studio_drawing"),
    path("studio/<str:key>/norms", norms.page, name="studio_norms"),
    path("studio/<str:key>/findings", proof.findings, name="studio_findings"),
    path("studio/<str:key>/stories", stories.stories, name="studio_stories"),
    path("studio/<str:key>/stories/<str:name>", stories.story, name="studio_story"),
]
