"""What every test stands on: a throw-away home, and the database that GONGZHI_TEST_DB names.

The whole suite runs on SQLite (a file, WAL). With GONGZHI_TEST_DB=postgresql it runs on a real PostgreSQL
that is started here, and only the tests for which the database matters are kept. See docs/testing.md.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import hypothesis
import pytest
from playwright.sync_api import Browser

from tests.support.browser import start_chromium
from tests.support.postgres import start_postgres, stop_postgres

TESTS = Path(__file__).parent
ON_BOTH = {"records", "desk", "api"}
KIND = os.environ.get("GONGZHI_TEST_DB", "sqlite")
HOME = Path(tempfile.mkdtemp(prefix="gongzhi-test-"))


def _prepare_environment() -> None:
    """Settings are read when Django first is used, so this runs before any test module is imported."""
    home = str(HOME)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("GONGZHI_")]:
        if name != "GONGZHI_TEST_DB":
            del os.environ[name]
    os.environ["GONGZHI_ENV"] = "test"
    os.environ["GONGZHI_HOME"] = home
    _choose_database()
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.config.settings"
    # Chromium's driver keeps an event loop in the test's thread; Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def _choose_database() -> None:
    """The processes of one run share its PostgreSQL, each with a database of its own name."""
    if KIND not in ("sqlite", "postgresql"):
        raise pytest.UsageError(f"GONGZHI_TEST_DB is {KIND!r}; it must be sqlite or postgresql.")
    started = KIND == "postgresql" and "PYTEST_XDIST_WORKER" in os.environ
    if not started:
        os.environ.pop("DATABASE_URL", None)
    if KIND == "postgresql" and not started:
        os.environ["DATABASE_URL"] = start_postgres()


_prepare_environment()
django.setup()
# Two busy cores make any example slow now and then; in CI the same examples are tried each time.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """A worker that inherited the settings' name would read them before it has a home of its own."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_report_header() -> str:
    return f"database: {KIND}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if KIND == "sqlite":
        return
    kept = [item for item in items if _is_for_both(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _is_for_both(item)])
    items[:] = kept


def _is_for_both(item: pytest.Item) -> bool:
    if item.get_closest_marker("both_databases"):
        return True
    if item.get_closest_marker("one_database"):
        return False
    room = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
    return room in ON_BOTH


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A test's places and organs are gone with it, and the pages it published about matters that are gone too."""
    from gongzhi.records.institutions.nearby import forget

    forget()
    shutil.rmtree(HOME / "digests", ignore_errors=True)


@pytest.fixture(scope="session")
def database_kind() -> str:
    """sqlite or postgresql: the database of this run."""
    return KIND


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL beside the run's own database, for tests that start a server process of ours on it."""
    url = start_postgres()
    yield url
    stop_postgres(url)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty GONGZHI_HOME for one test."""
    monkeypatch.setenv("GONGZHI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the run: its driver cannot be started twice in a process."""
    with start_chromium() as browser:
        yield browser
