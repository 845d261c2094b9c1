"""Addresses of the register of organisations and the catalogue, for staff."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.workbench import facilities, orders, organisation_files, organisations

urlpatterns = [
    path("work/organisations", organisations.organisations, name="work_organisations"),
    path("work/organisations/<int:pk>/decide", organisations.organisation_decide, name="work_organisation_decide"),
    path("work/organisations/<int:pk>/change", organisations.organisation_change, name="work_organisation_change"),
    path("work/services/add", organisations.service_add, name="work_service_add"),
    path("work/services/<int:pk>/switch", organisations.service_switch, name="work_service_switch"),
    path("work/services/<int:pk>/week", facilities.facility, name="work_facility"),
    path("work/bookings/<int:pk>/cancel", facilities.booking_cancel, name="work_booking_cancel"),
    path("work/registers/<slug:of>/file", organisation_files.register_file, name="work_register_file"),
    path("work/registers/<slug:of>/import", organisation_files.register_import, name="work_register_import"),
    path("work/orders", orders.orders, name="work_orders"),
    path("work/skills", facilities.skill_offers, name="work_skills"),
    path("work/skills/<int:pk>/look", facilities.skill_look, name="work_skill_look"),
    path("work/services/<int:pk>/door", organisations.door_sheet, name="work_door_sheet"),
]
