"""Pabulib `.pb` files: a vote over projects as three tables, META, PROJECTS and VOTES, with semicolons.

Format: https://pabulib.org/format. Read strictly: what cannot be counted is refused with its line and the reason,
never guessed. Knapsack votes are stored as approvals, as Pabulib itself stores them.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from gongzhi.core.decision.budget.model import VOTE_TYPES, Ballot, BudgetFault, Election, Project

SECTIONS = ("META", "PROJECTS", "VOTES")
NEEDED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
LARGEST = 10**15
SIZE_LIMIT = 1_000_000
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
Row = tuple[int, list[str]]


@dataclass
class _Table:
    """One section of a file: its header and its rows with their lines."""

    line: int
    header: list[str]
    rows: list[Row] = field(default_factory=list)

    def column(self, name: str) -> int:
        return self.header.index(name)


def read_pabulib(text: str) -> Election:
    """The vote in a `.pb` text. Raises BudgetFault with the line and the reason."""
    tables = _tables(text)
    meta = _meta(tables["META"])
    vote_type = _vote_type(meta)
    money, costs, scale = _money(meta, tables["PROJECTS"])
    projects = _projects(tables["PROJECTS"], costs)
    ballots = _ballots(tables["VOTES"], vote_type, {project.id for project in projects})
    values = {key: value for key, (_, value) in meta.items()}
    _check_counts(meta, len(projects), sum(ballot.count for ballot in ballots))
    return Election(money, projects, ballots, vote_type, scale, values)


# --- tables ---


def _tables(text: str) -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    current: _Table | None = None
    wanted = iter(SECTIONS)
    for line, row in _rows(text):
        name = row[0].strip().upper()
        if len(row) == 1 and name in SECTIONS:
            if name != next(wanted, None):
                raise BudgetFault("pb_section_order", line, name)
            current = tables[name] = _Table(line, [])
        elif current is None:
            raise BudgetFault("pb_no_meta", line)
        elif not current.header:
            current.header = _header(line, row, SECTIONS[len(tables) - 1])
        else:
            current.rows.append((line, _fitting(line, row, current.header)))
    for name in SECTIONS:
        if name not in tables or not tables[name].header:
            raise BudgetFault("pb_section_missing", tables[name].line if name in tables else 0, name)
    return tables


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";", strict=True)
    first = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield first, row
            first = reader.line_num + 1
    except csv.Error:
        raise BudgetFault("pb_quotes", first) from None


def _header(line: int, row: list[str], section: str) -> list[str]:
    header = [cell.strip() for cell in row]
    for name in NEEDED[section]:
        if name not in header:
            raise BudgetFault("pb_column_missing", line, section, name)
    double = [name for name, times in Counter(header).items() if name and times > 1]
    if double:
        raise BudgetFault("pb_column_twice", line, double[0])
    return header


def _fitting(line: int, row: list[str], header: list[str]) -> list[str]:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        raise BudgetFault("pb_too_many_cells", line, len(row), len(header))
    return row + [""] * (len(header) - len(row))


# --- META ---


def _meta(table: _Table) -> dict[str, tuple[int, str]]:
    meta: dict[str, tuple[int, str]] = {}
    key_at, value_at = table.column("key"), table.column("value")
    for line, row in table.rows:
        key = row[key_at].strip()
        if key in meta:
            raise BudgetFault("pb_key_twice", line, key)
        meta[key] = (line, row[value_at].strip())
    for key in ("budget", "vote_type", "num_projects", "num_votes"):
        if not meta.get(key, (0, ""))[1]:
            raise BudgetFault("pb_key_missing", table.line, key)
    return meta


def _vote_type(meta: Mapping[str, tuple[int, str]]) -> str:
    line, name = meta["vote_type"]
    known = {"knapsack": "approval", "cardinal": "scoring"}.get(name, name)
    if known not in VOTE_TYPES:
        raise BudgetFault("pb_vote_type", line, name)
    return known


def _check_counts(meta: Mapping[str, tuple[int, str]], projects: int, votes: int) -> None:
    for key, there in (("num_projects", projects), ("num_votes", votes)):
        line, said = meta[key]
        if not said.isascii() or not said.isdigit():
            raise BudgetFault("pb_not_a_number", line, key, said)
        if int(said) != there:
            raise BudgetFault("pb_count_differs", line, key, said, there)


# --- money and projects ---


def _money(meta: Mapping[str, tuple[int, str]], table: _Table) -> tuple[int, list[int], int]:
    line, said = meta["budget"]
    at = table.column("cost")
    exact = [number(where, "cost", row[at]) for where, row in table.rows]
    money = number(line, "budget", said)
    if money <= 0:
        raise BudgetFault("pb_no_money", line, said)
    for (where, row), cost in zip(table.rows, exact, strict=True):
        if cost <= 0:
            raise BudgetFault("pb_no_cost", where, row[at].strip())
    scale = lcm(*(value.denominator for value in (money, *exact)))
    return int(money * scale), [int(cost * scale) for cost in exact], scale


def number(line: int, name: str, text: str) -> Fraction:
    """A number of a `.pb` file, exactly. Raises BudgetFault."""
    text = text.strip()
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        raise BudgetFault("pb_not_a_number", line, name, text[:40])
    value = Fraction(text.replace(",", "."))
    if abs(value) > LARGEST or value.denominator > 10**6:
        raise BudgetFault("pb_number_size", line, name, text)
    return value


def _projects(table: _Table, costs: list[int]) -> tuple[Project, ...]:
    if not table.rows:
        raise BudgetFault("pb_no_projects", table.line)
    id_at = table.column("project_id")
    seen: dict[str, int] = {}
    projects = []
    for (line, row), cost in zip(table.rows, costs, strict=True):
        name = row[id_at].strip()
        if not name or "," in name:
            raise BudgetFault("pb_project_id", line, name)
        if name in seen:
            raise BudgetFault("pb_project_twice", line, name, seen[name])
        seen[name] = line
        about = {key: cell.strip() for key, cell in zip(table.header, row, strict=False)
                 if key not in ("project_id", "cost", "name") and cell.strip()}  # fmt: skip
        title = row[table.column("name")].strip() if "name" in table.header else ""
        projects.append(Project(name, cost, title, about))
    return tuple(projects)


# --- votes ---


def _ballots(table: _Table, vote_type: str, known: set[str]) -> tuple[Ballot, ...]:
    if not table.rows:
        raise BudgetFault("pb_no_votes", table.line)
    who_at, vote_at = table.column("voter_id"), table.column("vote")
    points_at = _points_column(table, vote_type)
    voters: set[str] = set()
    alike: dict[tuple[str, str], list[int]] = {}
    for line, row in table.rows:
        voter = row[who_at].strip()
        if voter in voters:
            raise BudgetFault("pb_voter_twice", line, voter)
        voters.add(voter)
        alike.setdefault((row[vote_at], row[points_at] if points_at is not None else ""), []).append(line)
    return _merged((_ballot(lines[0], said, vote_type, known), len(lines)) for said, lines in alike.items())


def _points_column(table: _Table, vote_type: str) -> int | None:
    if vote_type not in ("scoring", "cumulative"):
        return None
    if "points" not in table.header:
        raise BudgetFault("pb_column_missing", table.line + 1, "VOTES", "points")
    return table.column("points")


def _ballot(line: int, said: tuple[str, str], vote_type: str, known: set[str]) -> Ballot:
    names = [name.strip() for name in said[0].split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise BudgetFault("pb_unknown_project", line, name)
    if len(set(names)) < len(names):
        raise BudgetFault("pb_vote_twice", line, next(name for name in names if names.count(name) > 1))
    if vote_type in ("approval", "choose-1"):
        if vote_type == "choose-1" and len(names) > 1:
            raise BudgetFault("pb_more_than_one", line, len(names))
        return Ballot(tuple(sorted(names)), (1,) * len(names))
    if vote_type == "ordinal":
        return Ballot(tuple(names), ())
    return _scored(line, names, said[1])


def _scored(line: int, names: list[str], said: str) -> Ballot:
    cells = said.split(",") if said.strip() else []
    if len(cells) != len(names):
        raise BudgetFault("pb_points_differ", line, len(names), len(cells))
    points = [number(line, "points", cell) for cell in cells]
    if any(value.denominator != 1 for value in points):
        raise BudgetFault("pb_points_whole", line, said.strip()[:40])
    pairs = sorted((name, int(value)) for name, value in zip(names, points, strict=True) if value > 0)
    return Ballot(tuple(name for name, _ in pairs), tuple(value for _, value in pairs))


def _merged(ballots: Iterator[tuple[Ballot, int]]) -> tuple[Ballot, ...]:
    counted: dict[Ballot, int] = {}
    for ballot, count in ballots:
        counted[ballot] = counted.get(ballot, 0) + count
    places = max((len(ballot.projects) for ballot in counted if not ballot.points), default=0)
    return tuple(
        Ballot(one.projects, one.points or tuple(places - at for at in range(len(one.projects))), count)
        for one, count in counted.items()
    )
