"""Addresses of tenders and projects: for staff, for residents, on the board."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.board import tenders as board
from gongzhi.web.portal import project_duties
from gongzhi.web.portal import tenders as portal
from gongzhi.web.workbench import projects, tenders

urlpatterns = [
    path("work/tenders", tenders.work_tenders, name="work_tenders"),
    path("work/tenders/<str:number>", tenders.work_tender, name="work_tender"),
    path("work/projects", projects.work_projects, name="work_projects"),
    path("work/projects/<str:number>", projects.work_project, name="work_project"),
    path("board/tenders", board.tenders, name="board_tenders"),
    path("board/tenders/<str:number>", board.tender, name="board_tender"),
    path("tenders/<str:number>/bid", portal.bid, name="bid"),
    path("duties", project_duties.duties, name="project_duties"),
]
