"""Grid units and their faults as sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.ground.files import BadFile, FeatureFault
from gongzhi.core.ground.units import Fault

__all__ = ["division_fault", "feature_fault", "file_fault", "how_said", "part_fault", "part_state"]

FILES: dict[str, Callable[[], str]] = {
    "not_json": lambda: _("读不懂这个文件：不是GeoJSON，也不是打包成 .zip 的Shapefile。"),
    "not_features": lambda: _("文件里没有图形：GeoJSON要是FeatureCollection，每个网格一个Feature。"),
    "not_zip": lambda: _("压缩包打不开：请把 .shp、.shx、.dbf 一起打包成不加密的 .zip。"),
    "no_shp": lambda: _("压缩包里缺文件：同名的 .shp、.shx、.dbf 都要有。"),
    "too_large": lambda: _("文件太大：解开后不能超过%(mb)d MB。"),
    "too_many": lambda: _("图形太多：一个文件最多%(most)d个，这里有%(found)d个。"),
    "unknown_crs": lambda: _("不认识坐标系“%(crs)s”：可以写 wgs84、cgcs2000、gcj02、bd09。"),
    "damaged": lambda: _("Shapefile损坏了，请重新导出。"),
}
FEATURES: dict[str, Callable[[], str]] = {
    "not_area": lambda: _("不是面：要用Polygon或MultiPolygon，这里是%(kind)s"),
    "empty": lambda: _("图形是空的"),
    "not_numbers": lambda: _("坐标写得不对"),
    "out_of_range": lambda: _("坐标不是经纬度（先经度后纬度，单位是度）；投影坐标请先转换"),
    "too_many_corners": lambda: _("拐点太多：%(corners)d个，请先简化"),
    "crossing": lambda: _("边线自己相交或没有围成面（%(why)s）"),
    "no_name": lambda: _("没有名称（字段name或“名称”）"),
    "no_code": lambda: _("编码只能用小写字母、数字和连字符，这里是“%(unit)s”"),
    "bad_people": lambda: _("人口要是整数，这里是“%(people)s”"),
    "twice": lambda: _("编码“%(unit)s”前面已经有了"),
}
DIVISION: dict[str, Callable[[], str]] = {
    "overlap": lambda: _("%(units)s重叠%(area)d平方米：一个地点会归到两个网格"),
    "sticks_out": lambda: _("%(units)s超出上一级范围%(area)d平方米"),
    "too_few": lambda: _("%(units)s常住%(people)d人，少于%(least)d人"),
    "too_many": lambda: _("%(units)s常住%(people)d人，多于%(most)d人"),
    "no_people": lambda: _("%(units)s没有写常住人口"),
    "too_small": lambda: _("%(units)s只有%(area)d平方米，是不是画错了"),
    "too_large": lambda: _("%(units)s有%(area)d平方米，是不是画错了"),
    "count": lambda: _("一共%(units)d个网格，应为%(wanted)d个"),
    "no_one": lambda: _("%(units)s还没有定由谁负责"),
    "few_stand_ins": lambda: _("%(units)s替班不够，至少要%(wanted)d个"),
    "levels": lambda: _("网格分%(levels)d级，应为%(wanted)d级"),
}
HOW: dict[str, Callable[[], str]] = {
    "inside": lambda: _("在网格内"),
    "border": lambda: _("在几个网格的边上，归编码小的那个"),
    "near": lambda: _("在网格外不远，归最近的网格"),
    "outside": lambda: _("不在任何网格，由社区协调，不推走"),
}


def file_fault(fault: BadFile) -> str:
    """Why a file as a whole cannot be read, and what to do."""
    return _filled(FILES[fault.code](), fault.found)


def feature_fault(fault: FeatureFault) -> str:
    """What is wrong with one feature, by its number in the file."""
    said = _filled(FEATURES[fault.code](), dict(fault.found))
    return _("第%(number)d个图形：%(said)s") % {"number": fault.number, "said": said}


def division_fault(fault: Fault) -> str:
    """What to look at in a division of a place into units."""
    if fault.code in ("count", "levels"):
        return _filled(DIVISION[fault.code](), dict(fault.found))
    return _filled(DIVISION[fault.code](), {**fault.found, "units": _("、").join(fault.units)})


def how_said(how: str) -> str:
    """By which rule a point came to its unit."""
    return HOW[how]()


def _filled(sentence: str, values: dict[str, Any]) -> str:
    return sentence % values if values else sentence


def part_fault(code: str, found: str) -> str:
    """What is wrong with a row of the parts register; `found` is what stood there."""
    return _filled(PARTS[code](), {"found": found})


def part_state(state: str) -> str:
    """How a part stands."""
    return {"in_use": _("在用"), "broken": _("损坏"), "removed": _("已拆除")}[state]


PARTS: dict[str, Callable[[], str]] = {
    "code": lambda: _("编码要填，最多40个字：“%(found)s”"),
    "twice": lambda: _("编码“%(found)s”前面已经有了"),
    "elsewhere": lambda: _("编码“%(found)s”别的区域已经用了"),
    "kind": lambda: _("没有小类“%(found)s”：写四位编码或小类名称"),
    "name": lambda: _("名称太长，最多100个字：“%(found)s”"),
    "place": lambda: _("本区域里没有“%(found)s”：写区域编码或名称"),
    "owner": lambda: _("没有单位“%(found)s”：写单位全名，或者空着"),
    "point": lambda: _("东经、北纬要么都写成度数，要么都空着：“%(found)s”"),
    "state": lambda: _("状态只能是 in_use、broken、removed：“%(found)s”"),
    "too_many": lambda: _("一次最多%(found)s行，请分成几个文件"),
}
