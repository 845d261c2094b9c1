"""What went wrong is said in a sentence with what to do, in the reader's language, also without a database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from gongzhi.web import failures
from tests.support.demo import demo_community
from tests.support.visitors import visitor


@pytest.mark.django_db
def test_an_unknown_address_gets_our_page() -> None:
    demo_community(Path(settings.GONGZHI_HOME))
    response = visitor().get("/nowhere")
    assert response.status_code == 404 and "没有找到这一页" in response.content.decode()
    client = visitor()
    client.cookies["django_language"] = "en"
    page = client.get("/nowhere").content.decode()
    assert "This page was not found" in page and 'lang="en"' in page


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_a_sentence() -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    response = client.post("/login", {"contact": "a@example.org"})
    assert response.status_code == 403 and "这一页放得太久了" in response.content.decode()


@pytest.mark.parametrize("page", [failures.bad_request, failures.forbidden, failures.not_found, failures.server_fault])
def test_the_pages_need_no_database(page: object) -> None:
    """Without the mark of a database pytest-django refuses every query."""
    response = page(RequestFactory().get("/x"))  # type: ignore[operator]
    assert response.status_code >= 400 and "<h1" in response.content.decode()
