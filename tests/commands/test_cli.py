"""The table of commands, and the processes that serve."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from gongzhi.cli import COMMANDS, Entry
from gongzhi.commands.serve import free_port

QUICK = 2.0  # seconds on a machine that is busy with other tests; alone it takes a tenth


def gongzhi(*words: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The program as people start it, in a home of its own."""
    environment = {**os.environ, "GONGZHI_HOME": str(home), "GONGZHI_ENV": "test", **more}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "gongzhi.cli", *words], env=environment, capture_output=True, text=True, timeout=120
    )


def entries(table: dict[str, Any] = COMMANDS) -> list[Entry]:
    found = []
    for one in table.values():
        found += entries(one) if isinstance(one, dict) else [one]
    return found


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: f"{entry.module}.{entry.function}")
def test_every_command_of_the_table_exists(entry: Entry) -> None:
    assert callable(getattr(import_module(f"gongzhi.commands.{entry.module}"), entry.function))


def test_help_is_quick_and_lists_every_command(tmp_path: Path) -> None:
    started = time.monotonic()
    done = gongzhi("--help", home=tmp_path)
    assert time.monotonic() - started < QUICK
    assert done.returncode == 0 and all(name in done.stdout for name in COMMANDS)
    assert not list(tmp_path.iterdir())  # asking for help makes nothing


def test_an_unknown_command_is_an_error(tmp_path: Path) -> None:
    assert gongzhi("fly", home=tmp_path).returncode == 2


def test_counting_needs_no_records(tmp_path: Path) -> None:
    done = gongzhi("deadline", "--from", "2026-09-30", "--within", "5wd", "--json", home=tmp_path)
    assert json.loads(done.stdout)["due"].startswith("2026-10-13")
    assert not list(tmp_path.glob("*.sqlite3"))


def test_an_audit_without_records_says_so(tmp_path: Path) -> None:
    done = gongzhi("audit", home=tmp_path)
    assert done.returncode == 1 and "gongzhi demo" in done.stderr


def test_a_taken_port_is_answered_by_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) < port + 50


def test_a_story_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = gongzhi("story", "run", "flying", "--json", home=tmp_path)
    assert done.returncode == 1 and "flying" in json.loads(done.stdout)["error"]
    assert gongzhi("story", "run", home=tmp_path).returncode == 1


def test_production_refuses_a_movable_clock(tmp_path: Path) -> None:
    refused = gongzhi(
        "serve", home=tmp_path, GONGZHI_ENV="production", GONGZHI_STORY_CLOCK="1", GONGZHI_HOSTS="example.org"
    )
    assert refused.returncode != 0 and "GONGZHI_STORY_CLOCK" in refused.stderr


def test_production_refuses_the_demo(tmp_path: Path) -> None:
    key = "jBqTQn0x5hY7mO6r3bVxwq1uY8Qk2Jc4n0m1p2q3r4s="
    refused = gongzhi(
        "demo", home=tmp_path, GONGZHI_ENV="production", GONGZHI_HOSTS="example.org", GONGZHI_SECRET_KEY="x" * 60,
        GONGZHI_DATA_KEY=key,
    )  # fmt: skip
    assert refused.returncode == 1 and "演示" in refused.stderr
    assert not (tmp_path / "demo-accounts.json").exists()


def test_the_demo_opens_with_history_and_goes_on_with_it(tmp_path: Path) -> None:
    """First start: history, matters under way, everything whole. Second start: the same data, server and worker."""
    first = gongzhi("demo", "--no-start", home=tmp_path)
    assert first.returncode == 0 and "没有演完" not in first.stderr, first.stderr
    report = json.loads(gongzhi("audit", "--json", home=tmp_path).stdout)
    assert report["broken"] == [] and report["matters"] >= 10
    assert not (tmp_path / "story-clock").exists()

    again = _start_demo(tmp_path)
    try:
        status = _status(again, tmp_path)
    finally:
        again.send_signal(signal.SIGINT)
        said = again.communicate(timeout=60)[1]
    assert status["story"] is False and again.returncode == 0, said
    assert "director" in said and "已停止" in said
    assert json.loads(gongzhi("audit", "--json", home=tmp_path).stdout)["broken"] == []


PORT = 18_431


def _start_demo(home: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "GONGZHI_HOME": str(home), "GONGZHI_ENV": "test"}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "gongzhi.cli", "demo", "--port", str(PORT)],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def _status(process: subprocess.Popen[str], home: Path) -> dict[str, Any]:
    from gongzhi.commands.stories.client import Client, Unexpected

    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        client = Client("127.0.0.1", PORT)
        try:
            found: dict[str, Any] = client.get("/status")
            if found["worker"]:
                return found
        except (OSError, Unexpected):
            pass
        finally:
            client.close()
        time.sleep(0.3)
    raise AssertionError(f"the demo in {home} did not start")
