"""Addresses of Open311 GeoReport v2; each ends in the form of its answer."""

from __future__ import annotations

from django.urls import re_path

from gongzhi.api.open311 import filing, following, services

FORM = r"\.(?P<form>json|xml)$"

urlpatterns = [
    re_path(rf"^discovery{FORM}", services.discovery, name="open311_discovery"),
    re_path(rf"^v2/services{FORM}", services.services, name="open311_services"),
    re_path(rf"^v2/services/(?P<code>[^/]{{1,80}}){FORM}", services.definition, name="open311_definition"),
    re_path(rf"^v2/requests{FORM}", filing.requests, name="open311_requests"),
    re_path(rf"^v2/requests/(?P<number>[^/]{{1,60}}){FORM}", following.one, name="open311_request"),
    re_path(rf"^v2/tokens/(?P<token>[^/]{{1,60}}){FORM}", following.token, name="open311_token"),
]
