"""Addresses of the public board. All of them are read without sign-in but for objecting."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.board import (
    ballots,
    board,
    digests,
    duties,
    funds,
    figures,
    lateness,
    map,
    matters,
    notices,
    opendata,
    openness,
    resolutions,
    safety,
    who,
)

urlpatterns = [
    path("board", board.board, name="board"),
    path("board/map", map.public_map, name="public_map"),
    path("board/matters", matters.matters, name="public_matters"),
    path("board/matters/<str:number>", matters.matter, name="public_matter"),
    path("board/matters/<str:number>/papers/<int:words>", matters.paper, name="public_paper"),
    path("board/notices", notices.notices, name="notices"),
    path("board/notices/<int:pk>", notices.notice, name="notice"),
    path("board/notices/<int:pk>/print", notices.notice_print, name="notice_print"),
    path("board/notices/<int:pk>/object", notices.object_to, name="notice_object"),
    path("board/duties", duties.duties_page, name="board_duties"),
    path("who", who.who, name="who"),
    path("board/late", lateness.late, name="late"),
    path("board/resolutions", resolutions.resolutions, name="resolutions"),
    path("board/digests", digests.digests, name="digests"),
    path("board/digests/<str:day>.json", digests.digest_file, name="digest_file"),
    path("board/data", opendata.data, name="open_data"),
    path("board/data/matters.csv", opendata.matters_csv, name="open_data_csv"),
    path("board/data/matters.json", opendata.matters_json, name="open_data_json"),
    path("board/figures", figures.figures, name="figures"),
    path("board/figures.json", figures.figures_json, name="figures_json"),
    path("board/figures/<str:key>", figures.figure_page, name="figure_page"),
    path("board/safety", safety.safety_cards, name="safety_cards"),
    path("board/personal-data", openness.personal_data, name="personal_data"),
    path("board/refused", openness.refused, name="refused"),
    path("board/funds", funds.board_funds, name="board_funds"),
    path("board/funds.csv", funds.funds_csv, name="board_funds_csv"),
    path("board/ballots", ballots.board_ballots, name="board_ballots"),
    path("board/ballots/<int:pk>", ballots.board_ballot, name="board_ballot"),
    path("board/ballots/<int:pk>/count.json", ballots.count_json, name="ballot_count_json"),
    path("board/ballots/<int:pk>/count.pb", ballots.count_pb, name="ballot_count_pb"),
    path("board/ballots/<int:pk>/count.csv", ballots.count_csv, name="ballot_count_csv"),
]
