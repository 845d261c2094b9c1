from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from gongzhi.config.environment import read_environment
from gongzhi.config.secrets import data_key, secret_key

PRODUCTION = {"GONGZHI_ENV": "production", "GONGZHI_HOSTS": "gongzhi.example"}


def test_a_run_without_settings_is_a_demo_under_var() -> None:
    environment = read_environment({})
    assert environment.kind == "demo"
    assert environment.home == Path("var").resolve()
    assert environment.charters.name == "charters"
    assert not environment.story_clock


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"GONGZHI_ENV": "prod"}, "GONGZHI_ENV"),
        ({"GONGZHI_DEBUG": "perhaps"}, "GONGZHI_DEBUG"),
        (PRODUCTION | {"GONGZHI_DEBUG": "1"}, "GONGZHI_DEBUG"),
        (PRODUCTION | {"GONGZHI_STORY_CLOCK": "1"}, "GONGZHI_STORY_CLOCK"),
        ({"GONGZHI_ENV": "production"}, "GONGZHI_HOSTS"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(variables: dict[str, str], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        read_environment(variables)


def test_the_story_clock_is_allowed_outside_production() -> None:
    assert read_environment({"GONGZHI_STORY_CLOCK": "1"}).story_clock


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    environment = read_environment({"GONGZHI_HOME": str(tmp_path)})
    first = secret_key(environment), data_key(environment)
    assert (secret_key(environment), data_key(environment)) == first
    assert len(first[0]) >= 50
    for name in ("secret.key", "data.key"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.key", "secret.key"]


def test_production_makes_no_secret_but_takes_those_there_are(tmp_path: Path) -> None:
    home = PRODUCTION | {"GONGZHI_HOME": str(tmp_path)}
    with pytest.raises(ImproperlyConfigured, match="GONGZHI_DATA_KEY"):
        data_key(read_environment(home))
    assert list(tmp_path.iterdir()) == []
    key = Fernet.generate_key().decode()
    (tmp_path / "data.key").write_text(key + "\n")
    assert data_key(read_environment(home)) == key
    other = Fernet.generate_key().decode()
    assert data_key(read_environment(home | {"GONGZHI_DATA_KEY": other})) == other


def test_a_data_key_of_the_wrong_form_is_refused(tmp_path: Path) -> None:
    variables = {"GONGZHI_HOME": str(tmp_path), "GONGZHI_DATA_KEY": "short"}
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        data_key(read_environment(variables))
