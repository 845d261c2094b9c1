"""Addresses of what lies on the ground: map, grid units, parts."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.workbench import grid, things
from gongzhi.web.workbench.map import work_map
from gongzhi.web.workbench.patrols import work_patrols
from gongzhi.web.workbench.routes import route_file, routes
from gongzhi.web.workbench.whistles import work_whistles

urlpatterns = [
    path("work/map", work_map, name="work_map"),
    path("work/patrols", work_patrols, name="work_patrols"),
    path("work/routes", routes, name="work_routes"),
    path("work/routes/route.geojson", route_file, name="work_route_file"),
    path("work/whistles", work_whistles, name="work_whistles"),
    path("work/grid", grid.grid, name="work_grid"),
    path("work/grid/import", grid.grid_import, name="work_grid_import"),
    path("work/grid/draw", grid.grid_draw, name="work_grid_draw"),
    path("work/grid/grid.geojson", grid.grid_file, name="work_grid_file"),
    path("work/grid/<int:pk>/answer", grid.grid_answer, name="work_grid_answer"),
    path("work/grid/<int:pk>/end", grid.grid_end, name="work_grid_end"),
    path("work/parts", things.parts, name="work_parts"),
    path("work/parts/import", things.parts_import, name="work_parts_import"),
    path("work/parts/parts.xlsx", things.parts_file, name="work_parts_file"),
]
