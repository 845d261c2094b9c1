"""`gongzhi import grid` and `gongzhi grid check`: units of a community from files, and what is wrong with them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongzhi.core.ground.files import BadFile, Read, read_units
from gongzhi.core.ground.units import Fault, levels_of
from gongzhi.desk.ground import HardFaults, faults_of, posts_missing, take_units, units_of
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import find_place
from gongzhi.words.ground import division_fault, feature_fault, file_fault

__all__ = ["check", "import_grid"]

PlaceCode = Annotated[str, typer.Option("--place", help="Division code or short name of the community.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Lang = Annotated[str, typer.Option("--lang", help="zh-hans (default) or en.")]


def import_grid(
    file: Annotated[Path, typer.Argument(help="GeoJSON, or a Shapefile as .zip; fields name, code, people.")],
    place: PlaceCode,
    crs: Annotated[str, typer.Option(help="wgs84 (default), cgcs2000, gcj02 or bd09.")] = "wgs84",
    replace: Annotated[bool, typer.Option("--replace", help="Units that are not in the file end.")] = False,
    as_json: AsJson = False,
    lang: Lang = "zh-hans",
) -> None:
    """Take grid units into force. With a fault in any feature, or with units that overlap, nothing is changed."""
    with translation.override("en" if lang.lower().startswith("en") else "zh-hans"):
        here = _place(place, as_json)
        found = _read(file, crs, as_json)
        if found.faults:
            _refuse(_("没有导入。请改好这些图形再来："), [feature_fault(fault) for fault in found.faults], as_json)
        at = timezone.now()
        try:
            counts = take_units(here, found.units, at, replace)
        except HardFaults as hard:
            lines = [division_fault(one) for one in hard.faults if one.hard]
            _refuse(_("没有导入。请改好这些地方再来："), lines, as_json)
        _report(counts, faults_of(here, units_of(here), at), as_json)


def _place(code: str, as_json: bool) -> Place:
    call_command("migrate", verbosity=0, interactive=False)
    found = find_place(code)
    if found is None:
        _refuse(_("没有这个区域：{code}").format(code=code), [], as_json)
    return found


def _read(file: Path, crs: str, as_json: bool) -> Read:
    try:
        return read_units(file.read_bytes(), crs)
    except OSError as fault:
        _refuse(_("读不了“{file}”：{why}").format(file=file, why=fault.strerror), [], as_json)
    except BadFile as fault:
        _refuse(file_fault(fault), [], as_json)


def _refuse(sentence: str, lines: Sequence[str], as_json: bool) -> NoReturn:
    if as_json:
        print(json.dumps({"error": sentence, "faults": list(lines)}, ensure_ascii=False))
    else:
        print("\n".join([sentence, *(f"  {line}" for line in lines)]), file=sys.stderr)
    raise typer.Exit(2)


def _report(counts: dict[str, int], faults: Sequence[Fault], as_json: bool) -> None:
    if as_json:
        print(json.dumps({**counts, "faults": _as_data(faults)}, ensure_ascii=False))
        return
    print(_("新增{added}个网格，改了{changed}个，没有变{same}个，停用{ended}个。").format(**counts))
    _print_faults(faults)


def _as_data(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    return [{"code": one.code, "units": one.units, **one.found, "detail": division_fault(one)} for one in faults]


def _print_faults(faults: Sequence[Fault]) -> None:
    if faults:
        print("\n".join([_("要看一看："), *(f"  {division_fault(one)}" for one in faults)]))


def check(place: PlaceCode, as_json: AsJson = False, lang: Lang = "zh-hans") -> None:
    """Look for overlaps, wrong sizes and wrong numbers in the units in force. Exit code 1 when something is found."""
    with translation.override("en" if lang.lower().startswith("en") else "zh-hans"):
        here = _place(place, as_json)
        units = units_of(here)
        faults = [*faults_of(here, units, timezone.now()), *posts_missing(here, timezone.now())]
        if as_json:
            found = {"units": len(units), "levels": levels_of(units), "faults": _as_data(faults)}
            print(json.dumps(found, ensure_ascii=False))
        else:
            print(_("{units}个网格，{levels}级。").format(units=len(units), levels=levels_of(units)))
            _print_faults(faults)
    if faults:
        raise typer.Exit(1)
