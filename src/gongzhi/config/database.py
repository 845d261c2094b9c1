"""The database: SQLite inside GONGZHI_HOME unless DATABASE_URL names another; PostgreSQL in production."""

from __future__ import annotations

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from gongzhi.config.environment import Environment

POOL = {"min_size": 1, "max_size": 8, "timeout": 10}
LOCK_TIMEOUT = "10s"

# Every transaction takes the write lock when it begins: one that began by reading and then wanted to write
# would fail at once instead of waiting for its turn.
SQLITE_TRANSACTIONS = "IMMEDIATE"
SQLITE_WAIT_SECONDS = 20


def database(environment: Environment) -> dict[str, Any]:
    """Django's description of the one database of this run.

    Raises ImproperlyConfigured when DATABASE_URL is neither SQLite nor PostgreSQL.
    """
    url = environment.variables.get("DATABASE_URL") or f"sqlite:///{environment.home / 'gongzhi.sqlite3'}"
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except Exception as error:  # each broken address fails in its own way; none of them may show the password
        raise ImproperlyConfigured("DATABASE_URL is not the address of a database.") from error
    settings["ATOMIC_REQUESTS"] = False
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        return settings | _sqlite(environment)
    if settings["ENGINE"] == "django.db.backends.postgresql":
        return settings | _postgresql(settings.get("OPTIONS", {}))
    raise ImproperlyConfigured("DATABASE_URL must name SQLite or PostgreSQL.")


def _sqlite(environment: Environment) -> dict[str, Any]:
    environment.home.mkdir(parents=True, exist_ok=True)
    # FULL: what was acknowledged to a resident is still there after a power cut, not only after a crash.
    durability = "NORMAL" if environment.kind == "test" else "FULL"
    return {
        "OPTIONS": {
            "transaction_mode": SQLITE_TRANSACTIONS,
            "timeout": SQLITE_WAIT_SECONDS,
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={durability};",
        },
        # A file, because an in-memory database has no WAL and cannot be shared between processes.
        "TEST": {"NAME": str(environment.home / "test.sqlite3")},
    }


def _postgresql(options: dict[str, Any]) -> dict[str, Any]:
    return {
        "OPTIONS": {"pool": POOL, "options": f"-c lock_timeout={LOCK_TIMEOUT}", **options},
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
    }
