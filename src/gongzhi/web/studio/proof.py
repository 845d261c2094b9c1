"""检查结果: what the check proved, what it found beside the lines, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gongzhi.core.charter.findings import Finding
from gongzhi.core.check import STATIC
from gongzhi.web.access import requires
from gongzhi.web.studio.page import Opened, chosen, opened, options, show
from gongzhi.words.findings import (
    FAMILIES,
    explain_code,
    finding_mend,
    finding_place,
    finding_text,
    proof_text,
    severity_text,
)

__all__ = ["Summary", "findings", "summary"]

AROUND = 2  # lines of text shown before and after the one a finding is about
EXPLORED = ("can_end", "silence")


@dataclass(frozen=True, slots=True)
class Summary:
    """The result in one sentence. kind: success, warning or error."""

    kind: str
    text: str
    proved: int
    beyond: int


def summary(one: Opened) -> Summary:
    """What ux guide page 13 asks for: proved so much, so much lies beyond the check; else what was found."""
    report = one.study.report
    errors = sum(finding.severity == "error" for finding in report.findings)
    proved, beyond = len(report.proved), len(set(_all_proofs(one)) - set(report.proved))
    if errors:
        text = ngettext("检查没有通过：{n}个错误。改好才能采用", "检查没有通过：{n}个错误。改好才能采用", errors)
        return Summary("error", text.format(n=errors), proved, beyond)
    warnings = sum(finding.severity == "warning" for finding in report.findings)
    notices = len(report.findings) - errors - warnings
    text = _("检查通过：{proved}项已证明，{beyond}项超出检查范围").format(proved=proved, beyond=beyond)
    text += ngettext("；另有{n}条提醒", "；另有{n}条提醒", warnings).format(n=warnings) if warnings else ""
    text += ngettext("；{n}条法律说明", "；{n}条法律说明", notices).format(n=notices) if notices else ""
    return Summary("warning" if warnings else "success", text, proved, beyond)


def _all_proofs(one: Opened) -> Iterator[str]:
    """Everything that the check tries to prove of this charter."""
    yield from STATIC
    for name in one.charter.procedures:
        yield from (f"{family}:{name}" for family in EXPLORED)


@requires("public")
@require_GET
def findings(request: HttpRequest, key: str) -> HttpResponse:
    """All findings with their filters in the address, then what is proved and how long everything can take."""
    one = opened(key)
    found = one.study.report.findings
    severities = dict.fromkeys(finding.severity for finding in found)
    files = dict.fromkeys(finding.file for finding in found)
    wanted = {
        "severity": chosen(request, "severity", set(severities)),
        "family": chosen(request, "family", set(FAMILIES)),
        "file": chosen(request, "file", set(files)),
    }
    fields = [
        {"name": "severity", "label": _("级别"), "value": wanted["severity"],
         "options": options([(one_, severity_text(one_)) for one_ in severities], _("全部"))},
        {"name": "family", "label": _("种类"), "value": wanted["family"],
         "options": options(_families(found), _("全部"))},
        {"name": "file", "label": _("文件"), "value": wanted["file"],
         "options": options([(file, file) for file in files], _("全部"))},
    ]  # fmt: skip
    shown = [finding for finding in found if _fits(finding, wanted)]
    return show(
        request, "studio/findings.html", one, proof=summary(one), fields=fields, total=len(found),
        found=[_told(one, at, finding) for at, finding in enumerate(shown, 1)],
        proved=list(_proved(one)), beyond=[_proof(one, name) for name in _beyond(one)], worst=list(worst(one)),
    )  # fmt: skip


def _families(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    codes = {finding.code[2]: finding.code for finding in found}
    return [(family, explained[0]) for family, code in sorted(codes.items()) if (explained := explain_code(code))]


def _fits(finding: Finding, wanted: dict[str, str]) -> bool:
    return (
        wanted["severity"] in ("", finding.severity)
        and wanted["family"] in ("", finding.code[2])
        and wanted["file"] in ("", finding.file)
    )


def _told(one: Opened, at: int, finding: Finding) -> dict[str, Any]:
    procedure, step = _spot(one, finding)
    explained = explain_code(finding.code)
    address = reverse("studio_procedure", args=[one.key, procedure]) if procedure else ""
    return {
        "id": at, "code": finding.code, "severity": finding.severity, "severity_text": severity_text(finding.severity),
        "text": finding_text(finding), "place": finding_place(finding), "mend": finding_mend(finding),
        "way": [_named(one, procedure, name) for name in finding.path], "family": explained[0] if explained else "",
        "ground": _ground(finding), "lines": list(_lines(one, finding)),
        "href": f"{address}#step-{step}" if step else address,
    }  # fmt: skip


def _ground(finding: Finding) -> str:
    """The law a finding rests on, where its sentence does not say so already."""
    law = dict(finding.args).get("law")
    return law if isinstance(law, str) else ""


def _spot(one: Opened, finding: Finding) -> tuple[str, str]:
    """The procedure and the step that a finding is about; empty where it is about neither."""
    name = finding.file.removeprefix("procedures/").removesuffix(".yaml")
    procedure = one.charter.procedures.get(name) if finding.file.startswith("procedures/") else None
    if procedure is None:
        return "", ""
    values = dict(finding.args)
    named = [str(values.get(key, "")) for key in ("step", "name")] + [part.partition(".")[0] for part in finding.path]
    return name, next((step for step in named if step in procedure.steps), "")


def _named(one: Opened, procedure: str, name: str) -> str:
    """A part of a path in words: `handle.done` is its step and its outcome."""
    found = one.charter.procedures.get(procedure)
    if found is None:
        return name
    step, _dot, outcome = name.partition(".")
    title = one.terms.step(found, step)
    return f"{title}（{one.terms.outcome(found.steps.get(step), outcome)}）" if outcome else title


def _lines(one: Opened, finding: Finding) -> Iterator[dict[str, Any]]:
    """The lines around a finding, its own marked."""
    text = one.study.text(finding.file)
    if not finding.line or finding.line > len(text):
        return
    first = max(1, finding.line - AROUND)
    for number in range(first, min(len(text), finding.line + AROUND) + 1):
        yield {"number": number, "text": text[number - 1], "at": number == finding.line}


def _beyond(one: Opened) -> list[str]:
    known = set(one.study.report.proved)
    return [name for name in _all_proofs(one) if name not in known]


def _proved(one: Opened) -> Iterator[dict[str, Any]]:
    """Each family that is proved, with the procedures it is proved for."""
    names: dict[str, list[str]] = {}
    for proof in one.study.report.proved:
        family, _colon, procedure = proof.partition(":")
        names.setdefault(family, []).extend([one.terms.procedure(procedure)] if procedure else [])
    yield from ({"text": proof_text(family), "procedures": found} for family, found in names.items())


def _proof(one: Opened, name: str) -> str:
    family, _colon, procedure = name.partition(":")
    return f"{proof_text(family)}{'：' + one.terms.procedure(procedure) if procedure else ''}"


def worst(one: Opened) -> Iterator[dict[str, Any]]:
    """Days at most for each procedure, when everyone is slow and when everyone is late."""
    times, states = one.study.report.worst, one.study.report.states
    for name in one.charter.procedures:
        if name in times:
            yield {"name": name, "title": one.terms.procedure(name), "slow": times[name].slow,
                   "late": times[name].late, "states": states.get(name, 0)}  # fmt: skip
