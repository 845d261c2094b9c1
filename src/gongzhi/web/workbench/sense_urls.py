"""Addresses of what helps to take in and answer: the hotline, answers, hot spots, proposals of categories."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.workbench import answers, hotline, hotspots, routing

urlpatterns = [
    path("work/routing", routing.routing, name="work_routing"),
    path("work/answers", answers.answers, name="work_answers"),
    path("work/answers/new", answers.answer_new, name="work_answer_new"),
    path("work/answers/<int:pk>", answers.answer, name="work_answer"),
    path("work/hotline", hotline.hotline, name="hotline"),
    path("work/hotline/look", hotline.hotline_look, name="hotline_look"),
    path("work/hotspots", hotspots.hot_spots, name="work_hotspots"),
    path("work/hotspots/<str:number>", hotspots.hot_spot, name="work_hotspot"),
    path("work/hotspots/<str:number>/points", hotspots.hot_spot_points, name="hotspot_points"),
    path("work/hotspots/<str:number>/agenda", hotspots.hot_spot_agenda, name="hotspot_agenda"),
    path("work/hotspots/<str:number>/merge", hotspots.hot_spot_merge, name="hotspot_merge"),
]
