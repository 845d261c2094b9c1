"""The community of these tests, in an empty home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.support.assembly import Assembly, found_assembly
from tests.support.community import Community, found_community
from tests.support.forgery import let_flush_pass
from tests.support.voting import Polls, set_up_polls


@pytest.fixture
def community(db: None, settings: Settings, tmp_path: Path) -> Community:
    settings.GONGZHI_HOME = tmp_path
    return found_community()


@pytest.fixture
def committed(transactional_db: None, settings: Settings, tmp_path: Path) -> Community:
    """The same, in a database in which transactions really commit: for threads and other processes."""
    let_flush_pass()
    settings.GONGZHI_HOME = tmp_path
    return found_community()


@pytest.fixture
def polls(community: Community) -> Polls:
    return set_up_polls(community)


@pytest.fixture
def assembly(db: None, settings: Settings, tmp_path: Path) -> Assembly:
    settings.GONGZHI_HOME = tmp_path
    return found_assembly()
