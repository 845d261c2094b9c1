"""What reading and checking a charter reports: codes with arguments, never sentences (faces make those).

A code is `GZ` and three digits; the hundred is the family. Codes are stable: one that is given up is not reused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "notice"]

WARNINGS = frozenset({"GZ119", "GZ120", "GZ123", "GZ308", "GZ506", "GZ607", "GZ608"})
NOTICES = frozenset({"GZ731", "GZ732", "GZ735", "GZ750", "GZ751", "GZ755", "GZ842"})
"""Where what a source wants and the law in force differ: shown with the law, and no hindrance."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a charter's files; lines count from one, zero means the file as a whole."""

    file: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: `args` fill the sentence of the code, `path` shows the steps that lead to it."""

    code: str
    file: str
    line: int
    args: tuple[tuple[str, Any], ...] = ()
    path: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        if self.code in NOTICES:
            return "notice"
        return "warning" if self.code in WARNINGS else "error"


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each key stands: `procedures.fire_lane.steps.handle.then` -> file and line."""

    at: Mapping[str, Where]
    charter: str = "charter.yaml"

    def where(self, path: str) -> Where:
        """The place of a path, or of the nearest thing around it."""
        while path:
            found = self.at.get(path)
            if found:
                return found
            path = path.rpartition(".")[0]
        return Where(self.charter)

    def finding(self, code: str, path: str, trace: Iterable[str] = (), **args: Any) -> Finding:
        """A finding at the place of `path`; `trace` is the way through the steps that shows it."""
        spot = self.where(path)
        return Finding(code, spot.file, spot.line, tuple(args.items()), tuple(trace))


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """By file, line and code, each finding once."""
    unique = {(item.file, item.line, item.code, item.args, item.path): item for item in findings}
    return sorted(unique.values(), key=lambda item: (item.file, item.line, item.code, str(item.args)))


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)
