"""Charter files from disk: YAML 1.2 with the line of every key. The only module of the core that touches disk.

Files are bounded, aliases are refused (they can grow without limit), and whatever is wrong becomes a finding.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from gongzhi.core.charter.findings import Finding

MOST_BYTES = 256 * 1024  # of one file; the YAML library needs about 5 s for as much, nobody writes a tenth of it
MOST_FILES = 400  # of one charter
DEEPEST = 40  # levels of nesting

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "~": None, "": None}
MOST_BRACKETS = 1500
_DEEP = re.compile(r"(?m)^[ ?:-]{150}")
_FAST: Any = getattr(yaml, "CSafeLoader", None)  # missing where PyYAML was built without libyaml
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


Stamps = tuple[tuple[Path, int], ...]
Contents = tuple[tuple[Path, str], ...]


def stamps(folder: Path) -> Stamps:
    """The YAML files of a folder and of its `parts`, each with the time of its last change in nanoseconds."""
    files = sorted([*folder.glob("*.yaml"), *(folder / "parts").glob("*.yaml")])
    return tuple((path, path.stat().st_mtime_ns) for path in files)


def contents(folder: Path) -> Contents:
    """The YAML files of a charter's folder, each with the digest of its bytes: two saves can share one clock tick."""
    files = sorted(file for room in (".", "parts", "procedures") for file in (folder / room).glob("*.yaml"))
    return tuple((path, _print_of(path)) for path in files if path.is_file())


def _print_of(path: Path) -> str:
    """A file too large to be read, or not readable, is told by its size; the reader says what is wrong with it."""
    size = path.stat().st_size
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if size <= MOST_BYTES else str(size)
    except OSError:
        return str(size)


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place: text, whole number, truth value, nothing, a list of nodes or a map of nodes."""

    value: Any
    file: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)  # key of a map -> its line

    @property
    def kind(self) -> str:
        return KINDS.get(type(self.value), "nothing")

    def get(self, key: str) -> Node | None:
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> list[tuple[str, Node]]:
        """Keys and nodes of a map, positions and nodes of a list."""
        if isinstance(self.value, dict):
            return list(self.value.items())
        return [(str(at), node) for at, node in enumerate(self.value)] if isinstance(self.value, list) else []

    def line_of(self, key: str) -> int:
        return self.keys.get(key, self.line)

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


KINDS = {str: "text", int: "number", bool: "yesno", list: "list", dict: "map"}


@dataclass
class Reader:
    """Reads files of one charter and collects what is wrong with them."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    prefix: str = ""  # stands before file names in findings

    def read(self, path: Path) -> Node | None:
        """The content of one file, or None with a finding."""
        name = self.name(path)
        text = self._text(path, name)
        if text is None:
            return None
        node, findings = _remembered(text, name)
        self.findings += findings
        return node

    def read_if_there(self, path: Path) -> Node | None:
        return self.read(path) if path.exists() else None

    def files(self, folder: str) -> Iterator[Path]:
        """The YAML files of a folder, in the order of their names."""
        found = sorted(path for path in (self.root / folder).glob("*.yaml") if path.is_file())
        if len(found) > MOST_FILES:
            self.report("GZ003", folder, 0, most=MOST_FILES, unit="files")
        yield from found[:MOST_FILES]

    def name(self, path: Path) -> str:
        """The path as findings show it: inside the folder that is read."""
        return self.prefix + path.relative_to(self.root).as_posix()

    def report(self, code: str, file: str, line: int, **args: Any) -> None:
        self.findings.append(Finding(code, file, line, tuple(args.items())))

    def _text(self, path: Path, name: str) -> str | None:
        try:
            with path.open("rb") as stream:
                raw = stream.read(MOST_BYTES + 1)
        except OSError:
            self.report("GZ001", name, 0)
            return None
        if len(raw) > MOST_BYTES:
            self.report("GZ003", name, 0, most=MOST_BYTES, unit="bytes")
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.report("GZ002", name, raw[: error.start].count(b"\n") + 1)
            return None


