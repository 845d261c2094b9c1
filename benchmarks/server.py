"""A database of one benchmark's own, Django on it, and our real server in front of it."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.support import HERE
from tests.support.postgres import start_postgres, stop_postgres


@dataclass
class Ground:
    """Where a benchmark works: its PostgreSQL and its home."""

    url: str
    home: Path


@contextlib.contextmanager
def ground() -> Iterator[Ground]:
    """A durable PostgreSQL (fsync on, as in production), an empty home, and Django set up on them."""
    url = start_postgres(durable=True)
    folder = Path(tempfile.mkdtemp(prefix="gongzhi-bench-"))
    os.environ.update(
        GONGZHI_ENV="test", GONGZHI_HOME=str(folder), DATABASE_URL=url, DJANGO_SETTINGS_MODULE="gongzhi.config.settings"
    )
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    try:
        yield Ground(url, folder)
    finally:
        connections.close_all()
        stop_postgres(url)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def served(place: Ground) -> Iterator[int]:
    """Our server on a free port, as `gongzhi serve` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(Path(sys.executable).parent / "gongzhi")]
    process = subprocess.Popen(
        [*command, "serve", "--host", "127.0.0.1", "--port", str(port)],
        env={**os.environ, "PYTHONPATH": str(HERE.parent)}, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(port)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/openapi.json", timeout=2).read()
            return
        time.sleep(0.2)
    raise SystemExit("the server did not answer within 60 s")


def community() -> object:
    """The shipped community that has people: its charter adopted, with its accounts."""
    from gongzhi.config.environment import REPOSITORY
    from gongzhi.desk.setup import PEOPLE_FILE, set_up
    from gongzhi.records.people.signin import new_secret

    folder = min((REPOSITORY / "charters").glob(f"*/{PEOPLE_FILE}")).parent
    place, _accounts = set_up(folder, secrets.token_hex(8), new_secret())
    return place
