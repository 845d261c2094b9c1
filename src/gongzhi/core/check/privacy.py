"""Family 9: personal fields say why, on what ground and how long; what must not be recorded has no name here."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.check.view import path_of

# Persons are never listed, tracked or graded; a charter that names such a thing is refused.
FORBIDDEN = (
    "上访人员", "信访人员", "缠访", "闹访", "重点人员", "可疑人员", "可疑对象", "稳控", "管控对象", "信用分",
    "居民积分",
    "黑名单", "黑榜", "精神病", "精神障碍", "吸毒", "刑释", "社区矫正对象", "邪教", "民族成分", "民族", "宗教", "定位",
    "轨迹", "人脸", "车牌", "指纹", "政治面貌",
)  # fmt: skip
FORBIDDEN_NAMES = (
    "petitioner_list", "key_person", "key_persons", "suspect", "blacklist", "credit_score", "social_credit",
    "resident_score", "mental_illness", "drug_user", "ex_offender", "ethnicity", "religion", "location_track", "gps",
    "face_id", "face", "fingerprint", "licence_plate", "license_plate", "political_status",
)  # fmt: skip


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ901 to GZ904."""
    found = [*_names(charter, lines)]
    for procedure in charter.procedures.values():
        found += _fields(procedure, lines)
        found += _procedure_names(procedure, lines)
    return found


def _fields(procedure: Procedure, lines: Lines) -> Iterator[Finding]:
    for field in procedure.fields.values():
        path = f"{path_of(procedure)}.fields.{field.name}"
        if field.class_ == "plain":
            if field.type == "text":
                yield lines.finding("GZ902", path, field=field.name)
            continue
        missing = [key for key in ("purpose", "basis", "keep") if getattr(field, key) is None]
        if missing:
            yield lines.finding("GZ901", path, field=field.name, missing=", ".join(missing))


def _names(charter: Charter, lines: Lines) -> Iterator[Finding]:
    for category in charter.categories.values():
        yield from _forbidden(f"categories.{category.name}", category.name, category.title, lines)
    for name, title in charter.documents.items():
        yield from _forbidden(f"documents.{name}", name, title, lines)
    for key in ("rights", "disclosures", "funds", "norms", "indicators"):
        for item in getattr(charter, key).values():
            yield from _forbidden(f"{key}.{item.name}", item.name, item.title, lines)
    for norm in charter.norms.values():
        for name, title in norm.facts.items():
            yield from _forbidden(f"norms.{norm.name}.facts.{name}", name, title, lines)
    for organ in charter.organs.values():
        yield from _forbidden(f"organs.{organ.name}", organ.name, organ.title, lines)


def _procedure_names(procedure: Procedure, lines: Lines) -> Iterator[Finding]:
    base = path_of(procedure)
    yield from _forbidden(base, procedure.name, procedure.title, lines)
    for field in procedure.fields.values():
        path = f"{base}.fields.{field.name}"
        yield from _forbidden(path, field.name, " ".join([field.title, *field.choices.values()]), lines)
    for step in procedure.steps.values():
        titles = [step.title, *(result.title for result in step.then.values())]
        yield from _forbidden(f"{base}.steps.{step.name}", step.name, " ".join(titles), lines)
    for end in procedure.ends.values():
        yield from _forbidden(f"{base}.ends.{end.name}", end.name, end.title, lines)


def _forbidden(path: str, name: str, title: str, lines: Lines) -> Iterator[Finding]:
    word = next((word for word in FORBIDDEN if word in title), "")
    plain = f"_{name}_"
    key = next((key for key in FORBIDDEN_NAMES if f"_{key}_" in plain), "")
    if word or key:
        yield lines.finding("GZ903", path, word=word or key)
