"""Where a command's result goes: to the screen, or whole into a file or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from gongzhi.commands.charter import fail, find_folder, law_folder
from gongzhi.core.charter.spec import Charter
from gongzhi.core.check import check_folder
from gongzhi.words.findings import finding_place, finding_text

SCREEN = "-"

Out = Annotated[str, typer.Option("--out", help="File to write; - is the screen.")]


def put(pieces: Iterable[str], out: str) -> None:
    """Writes all pieces. A file appears only when it is complete; exit code 1 when it cannot be written."""
    if out == SCREEN:
        sys.stdout.writelines(pieces)
        return
    target = Path(out)
    draft = target.with_name(f"{target.name}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        draft.replace(target)
    except OSError as error:
        fail(_("写不了“{file}”：{why}").format(file=out, why=error.strerror), as_json=False)
    finally:
        draft.unlink(missing_ok=True)


def charter_folder(name: str) -> Path:
    """The folder of a charter by its name; exit code 1 when there is none."""
    folder = find_folder(name)
    if folder is None:
        fail(_("没有叫“{name}”的章程。").format(name=name), as_json=False)
    return folder


def sound_charter(name: str) -> Charter:
    """The charter of that name, checked; with errors it ends with exit code 1 and the first of them."""
    folder = charter_folder(name)
    report = check_folder(folder, law_folder(folder))
    if report.charter is None:
        first = next(finding for finding in report.findings if finding.severity == "error")
        print(f"{finding_place(first)}: {first.code} {finding_text(first)}", file=sys.stderr)
        fail(_("章程有错误，请先运行 gongzhi charter check {name}。").format(name=name), as_json=False)
    return report.charter
