"""Text size, contrast, pointer and language: plain forms, cookies, back to the page one came from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import clear_url_caches

from gongzhi.web.display import Display


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF="tests.web.gallery.urls"):
        clear_url_caches()
        yield Client()
    clear_url_caches()


def test_text_size_is_kept_and_leads_back(client: Client) -> None:
    answer = client.post("/settings/text-size", {"text_size": "xl", "next": "/settings/text-size"})
    assert (answer.status_code, answer["Location"]) == (303, "/settings/text-size")
    assert 'class="govuk-template text-xl"' in client.get("/settings/text-size").content.decode()


def test_contrast_and_pointer_switch_off_again(client: Client) -> None:
    client.post("/settings/text-size", {"contrast": "on"})
    client.post("/settings/text-size", {"cursor": "on"})
    html = client.get("/settings/text-size").content.decode()
    assert "contrast-high cursor-large" in html
    client.post("/settings/text-size", {"contrast": "off"})
    assert "contrast-high" not in client.get("/settings/text-size").content.decode().split("<body")[0]


@pytest.mark.parametrize("sent", [{"text_size": "huge"}, {}, {"contrast": "on", "text_size": "<b>"}])
def test_unknown_choice_is_refused(client: Client, sent: dict[str, str]) -> None:
    assert client.post("/settings/text-size", sent).status_code == 400


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_no_way_out_to_another_site(client: Client, target: str) -> None:
    assert client.post("/settings/text-size", {"text_size": "xl", "next": target})["Location"] == "/"
    assert client.post("/settings/language", {"language": "en", "next": target})["Location"] == "/"


def test_language_is_chosen_not_guessed(client: Client) -> None:
    first = client.get("/settings/text-size", headers={"accept-language": "en-US,en"})
    assert '<html lang="zh-Hans"' in first.content.decode()
    client.post("/settings/language", {"language": "en", "next": "/"})
    then = client.get("/settings/text-size")
    assert '<html lang="en"' in then.content.decode()
    assert then["Content-Language"] == "en"


def test_unknown_language_is_refused(client: Client) -> None:
    assert client.post("/settings/language", {"language": "fr"}).status_code == 400
    assert client.get("/settings/language").status_code == 405


def test_forged_form_is_refused() -> None:
    with override_settings(ROOT_URLCONF="tests.web.gallery.urls"):
        clear_url_caches()
        assert Client(enforce_csrf_checks=True).post("/settings/text-size", {"text_size": "xl"}).status_code == 403
    clear_url_caches()


def test_classes_of_the_page() -> None:
    assert Display().css == ""
    assert Display("large", "on", "off").css == "text-large contrast-high"
