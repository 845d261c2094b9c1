"""The switch of learned proposals: whom the charter lets, with a reason, and kept for all to read."""

from __future__ import annotations

from django.urls import reverse

from gongzhi.records.institutions.models import SettingChange
from tests.web.bench import Bench, text_of


def test_only_whom_the_charter_lets_switches_and_says_why(bench: Bench) -> None:
    page, deputy, director = reverse("work_routing"), bench.client("deputy"), bench.client("director")
    assert director.post(page, {"use": "off", "why": "不想用"}).status_code == 403
    assert deputy.post(page, {"use": "off", "why": " "}).status_code == 422 and not SettingChange.objects.exists()
    assert deputy.post(page, {"use": "off", "why": "归错了三次"}).status_code == 302
    row = SettingChange.objects.get()
    assert (row.name, row.value, row.why, row.at) == ("learned_proposals", "off", "归错了三次", bench.at)
    assert "归错了三次" in text_of(director.get(page)), "every member of staff reads who switched it and why"
