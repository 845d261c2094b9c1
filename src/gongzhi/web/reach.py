"""How a community is reached without the internet: from its own data (`place.yaml` beside its charter)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML

from gongzhi.records.institutions.models import Adoption, Place

__all__ = ["Facts", "Reach", "facts_of", "numbers_of", "reach_of"]


@dataclass(frozen=True, slots=True)
class Reach:
    """Texts as the community wrote them; empty where it has not said."""

    phone: str = ""
    address: str = ""
    hours: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Numbers of a community as a whole, as its data says; empty where it does not."""

    founded: str = ""
    area_km2: str = ""
    households: str = ""
    registered: str = ""
    from_elsewhere: str = ""


def reach_of(community: Place) -> Reach:
    """Phone, address and hours of a community; empty ones when its data does not say."""
    said = _said(community, "reach")
    return Reach(**{name: str(said.get(name, "")) for name in Reach.__slots__})


def facts_of(community: Place) -> Facts:
    """What the community says about itself."""
    said = _said(community, "facts")
    return Facts(**{name: str(said.get(name, "")) for name in Facts.__slots__})


def numbers_of(community: Place) -> dict[str, int]:
    """The whole numbers among what the community says about itself, by the names that norms use."""
    return {name: value for name, value in _said(community, "facts").items() if type(value) is int}


def _said(community: Place, part: str) -> Mapping[str, Any]:
    adoption = Adoption.objects.filter(place=community, end=None).order_by("-start").first()
    if adoption is None:
        return {}
    file = Path(settings.GONGZHI_CHARTERS) / adoption.charter / "place.yaml"
    content = _read(file, file.stat().st_mtime_ns) if file.exists() else {}
    found: Mapping[str, Any] = content.get(part) or {}
    return found


@lru_cache(maxsize=64)
def _read(file: Path, changed: int) -> Mapping[str, Any]:
    content: Any = YAML(typ="safe", pure=True).load(file.read_text("utf-8"))
    return content if isinstance(content, dict) else {}
