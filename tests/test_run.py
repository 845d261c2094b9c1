"""The run itself: what one process of it writes, another does not find."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import HOME

pytestmark = pytest.mark.both_databases


def test_each_process_of_the_run_has_a_home_of_its_own() -> None:
    """A worker that reads the settings too early has the home of the process that started it."""
    assert Path(settings.GONGZHI_HOME) == HOME == Path(os.environ["GONGZHI_HOME"])
