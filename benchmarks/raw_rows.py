"""The rows that one filing leaves, as one SQL statement for pgbench: the raw limit of the same database server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.support.postgres import find_programs

PEOPLE = 2000  # counters of the rate limit that the raw side counts up, as ours does for as many residents
COUNTER = "raw_number"
# Rows that hang on the matter, in the order of their references, and the column that names the matter.
HANGING = ("records_act", "records_words", "records_todo", "records_message", "records_meeting")
UNIQUE = {"number", "key", "hash"}  # columns whose values must differ from row to row


def statement(connection: psycopg.Connection[Any], matter: int) -> str:
    """One statement that writes all rows of this matter again, with a new number, and counts the rate limit."""
    connection.execute(f"create sequence if not exists {COUNTER} cache 100")
    parts = [f"m as (insert into records_matter {_rows(connection, 'records_matter', 'id', matter)} returning id)"]
    for table in HANGING:
        if rows := _rows(connection, table, "matter_id", matter):
            short = table.removeprefix("records_")
            parts.append(f"{short} as (insert into {table} {rows} returning id)")
    return f"with {', '.join(parts)} {_allowance()}"


def _rows(connection: psycopg.Connection[Any], table: str, by: str, matter: int) -> str:
    columns = connection.execute(
        "select a.attname, format_type(a.atttypid, null) from pg_attribute a "
        "where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'id' order by 1",
        [table],
    ).fetchall()
    read = ", ".join(f'"{name}"::text' for name, _ in columns)
    found = connection.execute(f"select {read} from {table} where {by} = %s order by id", [matter]).fetchall()
    if not found:
        return ""
    rows = [
        ", ".join(_value(name, kind, text) for (name, kind), text in zip(columns, row, strict=True)) for row in found
    ]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    source = {"records_matter": "", "records_words": " from m, act"}.get(table, " from m")
    return f"({names}) " + " union all ".join(f"select {row}{source}" for row in rows)


def _value(name: str, kind: str, text: str | None) -> str:
    if name == "matter_id":
        return "m.id"
    if name == "act_id":
        return "act.id"
    if text is None:
        return f"null::{kind}"
    if name in UNIQUE:
        return f"'{name[0]}' || nextval('{COUNTER}')"
    return f"{quoted(text)}::{kind}"


def quoted(text: str) -> str:
    """A literal on one line, without a colon, which pgbench would read as the name of a variable."""
    return "E'" + re.sub(r"[\\':\n]", lambda found: f"\\x{ord(found.group()):02x}", text) + "'"


def _allowance() -> str:
    return (
        'insert into records_allowance (key, "window", used, expires_at) '
        f"values ('raw' || (random() * {PEOPLE})::int, 1, 1, now()) "
        'on conflict (key, "window") do update set used = records_allowance.used + 1'
    )


def pgbench(url: str, database: str, script: Path, seconds: int, clients: int = 32) -> float:
    """Statements a second of the script by so many clients, prepared once for each, over TCP as ours."""
    parts = urlsplit(url)
    program = find_programs() / "pgbench"
    command = [str(program) if program.exists() else shutil.which("pgbench") or "pgbench"]
    command += ["-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f", str(script)]
    command += ["-h", str(parts.hostname), "-p", str(parts.port), "-U", str(parts.username), database]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "PGPASSWORD": str(parts.password)}
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None:
        raise SystemExit(f"pgbench said nothing of its speed: {done.stdout}")
    return float(found.group(1))


def copy_database(url: str, name: str) -> str:
    """A copy of the database on the same server; nobody may be connected to it. Returns the copy's address."""
    base, _, database = url.rpartition("/")
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(f"create database {name} template {database}")
    return f"{base}/{name}"
