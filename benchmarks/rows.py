"""Many matters at once, written by the database itself from one real matter, so that tables can be made large."""

from __future__ import annotations

from typing import Any

from django.db import connection


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns where table_name = %s order by ordinal_position",
            [table],
        )
        return [row[0] for row in cursor.fetchall()]


def multiply(table: str, like: int, many: int, changed: dict[str, str], first: int = 1) -> None:
    """Copy row `like` of `table` `many` times; `changed`: column -> SQL over the running number `n`."""
    names = [name for name in columns(table) if name != "id"]
    chosen = [changed.get(name, f't."{name}"') for name in names]
    with connection.cursor() as cursor:
        listed, picked = ", ".join(f'"{n}"' for n in names), ", ".join(chosen).replace("%", "%%")
        cursor.execute(
            f"insert into {table} ({listed}) select {picked} "
            f"from {table} t, generate_series(%s::bigint, %s::bigint) n where t.id = %s",
            [first, first + many - 1, like],
        )


def tidy(*tables: str) -> None:
    """What autovacuum would have done by the time a real table is this large."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"vacuum analyze {table}")


def plan(sql: str, params: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute("explain " + sql, params)
        return "\n".join(row[0] for row in cursor.fetchall())
