"""What the law's folder holds for every charter: dated holiday tables, dated decision rules, shared parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from gongzhi.core.calendar import Calendar, CalendarError, load_calendar
from gongzhi.core.charter.findings import Finding
from gongzhi.core.charter.parse import Parser
from gongzhi.core.charter.read import Node, Reader, Stamps, stamps
from gongzhi.core.decision import RuleError, RuleVersion, load_rules


@dataclass(frozen=True)
class Law:
    """`parts` are the shared parts of procedures, still as nodes, since parameters fill them in."""

    calendar: Calendar
    rules: Mapping[str, tuple[RuleVersion, ...]]
    parts: Mapping[str, Node]
    findings: tuple[Finding, ...]


def load_law(folder: Path) -> Law:
    """The law's folder; read again only when a file in it has changed."""
    return _load(folder, stamps(folder))


@lru_cache(maxsize=8)
def _load(folder: Path, _: Stamps) -> Law:
    reader = Reader(folder, prefix=f"{folder.name}/")
    parser = Parser(reader.findings)
    return Law(
        calendar=_calendar(reader, folder / "holidays.yaml"),
        rules=_rules(reader, folder / "rules.yaml"),
        parts=read_parts(reader, "parts", parser),
        findings=tuple(reader.findings),
    )


def read_parts(reader: Reader, folder: str, parser: Parser) -> dict[str, Node]:
    """The shared parts of a folder; what is wrong with their form goes to `parser`."""
    parts = {}
    for path in reader.files(folder):
        node = reader.read(path)
        if node is None:
            continue
        if node.get("use"):
            parser.report("GZ122", node, node.line_of("use"))
            node = replace(node, value={key: item for key, item in node.value.items() if key != "use"})
        if path.stem != getattr(node.get("part"), "value", None):
            parser.report("GZ116", node, node.line_of("part"), name=path.stem)
        parts[path.stem] = node
        parser.findings += _form(node)
    return parts


def _form(node: Node) -> list[Finding]:
    """Unknown and missing keys, also of a part that nobody uses; values are read when parameters fill them in."""
    trial = Parser()
    trial.noun(node, "library_part")
    return [finding for finding in trial.findings if finding.code in ("GZ101", "GZ102")]


def _calendar(reader: Reader, path: Path) -> Calendar:
    node = reader.read(path)
    try:
        return load_calendar(node.plain()) if node else Calendar("none", {})
    except CalendarError as error:
        reader.report("GZ013", reader.name(path), 0, why=error.code, details=_details(error))
        return Calendar("none", {})


def _rules(reader: Reader, path: Path) -> Mapping[str, tuple[RuleVersion, ...]]:
    node = reader.read(path)
    try:
        return load_rules(node.plain()) if node else {}
    except RuleError as error:
        reader.report("GZ013", reader.name(path), 0, why=error.code, details=_details(error))
        return {}


def _details(error: CalendarError | RuleError) -> str:
    return ", ".join(map(str, error.details)) or error.code
