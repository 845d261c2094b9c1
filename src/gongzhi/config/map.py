"""The tiles under our maps. Without them a map draws our own areas and points on plain ground."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongzhi.config.environment import Environment
from gongzhi.config.security import CONTENT_SECURITY_POLICY

__all__ = ["NO_TILES", "Tiles", "map_tiles"]

TIANDITU = "https://t0.tianditu.gov.cn/DataServer?T=vec_w&x={x}&y={y}&l={z}&tk="
AMAP = "https://webrd01.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}"
OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


@dataclass(frozen=True, slots=True)
class Tiles:
    """`address` with {x}, {y}, {z}; `shift`: gcj02 where tiles are shifted, so that points are drawn shifted too."""

    address: str = ""
    credit: str = ""
    shift: str = ""

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}" if self.address else ""

    @property
    def policy(self) -> str:
        """The policy on content of a page with a map: everybody's, with these tiles let in."""
        policy = CONTENT_SECURITY_POLICY
        for directive in ("img-src 'self'", "connect-src 'self'"):
            policy = policy.replace(directive, f"{directive} {self.origin}".rstrip())
        return policy


NO_TILES = Tiles()


def map_tiles(environment: Environment) -> Tiles:
    """GONGZHI_MAP_TILES: `osm`, `amap`, `tianditu:KEY`, or an https address with {x}, {y}, {z} (`gcj02+` before it
    where its tiles are shifted). Raises ImproperlyConfigured."""
    wanted = environment.variables.get("GONGZHI_MAP_TILES", "").strip()
    if not wanted:
        return NO_TILES
    if wanted == "osm":
        return Tiles(OSM, "© OpenStreetMap")
    if wanted == "amap":
        return Tiles(AMAP, "© 高德地图", "gcj02")
    if wanted.startswith("tianditu:") and wanted.removeprefix("tianditu:").isalnum():
        return Tiles(TIANDITU + wanted.removeprefix("tianditu:"), "© 天地图")
    return _own(wanted)


def _own(wanted: str) -> Tiles:
    shift, address = ("gcj02", wanted.removeprefix("gcj02+")) if wanted.startswith("gcj02+") else ("", wanted)
    parts = urlsplit(address)
    whole = all(mark in address for mark in ("{x}", "{y}", "{z}"))
    safe = parts.scheme in ("https", "http") and parts.netloc and not set(parts.netloc) & set("{} ;,'\"*")
    if not (whole and safe):
        raise ImproperlyConfigured(
            "GONGZHI_MAP_TILES must be osm, amap, tianditu:KEY or an address with {x}, {y} and {z}."
        )
    return Tiles(address, parts.netloc, shift)
