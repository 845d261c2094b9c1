"""Addresses of the workbench. All of them are for staff."""

from __future__ import annotations

from django.urls import include, path

from gongzhi.web.workbench import (
    act,
    duties,
    filing,
    forms,
    matter,
    meetings,
    minutes,
    notices,
    papers,
    register,
    rooms,
    signing_in,
    today,
)

urlpatterns = [
    path("work", today.today, name="today"),
    path("work/rooms", rooms.rooms, name="rooms"),
    path("work/shortcuts", today.shortcuts, name="shortcuts"),
    path("work/matters", register.register, name="register"),
    path("work/matters.xlsx", register.export, name="register_export"),
    path("work/matters/<str:number>", matter.matter_page, name="work_matter"),
    path("work/matters/<str:number>/print", matter.matter_print, name="work_print"),
    path("work/matters/<str:number>/papers/<int:words>", papers.work_paper, name="work_paper"),
    path("work/matters/<str:number>/forms/<slug:document>.docx", forms.work_form_word, name="work_form_word"),
    path("work/matters/<str:number>/forms/<slug:document>", forms.work_form, name="work_form"),
    path("work/matters/<str:number>/texts/<slug:document>", forms.work_text, name="work_text"),
    path("work/matters/<str:number>/drafts", act.drop_draft, name="work_drop_draft"),
    path("work/matters/<str:number>/act/<slug:kind>/<str:choice>", act.act, name="work_act"),
    path("work/matters/<str:number>/act/<slug:kind>/<str:choice>/check", act.check, name="work_check"),
    path("work/matters/<str:number>/notices/<int:pk>", notices.work_notice, name="work_notice"),
    path(
        "work/matters/<str:number>/act/<slug:kind>/<str:choice>/preview", notices.notice_preview, name="notice_preview"
    ),
    path("work/duties", duties.duties_due, name="work_duties"),
    path("work/duties/<str:number>/fulfil", duties.fulfil, name="work_fulfil"),
    path("work/meetings", meetings.meetings, name="meetings"),
    path("work/meetings/<int:pk>", meetings.meeting, name="meeting"),
    path("work/meetings/<int:pk>/invite", meetings.invite, name="meeting_invite"),
    path("work/meetings/<int:pk>/attendance", meetings.attendance, name="meeting_attendance"),
    path("work/meetings/<int:pk>/room", meetings.meeting_room, name="meeting_room"),
    path("work/meetings/<int:pk>/hall", meetings.hall, name="meeting_hall"),
    path("work/meetings/<int:pk>/minutes.docx", minutes.minutes_docx, name="meeting_minutes"),
    path("meetings/<int:pk>/sign-in", signing_in.meeting_sign_in, name="meeting_sign_in"),
    path("", include("gongzhi.web.workbench.consult_urls")),
    path("work/file", filing.file_for, name="file_for"),
    path("work/file/check", filing.check_for, name="file_for_check"),
    path("work/file/<str:number>", filing.slip, name="filed_slip"),
]
