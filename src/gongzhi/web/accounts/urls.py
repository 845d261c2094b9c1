"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.accounts import mine, reset, residents, staff

urlpatterns = [
    path("login", residents.contact, name="login"),
    path("login/code", residents.code, name="login_code"),
    path("login/again", residents.resend, name="login_again"),
    path("login/community", residents.community, name="login_community"),
    path("login/staff", staff.password, name="login_staff"),
    path("login/staff/reset", reset.reset, name="login_reset"),
    path("login/second", staff.second, name="login_second"),
    path("login/resume", mine.go_on_page, name="resume"),
    path("logout", mine.sign_out, name="logout"),
    path("session/stay", mine.stay, name="session_stay"),
    path("settings", mine.preferences, name="settings"),
    path("me", mine.hub, name="me"),
    path("me/data", mine.data, name="my_data"),
    path("me/data.json", mine.export, name="my_data_export"),
    path("me/correct", mine.correct, name="my_data_correct"),
    path("me/readers", mine.readers, name="my_data_readers"),
    path("me/erase", mine.erase, name="my_data_erase"),
]
