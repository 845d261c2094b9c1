"""Addresses of consultations, surveys, maps and initiatives for residents and everybody."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.portal import consult, initiatives, opinions, survey

urlpatterns = [
    path("consultations", consult.consultations, name="consultations"),
    path("consultations/<int:pk>", consult.consultation, name="consultation"),
    path("consultations/<int:pk>/vote", consult.vote, name="consultation_vote"),
    path("consultations/<int:pk>/say/<slug:kind>", consult.say, name="consultation_say"),
    path("consultations/<int:pk>/appeal/<int:contribution>", consult.appeal, name="consultation_appeal"),
    path("consultations/<int:pk>/map", opinions.map_page, name="opinion_map"),
    path("consultations/<int:pk>/report", opinions.report, name="consultation_report"),
    path("consultations/<int:pk>/votes.csv", opinions.votes_csv, name="consultation_votes"),
    path("consultations/<int:pk>/statements.csv", opinions.statements_csv, name="consultation_statements"),
    path("consultations/<int:pk>/survey", survey.survey, name="survey"),
    path("initiatives", initiatives.initiatives, name="initiatives"),
    path("initiatives/<int:pk>", initiatives.initiative, name="initiative"),
    path("initiatives/<int:pk>/sign", initiatives.sign, name="initiative_sign"),
]
