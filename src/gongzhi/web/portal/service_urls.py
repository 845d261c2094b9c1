"""Addresses of services, facilities and the register of organisations, for residents."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.portal import orders, services, skills

urlpatterns = [
    path("services", services.services, name="services"),
    path("services/<int:pk>", services.service, name="service"),
    path("services/<int:pk>/book", services.book, name="service_book"),
    path("services/<int:pk>/order", orders.order, name="service_order"),
    path("services/bookings/<int:pk>/cancel", services.cancel, name="booking_cancel"),
    path("skills", skills.skills, name="skills"),
    path("skills/offer", skills.skill_offer, name="skill_offer"),
    path("skills/<int:pk>/withdraw", skills.skill_withdraw, name="skill_withdraw"),
    path("groups", services.groups, name="groups"),
    path("groups/apply", services.apply, name="group_apply"),
]
