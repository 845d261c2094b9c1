"""A CSV file of messages as rows, with faults by line; whatever a spreadsheet program made of its encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["BadTable", "Labelled", "Table", "labelled", "read_table"]

TEXT, LABEL = "text", "label"
PARTS = ("留言主题", "留言详情")  # the columns of a message board, joined where there is no `text`
FIELD_LIMIT = 4_000_000  # characters in one cell


class BadTable(Exception):
    """A file that cannot be used. `code` names the sentence; `line` is 0 where it is about the whole file."""

    def __init__(self, code: str, line: int = 0, **args: str | int) -> None:
        super().__init__(code, line, args)
        self.code, self.line, self.args_map = code, line, args


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text and the label somebody gave it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` as in the file, `used` those that make the text, `rows` by column, `lines` where each begins."""

    columns: tuple[str, ...]
    used: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    lines: tuple[int, ...]
    encoding: str

    def text(self, row: Mapping[str, str]) -> str:
        """What is read of a row."""
        return " ".join(row[column] for column in self.used if row[column])


def read_table(content: bytes) -> Table:
    """The rows of a CSV file in UTF-8 or GB 18030. Raises BadTable: not_text, empty_file, no_text_column, twice,
    not_csv, cells, no_rows."""
    text, encoding = _decoded(content)
    if not text.strip():
        raise BadTable("empty_file")
    lines, cells = _cells(text)
    columns = tuple(name.strip() for name in cells[0])
    used = _used(columns)
    rows = []
    for line, row in zip(lines[1:], cells[1:], strict=True):
        if len(row) != len(columns):
            raise BadTable("cells", line, found=len(row), wanted=len(columns))
        rows.append(dict(zip(columns, row, strict=True)))
    if not rows:
        raise BadTable("no_rows")
    return Table(columns, used, tuple(rows), tuple(lines[1:]), encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as fault:
            at = fault.start
        else:
            if "\0" in text:
                raise BadTable("not_text", text.count("\n", 0, text.index("\0")) + 1)
            return text, encoding
    raise BadTable("not_text", content.count(b"\n", 0, at) + 1)


def _cells(text: str) -> tuple[list[int], list[list[str]]]:
    """Every row that has anything in it, with the line it begins on."""
    before = csv.field_size_limit(FIELD_LIMIT)
    lines, cells, end = [], [], 0
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                lines.append(end + 1)
                cells.append(row)
            end = reader.line_num
    except csv.Error as fault:
        raise BadTable("not_csv", end + 1, why=str(fault)) from fault
    finally:
        csv.field_size_limit(before)
    return lines, cells


def _used(columns: tuple[str, ...]) -> tuple[str, ...]:
    if twice := next((name for name in columns if columns.count(name) > 1), None):
        raise BadTable("twice", 1, column=twice)
    used = (TEXT,) if TEXT in columns else tuple(name for name in PARTS if name in columns)
    if not used:
        raise BadTable("no_text_column", 1)
    return used


def labelled(table: Table) -> list[Labelled]:
    """The rows with their labels. Raises BadTable: no_label_column, no_label, no_text, one_label."""
    if LABEL not in table.columns:
        raise BadTable("no_label_column", 1)
    found = []
    for line, row in zip(table.lines, table.rows, strict=True):
        text, label = table.text(row).strip(), row[LABEL].strip()
        if not text or not label:
            raise BadTable("no_text" if not text else "no_label", line)
        found.append(Labelled(text, label))
    if len(known := {one.label for one in found}) < 2:
        raise BadTable("one_label", label=next(iter(known)))
    return found
