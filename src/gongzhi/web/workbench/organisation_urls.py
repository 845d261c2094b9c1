"""Addresses of the register of organisations and the catalogue, for staff."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.workbench import organisations

urlpatterns = [
    path("work/organisations", organisations.organisations, name="work_organisations"),
    path("work/organisations/<int:pk>/decide", organisations.organisation_decide, name="work_organisation_decide"),
    path("work/organisations/<int:pk>/change", organisations.organisation_change, name="work_organisation_change"),
    path("work/services/add", organisations.service_add, name="work_service_add"),
    path("work/services/<int:pk>/switch", organisations.service_switch, name="work_service_switch"),
    path("work/services/<int:pk>/door", organisations.door_sheet, name="work_door_sheet"),
]
