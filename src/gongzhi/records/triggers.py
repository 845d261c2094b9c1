"""Database triggers that keep the log append-only, whoever speaks to the database.

The migration creates them; tests that have to forge a log drop them and put them back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLES = ("records_act", "records_accesslog", "records_dailydigest", "records_charterversion")
VERBS = ("update", "delete")
FUNCTION = "records_refuse_change"


def create_sql(vendor: str) -> list[str]:
    """Statements that make UPDATE and DELETE on the protected tables fail, for `sqlite` or `postgresql`."""
    if vendor == "sqlite":
        return [_sqlite(table, verb) for table in TABLES for verb in VERBS]
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    return [function, *(_postgresql(table, verb) for table in TABLES for verb in VERBS)]


def drop_sql(vendor: str) -> list[str]:
    """Statements that take the triggers away again."""
    on = "" if vendor == "sqlite" else " ON {table}"
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on.format(table=table)}" for table in TABLES for verb in VERBS]


def _sqlite(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _postgresql(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
    )


@contextmanager
def without_triggers(connection: Any) -> Iterator[None]:
    """Take the protection away for the block: only for tests, which play the forger."""
    with connection.cursor() as cursor:
        for statement in drop_sql(connection.vendor):
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in create_sql(connection.vendor):
                cursor.execute(statement)
