"""Addresses of seats, terms and sign-ins of staff."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.workbench import staffing, staffing_acts

urlpatterns = [
    path("work/staff", staffing.staff, name="work_staff"),
    path("work/staff.xlsx", staffing.staff_file, name="work_staff_file"),
    path("work/staff/organs/<int:pk>/appoint", staffing_acts.staff_appoint, name="work_staff_appoint"),
    path("work/staff/terms/<int:pk>/end", staffing_acts.staff_end, name="work_staff_end"),
    path("work/staff/terms/<int:pk>/reset", staffing_acts.staff_reset, name="work_staff_reset"),
    path("work/staff/resets/<int:pk>/confirm", staffing_acts.staff_confirm, name="work_staff_confirm"),
]
