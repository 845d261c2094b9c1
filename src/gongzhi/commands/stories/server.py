"""A real server of our own for one play: its own home, a movable clock, gone afterwards."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gongzhi.commands.stories.client import Client, Unexpected

HOST = "127.0.0.1"
PR_SET_PDEATHSIG = 1  # of Linux
START_SECONDS = 60
STOP_SECONDS = 20


class NotStarted(Exception):
    """The server did not come up; the argument is the end of what it said."""


@contextmanager
def story_server(
    charters: Sequence[str], home: Path | None = None, database: str = "", kind: str = "test"
) -> Iterator[Client]:
    """A client of a fresh story server with the communities of these charters.

    `home` None: a temporary one; `database`: a DATABASE_URL, else SQLite in the home. Raises NotStarted.
    """
    with tempfile.TemporaryDirectory(prefix="gongzhi-story-") as temporary:
        where = home or Path(temporary)
        log = Path(temporary) / "server.log"
        port = _free_port()
        process = _start(where, database, kind, port, log)
        client = Client(HOST, port)
        try:
            _wait(client, process, log)
            if charters:
                client.make("/story/setup", {"charters": list(charters)})
            yield client
        finally:
            client.close()
            _stop(process)


def _start(home: Path, database: str, kind: str, port: int, log: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "GONGZHI_HOME": str(home), "GONGZHI_ENV": kind, "GONGZHI_STORY_CLOCK": "1"}
    environment.pop("DATABASE_URL", None)
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, "-m", "gongzhi.cli", "serve", "--host", HOST, "--port", str(port)]
    with log.open("wb") as out:
        return subprocess.Popen(  # noqa: S603 - our own program
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,  # an interrupt from the keyboard is for us, who then stop it
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


def _wait(client: Client, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            client.get("/status")
            return
        except (OSError, Unexpected):
            client.close()
            time.sleep(0.1)
    raise NotStarted(log.read_text(errors="replace")[-2000:])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _die_with_parent() -> None:
    """A play that is killed leaves no server behind that goes on writing."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
