"""`gongzhi charter export` and `import-bpmn`: procedures as drawings for other programs, and our own back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from gongzhi.commands.charter import Lang, fail, finding_line, speaking
from gongzhi.commands.output import SCREEN, Out, put, sound_charter
from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.exchange.bpmn import to_bpmn
from gongzhi.core.exchange.bpmn_read import from_bpmn
from gongzhi.core.exchange.mermaid import to_mermaid
from gongzhi.core.exchange.pnml import to_pnml
from gongzhi.core.exchange.xml_tree import MOST_BYTES, CannotRead
from gongzhi.core.exchange.yaml_text import to_yaml
from gongzhi.words.drawing import cannot_read, shown_holder
from gongzhi.words.terms import Terms


class Format(StrEnum):
    bpmn = "bpmn"
    pnml = "pnml"
    mermaid = "mermaid"


ENDINGS = {Format.bpmn: "bpmn", Format.pnml: "pnml", Format.mermaid: "mmd"}


def export_charter(
    name: Annotated[str, typer.Argument(help="A charter's name or folder.")],
    form: Annotated[Format, typer.Option("--format", help="bpmn opens in bpmn.io, pnml in process tools.")],
    procedure: Annotated[str, typer.Option(help="One procedure; without it all, each in a file of its own.")] = "",
    out: Annotated[str, typer.Option("--out", help="File, folder for all procedures, or - for the screen.")] = SCREEN,
    lang: Lang = "zh-hans",
) -> None:
    """Draw procedures for other programs."""
    with speaking(lang):
        charter = sound_charter(name)
        if procedure and procedure not in charter.procedures:
            names = _("、").join(charter.procedures)
            fail(_("没有叫“{name}”的程序。有：{names}").format(name=procedure, names=names), as_json=False)
        if procedure or len(charter.procedures) == 1:
            wanted = charter.procedures[procedure or next(iter(charter.procedures))]
            put([_drawn(charter, wanted, form)], out)
            return
        if out == SCREEN:
            names = _("、").join(charter.procedures)
            fail(
                _("有几个程序，请用 --procedure 选一个（{names}），或用 --out 写明文件夹。").format(names=names), False
            )
        _all(charter, form, Path(out))


def _all(charter: Charter, form: Format, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(_("写不了“{file}”：{why}").format(file=folder, why=error.strerror), as_json=False)
    for one in charter.procedures.values():
        file = folder / f"{one.name}.{ENDINGS[form]}"
        put([_drawn(charter, one, form)], str(file))
        print(file)


def _drawn(charter: Charter, procedure: Procedure, form: Format) -> str:
    terms = Terms(charter)
    naming: Callable[[str], str] = lambda holder: shown_holder(terms, procedure, holder)  # noqa: E731
    if form is Format.bpmn:
        return to_bpmn(procedure, naming)
    return to_pnml(procedure, terms.text) if form is Format.pnml else to_mermaid(procedure, terms.text, naming)


def import_bpmn(
    file: Annotated[Path, typer.Argument(help="A BPMN file that gongzhi exported.")],
    out: Out = SCREEN,
    lang: Lang = "zh-hans",
) -> None:
    """Read a drawing of ours back, also after changes in a drawing tool; gives the YAML of the procedure."""
    with speaking(lang):
        try:
            with file.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            fail(_("读不了“{file}”：{why}").format(file=file, why=error.strerror), as_json=False)
        try:
            read = from_bpmn(data, file.name)
        except CannotRead as error:
            place = f"{file.name}:{error.line}" if error.line else file.name
            fail(f"{place}: {cannot_read(error)}", as_json=False)
        for finding in read.findings:
            print(finding_line(finding), file=sys.stderr)
        if read.procedure is None:
            raise typer.Exit(1)
        put([to_yaml(read.procedure)], out)
