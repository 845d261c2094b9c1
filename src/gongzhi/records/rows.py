"""New rows, stored in one statement whose SQL is composed once.

Filing a matter writes to five tables, and composing the same five statements anew took longer than running them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model


def insert(rows: Sequence[Model]) -> None:
    """Store new rows of one model and give them their ids. Raises IntegrityError as `save` does."""
    if not rows:
        return
    here = connections[DEFAULT_DB_ALIAS]  # the connection itself: asked for with every value of every row
    fields, sql = _statement(type(rows[0]), len(rows), here.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), here) for row in rows for field in fields]
    with here.cursor() as cursor:
        cursor.execute(sql, values)
        stored = cursor.fetchall()
    for row, (pk,) in zip(rows, stored, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@lru_cache(maxsize=256)
def _statement(model: type[Model], many: int, vendor: str) -> tuple[tuple[Field[Any, Any], ...], str]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = tuple(field for field in model._meta.local_concrete_fields if not field.primary_key)
    names = ", ".join(quote(str(field.column)) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    values = ", ".join([row] * many)
    return fields, f"INSERT INTO {table} ({names}) VALUES {values} RETURNING {key}"  # noqa: S608 - our own names