@lru_cache(maxsize=512)
def _remembered(text: str, name: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """The same text under the same name gives the same nodes, which nobody changes: other files stay read."""
    findings: list[Finding] = []
    return read_text(text, name, findings), tuple(findings)


def read_text(text: str, name: str, findings: list[Finding]) -> Node | None:
    """YAML 1.2 text to nodes; what is wrong is added to `findings`."""
    bad = _BAD.search(text)
    if bad:
        findings.append(Finding("GZ002", name, text.count("\n", 0, bad.start()) + 1))
        return None
    tab = re.search(r"(?m)^ *\t+ *[^\s#]", text)
    if tab:
        findings.append(Finding("GZ005", name, text.count("\n", 0, tab.start()) + 1))
        return None
    if _brackets(text) > 5 * DEEPEST:  # found here, since the YAML library needs long for them
        findings.append(Finding("GZ008", name, 0, (("most", DEEPEST),)))
        return None
    try:
        root = _compose(text)
    except RecursionError:
        findings.append(Finding("GZ008", name, 0, (("most", DEEPEST),)))
        return None
    except (YAMLError, ValueError, TypeError, AttributeError, IndexError) as error:
        findings.append(_syntax(error, name))
        return None
    if root is None:
        findings.append(Finding("GZ009", name, 0))
        return None
    return _Builder(name, findings).build(root, 0)


def _compose(text: str) -> Any:
    """The YAML library written in C where it reads the same, eighteen times as fast; else, and for errors, the other.

    They differ on tabs; and the one in C has no floor under what is nested very deep.
    """
    if _FAST and "\t" not in text and text.count("[") + text.count("{") < MOST_BRACKETS and not _DEEP.search(text):
        try:
            return yaml.compose(text, Loader=_FAST)
        except (yaml.YAMLError, UnicodeError):
            pass  # the other one says what is wrong
    return YAML(typ="safe", pure=True).compose(text)


def _brackets(text: str) -> int:
    """How deep brackets are nested, at least."""
    deepest = depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _syntax(error: Exception, name: str) -> Finding:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark else 0
    problem = str(getattr(error, "problem", None) or type(error).__name__)
    if "single document" in str(getattr(error, "context", "")):
        return Finding("GZ010", name, line)
    return Finding("GZ004", name, line, (("problem", problem),))


@dataclass
class _Builder:
    file: str
    findings: list[Finding]
    seen: set[int] = field(default_factory=set)

    def build(self, node: Any, depth: int) -> Node | None:
        line = node.start_mark.line + 1
        if id(node) in self.seen:
            self._refuse("GZ007", line)
            return None
        self.seen.add(id(node))
        if depth > DEEPEST:
            self._refuse("GZ008", line, most=DEEPEST)
            return None
        if node.id == "mapping":
            return self._map(node, line, depth)
        if node.id == "sequence":
            items = [self.build(item, depth + 1) for item in node.value]
            return Node([item for item in items if item], self.file, line)
        return Node(_scalar(node), self.file, line)

    def _map(self, node: Any, line: int, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if key_node.id != "scalar":
                self._refuse("GZ011", key_line)
                continue
            key = str(key_node.value)
            if key in values:
                self._refuse("GZ006", key_line, key=key, first=keys[key])
                continue
            value = self.build(value_node, depth + 1)
            if value is not None:
                values[key], keys[key] = value, key_line
        return Node(values, self.file, line, keys)

    def _refuse(self, code: str, line: int, **args: Any) -> None:
        self.findings.append(Finding(code, self.file, line, tuple(args.items())))


def _scalar(node: Any) -> str | int | bool | None:
    text = str(node.value)
    if node.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if len(text) < 16 and _WHOLE.match(text):
        return int(text)
    return text
