"""Grid units out of files: GeoJSON as text, Shapefile as a .zip. Faults name the feature by its number, from 1."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapefile

from gongzhi.core.ground.shapes import BadShape, read_area
from gongzhi.core.ground.shift import CRS, Point
from gongzhi.core.ground.units import Unit

__all__ = ["BadFile", "FeatureFault", "Read", "read_units"]

MOST = 5_000  # features of one file
LARGEST = 64 * 1024 * 1024  # bytes, unpacked
NAMES = ("name", "title", "名称", "网格名称")
CODES = ("code", "id", "编码", "网格编码")
PEOPLE = ("people", "population", "人口", "常住人口")
NEEDED = (".shp", ".shx", ".dbf")


class BadFile(ValueError):
    """The file as a whole cannot be read: `code` is not_json, not_features, not_zip, no_shp, too_large, too_many,
    unknown_crs or damaged."""

    def __init__(self, code: str, **found: Any) -> None:
        super().__init__(code)
        self.code, self.found = code, found


@dataclass(frozen=True, slots=True)
class FeatureFault:
    """What is wrong with the feature of a number: a code of `BadShape`, no_name, no_code, bad_people or twice."""

    number: int
    code: str
    found: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held. Units with a fault are left out."""

    units: tuple[Unit, ...]
    faults: tuple[FeatureFault, ...]


def read_units(content: bytes, crs: str = "wgs84") -> Read:
    """The units of a file, GeoJSON or zipped Shapefile, its coordinates of the declared system. Raises `BadFile`.

    A unit's code is the suffix below its community (`3`, or `3-2` for a unit in unit 3).
    """
    name = crs.lower().replace("-", "").replace("_", "")
    if name not in CRS:
        raise BadFile("unknown_crs", crs=crs)
    if len(content) > LARGEST:
        raise BadFile("too_large", mb=LARGEST // 1024**2)
    features = _zipped(content) if content[:2] == b"PK" else _geojson(content)
    return _read(features, None if name in ("wgs84", "cgcs2000") else CRS[name])


def _read(features: list[Any], shift: Callable[[Point], Point] | None) -> Read:
    if len(features) > MOST:
        raise BadFile("too_many", most=MOST, found=len(features))
    units: dict[str, Unit] = {}
    faults = []
    for number, feature in enumerate(features, 1):
        try:
            unit = _unit(feature, shift)
            if unit.code in units:
                raise BadShape("twice", unit=unit.code)
            units[unit.code] = unit
        except BadShape as fault:
            faults.append(FeatureFault(number, fault.code, fault.found))
    return Read(tuple(units.values()), tuple(faults))


def _unit(feature: Any, shift: Callable[[Point], Point] | None) -> Unit:
    if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
        raise BadShape("not_area", kind=str(feature.get("type")) if isinstance(feature, Mapping) else "null")
    values = feature.get("properties") or {}
    if not isinstance(values, Mapping):
        raise BadShape("no_name")
    name, code = _text(values, NAMES), _text(values, CODES).lower()
    if not name:
        raise BadShape("no_name")
    if not all(part.isascii() and part.isalnum() for part in code.split("-")) or len(code) > 30:
        raise BadShape("no_code", unit=code)
    return Unit(code, name[:100], read_area(feature.get("geometry"), shift), _people(values))


def _text(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(values[name]).strip() for name in names if values.get(name) not in (None, "")), "")


def _people(values: Mapping[str, Any]) -> int | None:
    text = _text(values, PEOPLE)
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not (0 <= number < 10**7 and number == int(number)):
        raise BadShape("bad_people", people=text)
    return int(number)


def _geojson(content: bytes) -> list[Any]:
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadFile("not_json") from None
    if isinstance(found, dict) and found.get("type") == "Feature":
        return [found]
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise BadFile("not_features")
    return features


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _zipped(content: bytes) -> list[Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_shapes(_members(archive)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise BadFile("not_zip") from None
    except (shapefile.ShapefileException, ValueError, OSError, EOFError) as fault:
        if isinstance(fault, BadFile):
            raise
        raise BadFile("damaged") from None


def _members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The three files of the first shape in the archive, and its encoding; unpacked sizes are limited."""
    infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    stem = next((name[:-4] for name in sorted(infos) if name.lower().endswith(".shp")), None)
    if stem is None:
        raise BadFile("no_shp")
    found = {}
    for name, info in infos.items():
        ending = name[len(stem) :].lower()
        if name.startswith(stem) and ending in (*NEEDED, ".cpg"):
            if info.file_size > LARGEST:
                raise BadFile("too_large", mb=LARGEST // 1024**2)
            found[ending] = archive.read(info)
    if missing := [ending for ending in NEEDED if ending not in found]:
        raise BadFile("no_shp", missing="、".join(missing))
    return found


def _shapes(files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
    """Chinese tools write GBK unless a .cpg file says otherwise."""
    declared = files.get(".cpg", b"").decode("ascii", "ignore").strip().lower()
    encoding = "utf-8" if "utf" in declared else "gb18030"
    opened = {ending[1:]: io.BytesIO(files[ending]) for ending in NEEDED}
    with shapefile.Reader(**opened, encoding=encoding, encodingErrors="replace") as reader:
        for one in reader.iterShapeRecords():
            geometry = one.shape.__geo_interface__ if one.shape.shapeType else None
            yield {"type": "Feature", "properties": _plain(one.record.as_dict()), "geometry": geometry}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): int(v) if isinstance(v, float) and v == int(v) else v for name, v in values.items()}
