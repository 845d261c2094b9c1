"""The server that tests and benchmarks start for themselves."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.support.postgres import start_postgres, stop_postgres

START_AND_HANG = """
import time
from tests.support.postgres import _servers, start_postgres
url = start_postgres()
print(_servers[url].process.pid, _servers[url].directory, flush=True)
time.sleep(60)
"""


def test_it_starts_with_an_empty_database_in_utf_8_and_leaves_nothing() -> None:
    url = start_postgres()
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*), getdatabaseencoding() FROM pg_stat_user_tables").fetchone()
    assert row == (0, "UTF8")
    stop_postgres(url)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_a_server_dies_with_a_killed_run_and_the_next_run_wipes_its_files() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", START_AND_HANG],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert run.stdout
    pid, directory = run.stdout.readline().split()
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert _ends(int(pid), seconds=15)
    stop_postgres(start_postgres())
    assert not Path(directory).exists()


def _ends(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False
