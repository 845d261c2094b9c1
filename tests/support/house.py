"""What the house forbids, as functions over the text of a file, so that each can be shown to fail."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gongzhi"
CHARTERS = ROOT / "charters"
LONGEST = 300
NOT_INSTITUTIONS = {"template"}

# Clocks, chance, network, processes, the environment: what makes a replay differ from the first run.
IMPURE_MODULES = {
    "django", "ninja", "psycopg", "jinja2", "random", "secrets", "socket", "http", "urllib", "subprocess",
    "threading", "multiprocessing", "asyncio", "sqlite3", "time", "os", "sys", "tempfile", "shutil", "logging",
}  # fmt: skip
CLOCK_CALLS = {"now", "utcnow", "today", "uuid1", "uuid4", "localtime"}
DISK_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "exists"}
DISK_ALLOWED = {"charter/read.py"}


def python_files(directory: Path = SOURCE) -> list[Path]:
    return sorted(file for file in directory.rglob("*.py") if "migrations" not in file.parts)


def too_long(text: str) -> bool:
    return len(text.splitlines()) > LONGEST


def institutions(charters: Path = CHARTERS) -> list[str]:
    """The folder names of the shipped charters: names that code must not know."""
    folders = (folder.name for folder in charters.iterdir() if folder.is_dir())
    return sorted(name for name in folders if not name.startswith(("_", ".")) and name not in NOT_INSTITUTIONS)


def institutions_named(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that stand in the text as a word; `_` and digits part words as spaces do."""
    return [name for name in names if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text.lower())]


def impurities(text: str, disk_allowed: bool = False) -> list[str]:
    """What the core may not do, each with its line: impure imports, clocks, and the disk."""
    tree = ast.parse(text)
    return [
        f"line {line}: {what}" for node in ast.walk(tree) for line, what in _impure(node, disk_allowed=disk_allowed)
    ]


def _impure(node: ast.AST, *, disk_allowed: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        for name in _imported(node):
            if name.partition(".")[0] in IMPURE_MODULES:
                yield node.lineno, f"imports {name}"
    if isinstance(node, ast.Call):
        name = _called(node.func)
        if name in CLOCK_CALLS:
            yield node.lineno, f"calls {name}()"
        if name in DISK_CALLS and not disk_allowed:
            yield node.lineno, f"calls {name}()"


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if node.level == 0 else []
    return [alias.name for alias in node.names]


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
