"""`gongzhi demo`: a running community on this machine, with its history, its people and matters under way."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from gongzhi.commands.serve import PORT, Host, default_workers, free_port, prepare, run_server
from gongzhi.commands.stories.play import Result, play
from gongzhi.commands.stories.read import Story, find_stories, find_under_way
from gongzhi.commands.stories.server import NotStarted, story_server
from gongzhi.desk import ground_demo, organisations_demo
from gongzhi.desk.funds_demo import FILE, fill_books
from gongzhi.desk.setup import PEOPLE_FILE, PLACE_FILE, Demo, set_up_demo
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.tokens import ApiToken

READY = "demo-ready"  # a file of GONGZHI_HOME: the history was played to its end
CLOCK = "story-clock"
console = Console(stderr=True, highlight=False)


def demo(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; a taken one is answered by the next free one.")] = PORT,
    start: Annotated[bool, typer.Option(help="Start the server; --no-start only fills the database.")] = True,
    every: Annotated[bool, typer.Option(help="Also the shipped places without accounts.")] = False,
) -> None:
    """Set up and open a running demo community. A second start goes on with the data of the first."""
    home = Path(settings.GONGZHI_HOME)
    if settings.ENVIRONMENT.is_production:
        _stop(_("演示不能在正式环境里运行：它的账号和密码是公开打印的。"))
    _start_over_if_broken_off(home)
    prepare()
    found = set_up_demo(home, Path(settings.GONGZHI_CHARTERS), every)
    if not (home / READY).exists():
        fill(home, timezone.now(), every)
    if not start:
        return
    chosen = free_port(host, port)
    if chosen != port:
        console.print(_("端口{port}已被占用，改用{chosen}。").format(port=port, chosen=chosen))
    tell(found, f"http://{host}:{chosen}")
    run(host, chosen)


def fill(home: Path, now: datetime, every: bool = False) -> None:
    """Play the stories of these places and the matters under way into the database, through a server of our own."""
    stories = [*_of_the_past(now, every), *find_under_way(Path(settings.GONGZHI_CHARTERS), now)]
    total = sum(len(story.scenes) for story in stories)
    connection.close()
    try:
        with _server(home) as client, console.status(_("演一遍历史……")) as status:
            done = iter(range(1, total + 1))
            tell_one = lambda line: status.update(f"{next(done)}/{total} {line}")  # noqa: E731
            results = play(stories, client, tell_one, recurring=False)
    except NotStarted as fault:
        _stop(str(fault))
    (home / CLOCK).unlink(missing_ok=True)
    ApiToken.objects.filter(label="story").delete()
    _fill_books(now)
    _fill_ground(now)
    _fill_registers(now)
    _report(results)
    (home / READY).write_text(f"{now.isoformat()}\n")


def _fill_books(now: datetime) -> None:
    """A year of money where a charter's folder tells one."""
    for file in sorted(Path(settings.GONGZHI_CHARTERS).glob(f"*/{FILE}")):
        where = YAML(typ="safe", pure=True).load((file.parent / PLACE_FILE).read_text(encoding="utf-8"))
        fill_books(file.parent, Place.objects.get(code=where["place"]), now)


def _fill_ground(now: datetime) -> None:
    """Grid units, parts and points where a charter's folder tells them."""
    for file in sorted(Path(settings.GONGZHI_CHARTERS).glob(f"*/{ground_demo.FILE}")):
        where = YAML(typ="safe", pure=True).load((file.parent / PLACE_FILE).read_text(encoding="utf-8"))
        ground_demo.fill_ground(file.parent, Place.objects.get(code=where["place"]), now)


def _fill_registers(now: datetime) -> None:
    """Organisations and services where a charter's folder tells them."""
    for file in sorted(Path(settings.GONGZHI_CHARTERS).glob(f"*/{organisations_demo.FILE}")):
        where = YAML(typ="safe", pure=True).load((file.parent / PLACE_FILE).read_text(encoding="utf-8"))
        organisations_demo.fill_registers(file.parent, Place.objects.get(code=where["place"]), now)


def _server(home: Path):  # type: ignore[no-untyped-def]
    return story_server([], home, os.environ.get("DATABASE_URL", ""), kind=settings.ENVIRONMENT.kind)


def _of_the_past(now: datetime, every: bool) -> list[Story]:
    """Stories that came to an end before today: one left open in 2015 would only be eleven years late."""
    charters = Path(settings.GONGZHI_CHARTERS)
    found = [story for story in find_stories(charters) if every or (charters / story.charter / PEOPLE_FILE).exists()]
    return [story for story in found if story.then.get("end") and story.scenes[-1].at < now]


def _report(results: list[Result]) -> None:
    for result in results:
        if result.failure:
            console.print(_("剧本 {name} 没有演完：{failure}").format(name=result.name, failure=result.failure))


def _start_over_if_broken_off(home: Path) -> None:
    """A history that was broken off half-way is played anew. Only a database of our own is ever removed."""
    if (home / READY).exists() or "records_matter" not in connection.introspection.table_names():
        return
    if not Matter.objects.exists():
        return
    if not (home / CLOCK).exists() or connection.vendor != "sqlite" or os.environ.get("DATABASE_URL"):
        (home / READY).write_text("kept\n")  # somebody's own data: the demo adds nothing to it
        return
    console.print(_("上次没有装完，重新装一遍。"))
    connection.close()
    for name in (CLOCK, *(f"gongzhi.sqlite3{end}" for end in ("", "-wal", "-shm"))):
        (home / name).unlink(missing_ok=True)


def tell(found: Demo, address: str) -> None:
    """Print addresses and accounts. They are those of a demo, made on this machine for this home."""
    console.print(f"\n[bold]{_('共治演示社区已启动')}[/bold]")
    console.print(_("居民门户  {address}").format(address=f"{address}/"))
    console.print(_("工作台    {address}").format(address=f"{address}/work"))
    console.print(_("公开栏    {address}").format(address=f"{address}/board"))
    console.print(_("接口文档  {address}").format(address=f"{address}/api/v1/docs"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in (_("角色"), _("登录"), _("方式")):
        table.add_column(head)
    for one in found.accounts:
        way = _("密码和动态码") if one.login else _("验证码（显示在这个窗口）")
        table.add_row(one.role, one.login or one.contact, way)
    console.print(table)
    console.print(_("工作人员密码  {password}").format(password=found.password))
    console.print(_("动态码密钥    {secret}（登录页上直接显示动态码）").format(secret=found.secret))
    console.print(_("按 Ctrl-C 停止。数据留在 {home}，下次接着用。").format(home=settings.GONGZHI_HOME) + "\n")


def run(host: str, port: int) -> None:
    """Server and worker until Ctrl-C; both end together."""
    worker = subprocess.Popen([sys.executable, "-m", "gongzhi.cli", "worker"], stdin=subprocess.DEVNULL)
    try:
        run_server(host, port, default_workers())
    finally:
        worker.terminate()
        worker.wait(20)
        console.print(_("已停止。"))


def _stop(sentence: str) -> None:
    console.print(sentence)
    raise typer.Exit(1)
