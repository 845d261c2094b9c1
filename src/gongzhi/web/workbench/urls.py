"""Addresses of the workbench. All of them are for staff."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.workbench import act, filing, matter, meetings, notices, papers, register, today

urlpatterns = [
    path("work", today.today, name="today"),
    path("work/shortcuts", today.shortcuts, name="shortcuts"),
    path("work/matters", register.register, name="register"),
    path("work/matters.xlsx", register.export, name="register_export"),
    path("work/matters/<str:number>", matter.matter_page, name="work_matter"),
    path("work/matters/<str:number>/print", matter.matter_print, name="work_print"),
    path("work/matters/<str:number>/papers/<int:words>", papers.work_paper, name="work_paper"),
    path("work/matters/<str:number>/drafts", act.drop_draft, name="work_drop_draft"),
    path("work/matters/<str:number>/act/<slug:kind>/<str:choice>", act.act, name="work_act"),
    path("work/matters/<str:number>/act/<slug:kind>/<str:choice>/check", act.check, name="work_check"),
    path("work/matters/<str:number>/notices/<int:pk>", notices.work_notice, name="work_notice"),
    path("work/meetings", meetings.meetings, name="meetings"),
    path("work/meetings/<int:pk>", meetings.meeting, name="meeting"),
    path("work/file", filing.file_for, name="file_for"),
]
