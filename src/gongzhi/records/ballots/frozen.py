"""Triggers that keep a frozen roll as it is, whoever speaks to the database.

Names may still be erased when their time is over; who may vote, with which weight, stays.
"""

from __future__ import annotations

ROLL, ENTRY = "records_roll", "records_rollentry"
KEPT = ("roll_id", "number", "kind", "digest", "contact_index", "area", "candidate")
OF_ROLL = ("matter_id", "of", "frozen_at", "digest", "rule", "size", "area")
FUNCTION = "records_refuse_frozen"


def create_sql(vendor: str) -> list[str]:
    """Statements that refuse changes of frozen rolls, for `sqlite` or `postgresql`."""
    if vendor == "sqlite":
        return [_sqlite(*one) for one in _table()]
    return [_function(), *(_postgresql(*one) for one in _table())]


def drop_sql(vendor: str) -> list[str]:
    """Statements that take the triggers away again."""
    names = [(table, f"{table}_frozen_{verb}") for table, verb, _columns in _table()]
    return [f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}") for table, name in names]


def _table() -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (ENTRY, "insert", ()), (ENTRY, "update", KEPT), (ENTRY, "delete", ()),
        (ROLL, "update", OF_ROLL), (ROLL, "delete", ()),
    ]  # fmt: skip


def _event(verb: str, columns: tuple[str, ...]) -> str:
    named = ", ".join(f'"{one}"' for one in columns)
    return f"BEFORE {verb.upper()}" + (f" OF {named}" if named else "")


def _sqlite(table: str, verb: str, columns: tuple[str, ...]) -> str:
    row = "NEW" if verb == "insert" else "OLD"
    frozen = f"{row}.frozen_at" if table == ROLL else f"(SELECT frozen_at FROM {ROLL} WHERE id = {row}.roll_id)"  # noqa: S608
    return (
        f"CREATE TRIGGER {table}_frozen_{verb} {_event(verb, columns)} ON {table} FOR EACH ROW "
        f"WHEN {frozen} IS NOT NULL BEGIN SELECT RAISE(ABORT, 'the roll is frozen'); END"
    )


def _postgresql(table: str, verb: str, columns: tuple[str, ...]) -> str:
    return (
        f"CREATE TRIGGER {table}_frozen_{verb} {_event(verb, columns)} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
    )


def _function() -> str:
    """A raised exception of class 23 reaches Django as an IntegrityError, as SQLite's does."""
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "  # noqa: S608 - our own names
        "DECLARE fixed timestamptz; BEGIN "
        f"IF TG_TABLE_NAME = '{ROLL}' THEN fixed := OLD.frozen_at; "
        f"ELSIF TG_OP = 'INSERT' THEN SELECT frozen_at INTO fixed FROM {ROLL} WHERE id = NEW.roll_id; "
        f"ELSE SELECT frozen_at INTO fixed FROM {ROLL} WHERE id = OLD.roll_id; END IF; "
        "IF fixed IS NOT NULL THEN RAISE EXCEPTION 'the roll is frozen' USING ERRCODE = '23000'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
