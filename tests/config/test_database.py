from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from gongzhi.config.database import database
from gongzhi.config.environment import read_environment


def test_the_default_is_a_file_in_the_home(tmp_path: Path) -> None:
    settings = database(read_environment({"GONGZHI_HOME": str(tmp_path / "new")}))
    assert settings["NAME"] == str(tmp_path / "new" / "gongzhi.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in settings["OPTIONS"]["init_command"]


def test_an_address_of_postgresql_is_pooled_and_keeps_its_own_options() -> None:
    url = "postgresql://user:secret@127.0.0.1:5432/district?sslmode=require"
    settings = database(read_environment({"DATABASE_URL": url}))
    assert settings["OPTIONS"]["pool"]["max_size"] == 8
    assert settings["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["mysql://u:p@h/d", "nothing", "oracle://u:topsecret@h/d"])
def test_another_database_is_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refusal:
        database(read_environment({"DATABASE_URL": url}))
    assert "topsecret" not in str(refusal.value)


@pytest.mark.both_databases
@pytest.mark.django_db
def test_the_run_uses_the_database_it_says(database_kind: str) -> None:
    assert connection.vendor == database_kind
    with connection.cursor() as cursor:
        if database_kind == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
            cursor.execute("PRAGMA foreign_keys")
            assert cursor.fetchone() == (1,)
        else:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("10s",)
