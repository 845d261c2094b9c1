"""django-helpdesk in an environment of its own on our database server: how many tickets a second over its REST API."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg

from benchmarks.load import Plan, Seen, run_load, warm_up
from benchmarks.server import Ground
from benchmarks.support import HERE, peer_python, run_peer

HELPDESK = ["django-helpdesk==2.6.1", "granian==2.8.7", "psycopg[binary,pool]==3.3.9"]
SITE = "helpdesk_site"
STAFF = 50


def install() -> Path:
    """The Python that has django-helpdesk; to be called before a benchmark moves into a home of its own."""
    return peer_python("helpdesk", HELPDESK)


def tickets(python: Path, place_of_work: Ground, body: str, clients: int, seconds: float, rounds: int) -> Seen:
    """The best of some rounds. `body`: what the ticket says. Raises SystemExit when tickets are refused or lost."""
    environment = {**os.environ, "HELPDESK_DATABASE": _database(place_of_work.url)}
    made = run_peer(python, f"{SITE}.py", str(STAFF), env=environment)
    rows: list[Seen] = []
    stored = 0
    with _served(python, environment) as port:
        stored += warm_up(_plan(port, made, body, clients, seconds)).answers["201"]
        for _ in range(rounds):
            seen = run_load(_plan(port, made, body, clients, seconds))
            if set(seen.answers) != {"201"}:
                raise SystemExit(f"django-helpdesk answered {seen.answers}")
            rows.append(seen)
            stored += seen.answers["201"]
    if run_peer(python, f"{SITE}.py", "0", env=environment) != stored:
        raise SystemExit("django-helpdesk stored another number of tickets than it acknowledged")
    return max(rows, key=lambda seen: seen.rate)


def _database(url: str) -> str:
    base = url.rpartition("/")[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute("create database helpdesk")
    return f"{base}/helpdesk"


def _plan(port: int, made: dict[str, object], body: str, clients: int, seconds: float) -> Plan:
    ticket = {"queue": made["queue"], "title": body[:20], "description": body, "submitter_email": "r{n}@example.org",
              "priority": 3, "status": 1}  # fmt: skip
    head = {"Authorization": "Token {who}", "Content-Type": "application/json"}
    keys = [str(key) for key in made["keys"]]  # type: ignore[attr-defined]
    return Plan(port, "/api/tickets/", head, json.dumps(ticket, ensure_ascii=False), keys, clients, seconds)


@contextlib.contextmanager
def _served(python: Path, environment: dict[str, str]) -> Iterator[int]:
    """The same server program with the same processes and threads as ours."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [python.parent / "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4",
         "--port", str(port), "--log-level", "warning", f"{SITE}:application"],
        cwd=HERE / "peers", env=environment, stdout=subprocess.DEVNULL, start_new_session=True,
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
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/tickets/", timeout=5)
        except urllib.error.HTTPError:
            return  # it asks for a key
        except OSError:
            time.sleep(0.2)
    raise SystemExit("django-helpdesk did not answer within 60 s")
