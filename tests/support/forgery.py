"""How the tests empty an append-only database between two tests that really commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from django.db import connection

from gongzhi.records.ballots import frozen
from gongzhi.records.funds import kept
from gongzhi.records.triggers import without_triggers


def let_flush_pass() -> None:
    """Emptying the tables deletes log rows, which the triggers refuse on SQLite: lift them for that moment."""
    if connection.vendor != "sqlite":
        return
    flush: Callable[[list[str]], None] = type(connection.ops).execute_sql_flush.__get__(connection.ops)

    def unprotected(sql_list: list[str]) -> None:
        with without_triggers(connection), thawed(), thawed(kept):
            flush(sql_list)

    connection.ops.execute_sql_flush = unprotected  # type: ignore[method-assign]


def forge(sql: str, *values: Any) -> None:
    """Change the records behind the program's back, as somebody with the database's password could."""
    with without_triggers(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def thawed(protected: ModuleType = frozen) -> Iterator[None]:
    """Frozen rolls (or what another room protects) can be changed for the block."""
    with connection.cursor() as cursor:
        for statement in protected.drop_sql(connection.vendor):
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in protected.create_sql(connection.vendor):
                cursor.execute(statement)
