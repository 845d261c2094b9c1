"""`gongzhi serve` and `gongzhi worker`: the two processes of a running community."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from typing import Annotated

import typer
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _
from rich.console import Console

from gongzhi.web import clock

PORT = 8000
THREADS = 4
TRIES = 50  # ports looked at when the wanted one is taken

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port; a taken one is answered by the next free one.", min=0, max=65535)]
Workers = Annotated[int, typer.Option(help="Processes; 0: two on PostgreSQL, one on SQLite.", min=0, max=64)]
console = Console(stderr=True, highlight=False)


def serve(
    host: Host = "127.0.0.1",
    port: Port = PORT,
    workers: Workers = 0,
    migrate: Annotated[bool, typer.Option(help="Bring the database up to date first.")] = True,
) -> None:
    """Serve pages and API until Ctrl-C."""
    prepare(migrate)
    chosen = free_port(host, port)
    if chosen != port and port:
        console.print(_("端口{port}已被占用，改用{chosen}。").format(port=port, chosen=chosen))
    console.print(_("已启动：{address}").format(address=f"http://{host}:{chosen}/"))
    run_server(host, chosen, workers or default_workers())


def worker() -> None:
    """Let clocks run out, deliver messages, print digests, until Ctrl-C. One works at a time; a second one waits."""
    from gongzhi.desk.worker import run_forever

    require_records()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    console.print(_("值班程序已启动。按 Ctrl-C 停止。"))
    run_forever(clock.now, stop)


def prepare(migrate: bool = True) -> None:
    """Bring the database up to date."""
    if migrate:
        call_command("migrate", verbosity=0, interactive=False)


def has_records() -> bool:
    return "records_matter" in connection.introspection.table_names()


def require_records() -> None:
    """Ends the command with a sentence when there is no database yet."""
    if not has_records():
        console.print(_("还没有数据。请先运行 gongzhi demo 或 gongzhi serve。"))
        raise typer.Exit(1)


def run_server(host: str, port: int, workers: int) -> None:
    """Serve until a signal ends it. Threads do the waiting on the database; processes share the work."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    hand_back_connections()
    Granian(
        "gongzhi.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


def hand_back_connections() -> None:
    """No connection may live through the fork: two processes would read each other's answers from one socket."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


def default_workers() -> int:
    """SQLite has one writer at a time, so a second process would only wait; PostgreSQL gets two."""
    return 1 if connection.vendor == "sqlite" else 2


def free_port(host: str, port: int) -> int:
    """The port, or the next free one after it. `port` 0: any free one. Raises typer.Exit when all are taken."""
    for wanted in range(port, port + TRIES) if port else (0,):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, wanted))
            return int(probe.getsockname()[1])
    console.print(_("端口{port}到{last}都被占用，请用 --port 换一个。").format(port=port, last=port + TRIES - 1))
    raise typer.Exit(1)
