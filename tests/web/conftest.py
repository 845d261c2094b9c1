"""The gallery on a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.urls import clear_url_caches

from tests.support.browser import serve
from tests.web.bench import bench  # noqa: F401  (a fixture)


@pytest.fixture(scope="module")
def gallery_server() -> Iterator[str]:
    with override_settings(ROOT_URLCONF="tests.web.gallery.urls"):
        clear_url_caches()
        with serve() as address:
            yield address
    clear_url_caches()
