"""Commands that need the records run on the shipped community."""

from __future__ import annotations

import pytest

from gongzhi.config.environment import REPOSITORY
from gongzhi.desk.setup import set_up
from gongzhi.records.institutions.models import Place
from gongzhi.records.people.signin import new_secret


@pytest.fixture
def shipped_place(db: None) -> Place:
    """福建路社区 with its charter adopted and its seats held."""
    place, _accounts = set_up(REPOSITORY / "charters" / "fuqu", "!", new_secret())
    return place
