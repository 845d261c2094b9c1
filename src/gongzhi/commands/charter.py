"""`gongzhi charter check | explain`: what the check of a charter finds, and what each code means. No database."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.text import Text

from gongzhi.core.charter.findings import Finding
from gongzhi.core.charter.read import contents, stamps
from gongzhi.core.check import Report, check_folder
from gongzhi.words.findings import (
    explain_code,
    finding_mend,
    finding_place,
    finding_text,
    finding_way,
    proof_text,
    severity_text,
)

LAW = "_law"
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Lang = Annotated[str, typer.Option("--lang", help="zh-hans (default) or en.")]

app = typer.Typer(no_args_is_help=True, help="Check charters and explain what was found.")


@app.command("check")
def check(
    names: Annotated[list[str], typer.Argument(help="Names or folders of charters; charters/* for all.")],
    as_json: AsJson = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes, until Ctrl-C.")] = False,
    lang: Lang = "zh-hans",
) -> None:
    """Every finding with file, line and how to mend it. Exit code 1 when there is an error; --json: a line each."""
    with speaking(lang):
        folders = _folders(names, as_json)
        passed = [_checked(folder, as_json) for folder in folders]
        while watch:
            for folder in watched(folders):
                _checked(folder, as_json)
    if not all(passed):
        raise typer.Exit(1)


def _folders(names: list[str], as_json: bool) -> list[Path]:
    """The charters named; of several (charters/*), what is no charter at all is passed over."""
    found = []
    for name in names:
        folder = find_folder(name)
        if folder is None and (len(names) == 1 or not Path(name).exists()):
            shown = Path(settings.GONGZHI_CHARTERS).name
            fail(_("没有叫“{name}”的章程。章程放在 {folder}。").format(name=name, folder=shown), as_json)
        if folder is not None:
            found.append(folder)
    return found


def _checked(folder: Path, as_json: bool) -> bool:
    report = check_folder(folder, law_folder(folder))
    if as_json:
        print(json.dumps(as_data(report), ensure_ascii=False), flush=True)
    else:
        _show(report)
    return report.passed


def watched(folders: list[Path], pause: float = 0.2) -> list[Path]:
    """Waits until files of some of these charters, or of their law, have changed, and names those charters."""
    before = {folder: _seen(folder) for folder in folders}
    while True:
        time.sleep(pause)
        changed = [folder for folder in folders if _seen(folder) != before[folder]]
        if changed:
            return changed


def _seen(folder: Path) -> tuple[object, ...]:
    return contents(folder), stamps(law_folder(folder))


@app.command("explain")
def explain(
    code: Annotated[str, typer.Argument(help="A code of the check, for example GZ501.")],
    as_json: AsJson = False,
    lang: Lang = "zh-hans",
) -> None:
    """What a code means and how to mend what it finds."""
    with speaking(lang):
        found = explain_code(code.upper())
        if found is None:
            fail(_("没有编号“{code}”。编号写成 GZ101 这样。").format(code=code), as_json)
        family, severity, text, mend = found
        if as_json:
            data = {"code": code.upper(), "family": family, "severity": severity, "message": text, "mend": mend}
            print(json.dumps(data, ensure_ascii=False))
            return
        print(f"{code.upper()}  {severity}  {text}")
        print(f"  {_('种类')}: {family}")
        print(f"  {_('怎么改')}: {mend}")


def as_data(report: Report) -> dict[str, object]:
    """The report as one JSON object. `worst_case` counts days when everyone is late, `slow` when nobody is."""
    return {
        "charter": report.name,
        "findings": [finding_data(finding) for finding in report.findings],
        "proved": list(report.proved),
        "worst_case": {name: item.late for name, item in report.worst.items()},
        "slow": {name: item.slow for name, item in report.worst.items()},
        "states": report.states,
    }


def finding_data(finding: Finding) -> Mapping[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.file,
        "line": finding.line,
        "message": finding_text(finding),
        "mend": finding_mend(finding),
        "path": list(finding.path),
    }


def finding_line(finding: Finding) -> str:
    """`file:line: CODE message`, the way compilers say it."""
    return f"{finding_place(finding)}: {finding.code} {finding_text(finding)}"


def law_folder(folder: Path) -> Path:
    """The law beside the charter, else the law of the shipped charters."""
    beside = folder.resolve().parent / LAW
    return beside if beside.is_dir() else Path(settings.GONGZHI_CHARTERS) / LAW


def find_folder(name: str) -> Path | None:
    shipped = Path(settings.GONGZHI_CHARTERS) / name
    for folder in (shipped, Path(name)):
        if folder.is_dir() and folder.name != LAW:
            return folder
    return None


def _show(report: Report) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for finding in report.findings:
        for line in _lines(finding):
            console.print(line)
    errors = sum(finding.severity == "error" for finding in report.findings)
    warnings = sum(finding.severity == "warning" for finding in report.findings)
    summary = _("{errors}个错误，{warnings}个提醒").format(errors=errors, warnings=warnings)
    if notices := len(report.findings) - errors - warnings:
        summary += _("，{notices}条法律说明").format(notices=notices)
    console.print(Text(f"{report.name}: {summary if report.findings else _('没有发现问题')}", "bold"))
    if report.proved:
        console.print(Text(f"{_('已证明')}:", "green"))
    families = dict.fromkeys(proof.partition(":")[0] for proof in report.proved)
    for family in families:
        names = [proof.partition(":")[2] for proof in report.proved if proof.startswith(f"{family}:")]
        console.print(Text(f"  {proof_text(family)}{': ' + ', '.join(names) if names else ''}", "green"))
    if report.worst:
        console.print(Text(f"{_('最长用时（天）')}:"))
    for name, item in report.worst.items():
        console.print(Text(f"  {name}: {_('人人用满时间')} {item.slow}, {_('人人都逾期')} {item.late}"))


def _lines(finding: Finding) -> Iterator[Text]:
    colour = {"error": "bold red", "warning": "bold yellow"}.get(finding.severity, "bold cyan")
    yield Text.assemble(
        f"{finding_place(finding)}: ",
        (f"{finding.code} {severity_text(finding.severity)} ", colour),
        finding_text(finding),
    )
    if finding.path:
        yield Text(f"    {_('路径')}: {finding_way(finding)}", "dim")
    yield Text(f"    {_('怎么改')}: {finding_mend(finding)}", "dim")


def fail(sentence: str, as_json: bool) -> NoReturn:
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    else:
        print(sentence, file=sys.stderr)
    raise typer.Exit(1)


def speaking(lang: str) -> translation.override:
    return translation.override("en" if lang.lower().startswith("en") else "zh-hans")
