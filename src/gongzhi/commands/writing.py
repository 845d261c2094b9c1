"""`gongzhi charter new | print | diff`: start a charter, read it as sentences, see what a change changes."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.commands.charter import LAW, Lang, fail, speaking
from gongzhi.commands.output import sound_charter
from gongzhi.core.charter.holders import is_identifier
from gongzhi.core.check import check_folder
from gongzhi.words.differences import difference_lines
from gongzhi.words.prose import Prose, prose_of
from gongzhi.words.terms import Terms, english

TEMPLATE = "template"
PLACEHOLDER = "某某社区"
LONGEST = 60


def new(
    name: Annotated[str, typer.Argument(help="Folder of the new charter: small letters, digits and _.")],
    title: Annotated[str, typer.Option(help="What it is called, for example 幸福社区章程.")],
    english_title: Annotated[str, typer.Option("--english", help="Its English title; without it the name.")] = "",
    lang: Lang = "zh-hans",
) -> None:
    """Copy the template into a folder of its own and fill in name and title."""
    with speaking(lang):
        charters = Path(settings.GONGZHI_CHARTERS)
        title = " ".join(title.split())
        _refuse(charters, name, title)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=charters) as draft:
            folder = Path(draft) / name
            shutil.copytree(charters / TEMPLATE, folder)
            _fill(folder, name, title, english_title or name.replace("_", " ").title())
            report = check_folder(folder, charters / LAW)
            if report.charter is None:
                fail(_("标题“{title}”不能用。请换一个写法。").format(title=title), as_json=False)
            folder.rename(charters / name)
        print(_("已建好：{folder}").format(folder=f"{charters.name}/{name}"))
        print(_("接着改里面的内容，再运行：gongzhi charter check {name}").format(name=name))


def _refuse(charters: Path, name: str, title: str) -> None:
    if not is_identifier(name):
        fail(_("名字“{name}”不能用：只能用小写英文字母、数字和下划线，字母开头。").format(name=name), as_json=False)
    if (charters / name).exists():
        fail(_("“{name}”已经有了，请换一个名字。").format(name=name), as_json=False)
    if not title or len(title) > LONGEST:
        fail(_("标题要有，最多{most}个字。").format(most=LONGEST), as_json=False)
    if not title.isprintable():
        fail(_("标题“{title}”不能用。请换一个写法。").format(title=title), as_json=False)
    if not (charters / TEMPLATE).is_dir():
        fail(_("找不到模板文件夹 {folder}。").format(folder=f"{charters.name}/{TEMPLATE}"), as_json=False)


def _fill(folder: Path, name: str, title: str, english_title: str) -> None:
    """Name and title where the template has its own; what it says about copying goes."""
    quoted = {"title": json.dumps(title, ensure_ascii=False), "english": json.dumps(english_title, ensure_ascii=False)}
    charter = folder / "charter.yaml"
    text = re.sub(r"\A(#.*\n)+", "", charter.read_text("utf-8"))
    text = re.sub(rf"(?m)^charter: {TEMPLATE}\b.*$", lambda _: f"charter: {name}", text, count=1)
    text = re.sub(rf"(?m)^title: {PLACEHOLDER}$", lambda _: f"title: {quoted['title']}", text, count=1)
    charter.write_text(text, "utf-8")
    titles = folder / "titles.en.yaml"
    line = f"{quoted['title']}: {quoted['english']}"
    titles.write_text(re.sub(rf"(?m)^{PLACEHOLDER}:.*$", lambda _: line, titles.read_text("utf-8"), count=1), "utf-8")
    (folder / "README.md").write_text(f"# {title}\n", "utf-8")


def print_prose(
    name: Annotated[str, typer.Argument(help="A charter's name or folder.")],
    procedure: Annotated[str, typer.Option(help="One procedure; without it all.")] = "",
    lang: Lang = "zh-hans",
) -> None:
    """Print procedures as plain sentences, one paragraph a step."""
    with speaking(lang):
        charter = sound_charter(name)
        if procedure and procedure not in charter.procedures:
            names = _("、").join(charter.procedures)
            fail(_("没有叫“{name}”的程序。有：{names}").format(name=procedure, names=names), as_json=False)
        terms = Terms(charter)
        print(f"{terms.text(charter.title)}\n")
        for key in [procedure] if procedure else charter.procedures:
            _print(prose_of(terms, charter.procedures[key]))


def _print(prose: Prose) -> None:
    print(f"== {prose.title}\n{prose.opening}\n")
    colon = ": " if english() else "："
    for number, step in enumerate(prose.steps, 1):
        print(f"{number}. {step.title}{colon}{step.text}\n")
    print(_("可能的结局："))
    for end in prose.ends:
        print(f"  {end.title}{colon if end.text else ''}{end.text}")
    print()


def diff(
    old: Annotated[str, typer.Argument(help="Name or folder of the charter before.")],
    new: Annotated[str, typer.Argument(help="Name or folder of the charter after.")],
    lang: Lang = "zh-hans",
) -> None:
    """What the second charter adds, removes and changes: steps, deadlines, organs. Exit code 0 either way."""
    with speaking(lang):
        lines = difference_lines(sound_charter(old), sound_charter(new))
        print("\n".join(lines) or _("没有不同。"))
