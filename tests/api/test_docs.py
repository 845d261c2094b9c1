"""The description: a page without scripts, every operation with its need, every problem in its one form."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.api.describe import needs
from gongzhi.api.site import api

pytestmark = pytest.mark.django_db


def test_the_page_lists_every_operation_in_both_languages(client: Client) -> None:
    for language in ("zh-CN", "en"):
        page = client.get("/api/v1/docs", headers={"Accept-Language": language})
        text = page.content.decode()
        assert page.status_code == 200 and "<script>" not in text
        assert all(path in text for path in api.get_openapi_schema()["paths"])
        assert 'id="problem-moved_on"' in text or 'id="problem-key_reused"' in text


def test_every_operation_says_what_it_needs() -> None:
    assert set(needs(api).values()) >= {"public", "signed_in", "staff", "matter:read", "matter:act"}
    assert [where for where, need in needs(api).items() if not need] == []


def test_every_operation_may_answer_with_a_problem() -> None:
    schema = api.get_openapi_schema()
    for operations in schema["paths"].values():
        for operation in operations.values():
            problem = operation["responses"]["default"]["content"]
            assert list(problem) == ["application/problem+json"] and operation["x-needs"]


def test_the_story_s_operations_are_hidden_and_answer_like_nothing(client: Client) -> None:
    assert not [path for path in api.get_openapi_schema()["paths"] if "story" in path]
    for name in ("clock", "people", "setup"):
        assert client.post(f"/api/v1/story/{name}", {}, content_type="application/json").status_code == 404
