"""The community of the desk's tests."""

from __future__ import annotations

import pytest

from tests.support.community import Community, found_community
from tests.support.forgery import let_flush_pass


@pytest.fixture
def community(db: None) -> Community:
    let_flush_pass()
    return found_community()


@pytest.fixture
def committed(transactional_db: None) -> Community:
    """The same, in a database in which transactions really commit: for threads and other processes."""
    let_flush_pass()
    return found_community()
