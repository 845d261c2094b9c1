"""A process killed in the middle of filing loses nothing it acknowledged, and leaves nothing half done."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import pytest
from django.db import connection

from gongzhi.desk.audit import audit
from gongzhi.records.matters.models import Act, Matter, Todo, Words
from tests.support.community import Community

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ALL = 1000
KILLS = 5
ROOT = Path(__file__).parents[2]


def database_url() -> str:
    """The address of the test's own database, for another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + quote(name)))


def clerk(committed: Community, first: int) -> subprocess.Popen[str]:
    words = [committed.who["resident"].pk, committed.place.pk, first, ALL]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.file_many", *map(str, words)],
        env={**os.environ, "DATABASE_URL": database_url()},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def acknowledged(process: subprocess.Popen[str], at_most: int) -> dict[int, str]:
    """Read what the clerk promised, kill it after `at_most` promises, and read what was still on its way."""
    promised: dict[int, str] = {}
    assert process.stdout is not None
    for line in process.stdout:
        n, number = line.split()
        promised[int(n)] = number
        if len(promised) == at_most:
            process.kill()
    process.wait()
    return promised


def test_kill_9_in_the_middle_of_a_thousand_filings_loses_no_acknowledged_matter(committed: Community) -> None:
    dice, promised = random.Random(2008), {}
    for _ in range(KILLS):
        promised |= acknowledged(clerk(committed, len(promised)), dice.randint(40, 160))
        stored = Matter.objects.count()
        assert stored in (len(promised), len(promised) + 1), "at most the one under way was stored unsaid"
    last = clerk(committed, len(promised))
    promised |= acknowledged(last, ALL)
    assert last.returncode in (0, -9) and sorted(promised) == list(range(ALL))
    assert set(Matter.objects.values_list("number", flat=True)) == set(promised.values())
    assert (Matter.objects.count(), Act.objects.count(), Todo.objects.count(), Words.objects.count()) == (ALL,) * 4
    report = audit()
    assert report.broken == [] and report.matters == ALL
