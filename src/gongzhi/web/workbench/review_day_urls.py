"""Addresses of review days and projects, for staff and on the board."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.board import projects as board
from gongzhi.web.workbench import review_days

urlpatterns = [
    path("work/review-days", review_days.review_days, name="work_review_days"),
    path("work/review-days/<str:number>", review_days.review_day, name="work_review_day"),
    path("work/review-days/<str:number>/hall", review_days.review_hall, name="review_hall"),
    path("work/review-days/<str:number>/ranking.xlsx", review_days.ranking_file, name="ranking_file"),
    path("board/review-days/<str:number>", board.review_day, name="board_review_day"),
    path("board/projects", board.projects, name="board_projects"),
    path("board/projects/<str:number>", board.project, name="board_project"),
]
