"""Names that no field may have: this program is about procedures, places, things, money and decisions.

It keeps no register of persons by what they are, believe, suffer or once did, no position or track of a person,
no body marks, no score of a resident. A field with such a name fails the build, wherever it appears.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Field as ModelField
from django.db.models import Model


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CHINESE = _words("""
    上访人员 信访人员 缠访 重点人员 重点对象 关注对象 可疑 稳控 管控 信用分 积分 黑名单 红黑榜
    精神病 精神障碍 吸毒 戒毒 刑释 前科 社区矫正 服刑 邪教 民族 宗教 信仰 定位 轨迹
    人脸 指纹 虹膜 声纹 车牌 政治面貌 舆情 劝返
""")

# Each is a row of words as they stand in a field's name: `key_person`, `KeyPerson` and `is_key_person` are found.
ENGLISH = _words("""
    petitioner_list petitioner_level repeat_petitioner key_person key_personnel watchlist watch_list
    blacklist black_list suspicious suspect stability_control credit_score social_credit resident_score
    person_score citizen_score points mental_illness mental_health psychiatric diagnosis disability_kind
    drug_use drug_user addict addiction ex_offender offender criminal_record prison_record
    community_correction cult ethnic ethnicity ethnic_group nationality religion religious faith belief
    gps geolocation latitude longitude trajectory track tracks whereabouts face faces face_id faceprint
    fingerprint iris voiceprint biometric biometrics license_plate licence_plate plate_number political
    political_status party_member party_membership sexual_orientation sentiment risk_level risk_score
""")

# name -> why it is harmless where it stands. Empty is the right length for this table.
ALLOWED: dict[str, str] = {}

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Named(NamedTuple):
    """A name and where it is: `people.Person.name`."""

    where: str
    name: str


def forbidden(names: Iterable[Named]) -> list[str]:
    """One sentence for each name that says something this program must not know."""
    found = []
    for where, name in names:
        if name in ALLOWED:
            continue
        word = _forbidden_word(name)
        if word:
            found.append(f"{where}: “{name}” holds the forbidden word {word}")
    return found


def _forbidden_word(name: str) -> str | None:
    for word in CHINESE:
        if word in name:
            return word
    spelled = f"_{'_'.join(part.lower() for part in _WORD.findall(name))}_"
    return next((word for word in ENGLISH if f"_{word}_" in spelled), None)


def names_of_models(models: Iterable[type[Model]]) -> Iterator[Named]:
    """The names, titles and choices of every field of these tables."""
    for model in models:
        yield Named(model.__name__, model.__name__)
        for field in model._meta.get_fields():
            where = f"{model.__name__}.{field.name}"
            yield Named(where, field.name)
            if isinstance(field, ModelField):
                yield Named(where, str(field.verbose_name))
                for value, title in field.flatchoices:
                    yield Named(where, str(value))
                    yield Named(where, str(title))


def names_of_schema(document: Any, where: str = "openapi") -> Iterator[Named]:
    """The names of properties, parameters and listed values anywhere in an OpenAPI document."""
    if isinstance(document, list):
        for number, item in enumerate(document):
            yield from names_of_schema(item, f"{where}[{number}]")
        return
    if not isinstance(document, dict):
        return
    if isinstance(properties := document.get("properties"), dict):
        yield from (Named(where, name) for name in properties)
    if "in" in document and isinstance(name := document.get("name"), str):
        yield Named(where, name)
    for value in document.get("enum", []) if isinstance(document.get("enum"), list) else []:
        yield Named(where, str(value))
    for key, value in document.items():
        yield from names_of_schema(value, f"{where}.{key}")
