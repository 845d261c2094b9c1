"""What the environment says: which kind of run this is, and where its data lives.

This is the only place that reads environment variables. `docs/settings.md` lists them all.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from django.core.exceptions import ImproperlyConfigured

Kind = Literal["demo", "test", "production"]

REPOSITORY = Path(__file__).resolve().parents[3]
_YES = {"1", "true", "yes", "on"}
_NO = {"", "0", "false", "no", "off"}


@dataclass(frozen=True)
class Environment:
    """One run's outer settings, read once at start.

    `home` holds everything this run writes. `variables` are the raw values, for the files beside this one.
    """

    kind: Kind
    home: Path
    charters: Path
    debug: bool
    story_clock: bool
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    behind_proxy: bool
    variables: Mapping[str, str]

    @property
    def is_production(self) -> bool:
        return self.kind == "production"


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Reads and checks the environment.

    Raises ImproperlyConfigured for an unknown GONGZHI_ENV, for a switch that is neither yes nor no, and for
    anything that production must not have: debugging, a movable clock, or no host name of its own.
    """
    environment = Environment(
        kind=_kind(variables.get("GONGZHI_ENV", "demo")),
        home=Path(variables.get("GONGZHI_HOME") or "var").expanduser().resolve(),
        charters=Path(variables.get("GONGZHI_CHARTERS") or REPOSITORY / "charters").expanduser().resolve(),
        debug=_switch(variables, "GONGZHI_DEBUG"),
        story_clock=_switch(variables, "GONGZHI_STORY_CLOCK"),
        hosts=_list(variables.get("GONGZHI_HOSTS", "")),
        origins=_list(variables.get("GONGZHI_ORIGINS", "")),
        behind_proxy=_switch(variables, "GONGZHI_BEHIND_PROXY"),
        variables=variables,
    )
    if environment.is_production:
        _refuse_what_production_must_not_have(environment)
    return environment


def _kind(text: str) -> Kind:
    if text not in get_args(Kind):
        raise ImproperlyConfigured(f"GONGZHI_ENV is {text!r}; it must be demo, test or production.")
    return cast(Kind, text)


def _switch(variables: Mapping[str, str], name: str) -> bool:
    text = variables.get(name, "").strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}; write 1 for yes or 0 for no.")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _refuse_what_production_must_not_have(environment: Environment) -> None:
    if environment.debug:
        raise ImproperlyConfigured("GONGZHI_DEBUG is refused in production: it shows residents' data in errors.")
    if environment.story_clock:
        raise ImproperlyConfigured("GONGZHI_STORY_CLOCK is refused in production: deadlines follow the real time.")
    if not environment.hosts:
        raise ImproperlyConfigured("Production needs GONGZHI_HOSTS: the host names it answers to, with commas.")
