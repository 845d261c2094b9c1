"""Which charters there are to study: versions that a place adopted, and those shipped beside the program.

A key names one: `NAME` is the text in the charters folder now, `NAME@DIGEST` (12 digits) a stored version. Reading
and checking takes a second or two, so both are kept for each text as long as the process runs.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from gongzhi.core.calendar import Calendar
from gongzhi.core.charter.findings import Lines
from gongzhi.core.charter.load import CHARTER_FILE, ENGLISH_FILE, load_charter
from gongzhi.core.charter.spec import Charter
from gongzhi.core.check import Report, check_loaded
from gongzhi.desk.adopt import source_of
from gongzhi.records.institutions.models import CharterVersion
from gongzhi.records.institutions.queries import LAW

__all__ = ["Head", "Study", "head_of", "heads", "key_of", "shipped", "study"]

KEY = re.compile(r"([A-Za-z0-9_-]{1,60})(?:@([0-9a-f]{12}))?")
SHORT = 12
KEPT = 64  # of each
T = TypeVar("T")
HEAD_LINE = re.compile(r"^(?:charter|title|version|places|covers): .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Head:
    """What a list says of a charter without reading all of it. `english` is its title in English, may be empty."""

    key: str
    name: str
    title: str
    version: int
    english: str = ""
    procedures: int = 0


@dataclass(frozen=True)
class Study:
    """One text of a charter, read and checked. `charter` is what could be read, None where nothing could."""

    name: str
    charter: Charter | None
    report: Report
    lines: Lines
    calendar: Calendar
    source: Mapping[str, str]
    parameters: Mapping[str, str] = field(default_factory=dict)  # name -> Chinese title

    def text(self, file: str) -> list[str]:
        """The lines of one of its files, as findings name it; none where there is no such file."""
        found = self.source.get(f"{self.name}/{file}") or self.source.get(file) or self.source.get(f"{LAW}/{file}")
        return (found or "").splitlines()


_studies: dict[str, Study] = {}  # by the digest of all its files
_heads: dict[str, Head] = {}  # by the digest of a stored version, or of all files of a shipped one


def shipped() -> list[str]:
    """Names of the charters in the charters folder."""
    root = Path(settings.GONGZHI_CHARTERS)
    found = [file.parent.name for file in root.glob(f"*/{CHARTER_FILE}")] if root.is_dir() else []
    return sorted(name for name in found if KEY.fullmatch(name) and not name.startswith("_"))


def stored() -> QuerySet[CharterVersion]:
    """Stored versions without their text, newest first within a name."""
    return CharterVersion.objects.order_by("name", "-stored_at", "-pk")


def key_of(version: CharterVersion) -> str:
    """The key of a stored version."""
    return f"{version.name}@{version.digest[:SHORT]}"


def study(key: str) -> Study | None:
    """The charter of a key, read and checked; None where there is none of that key."""
    parts = KEY.fullmatch(key)
    if parts is None:
        return None
    name, digest = parts.groups()
    if digest is None:
        return _studied(name, source_of(Path(settings.GONGZHI_CHARTERS) / name)) if name in shipped() else None
    version = CharterVersion.objects.filter(name=name, digest__startswith=digest).first()
    return _studied(name, version.source) if version else None


def heads() -> list[Head]:
    """The shipped charters, by name."""
    root = Path(settings.GONGZHI_CHARTERS)
    return [_shipped_head(name, source_of(root / name)) for name in shipped()]


def _shipped_head(name: str, source: Mapping[str, str]) -> Head:
    return _kept(_heads, _digest(name, source), lambda: _head(name, name, source))


def head_of(version: CharterVersion) -> Head:
    """The head of a stored version; its text is read once in a process."""
    return _kept(_heads, version.digest, lambda: _head(key_of(version), version.name, version.source))


def _head(key: str, name: str, source: Mapping[str, str]) -> Head:
    values = _plain("\n".join(HEAD_LINE.findall(source.get(f"{name}/{CHARTER_FILE}", ""))))
    title = str(values.get("title") or name)
    lines = source.get(f"{name}/{ENGLISH_FILE}", "").splitlines()
    english = next((line for line in lines if line.strip("\"'").startswith(title)), "")
    version = values.get("version")
    return Head(
        key, name, title, version if isinstance(version, int) else 0, str(_plain(english).get(title, "")),
        sum(path.startswith(f"{name}/procedures/") for path in source),
    )  # fmt: skip


def _studied(name: str, source: Mapping[str, str]) -> Study:
    return _kept(_studies, _digest(name, source), lambda: _read(name, source))


def _digest(name: str, source: Mapping[str, str]) -> str:
    text = json.dumps([name, *sorted(source.items())], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(kept: dict[str, T], digest: str, read: Callable[[], T]) -> T:
    """What is kept for a text, else read now. The oldest goes where there are too many; threads may read twice."""
    found = kept.get(digest)
    if found is None:
        found = read()
        for oldest in list(kept)[: max(0, len(kept) - KEPT + 1)]:
            kept.pop(oldest, None)
        kept[digest] = found
    return found


def _read(name: str, source: Mapping[str, str]) -> Study:
    with tempfile.TemporaryDirectory(prefix="charter-") as folder:
        for path, text in source.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        loaded = load_charter(Path(folder, name), Path(folder, LAW))
    report = check_loaded(loaded, name)
    titles = _parameters(source.get(f"{name}/{CHARTER_FILE}", ""))
    return Study(name, loaded.draft, report, loaded.lines, loaded.law.calendar, dict(source), titles)


def _parameters(text: str) -> dict[str, str]:
    found = _plain(text).get("parameters")
    pairs = found.items() if isinstance(found, dict) else ()
    return {str(name): str(one.get("title", name)) for name, one in pairs if isinstance(one, dict)}


def _plain(text: str) -> dict[str, Any]:
    """The YAML of a few lines; nothing where it cannot be read, which the check says elsewhere."""
    try:
        found = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
