"""`gongzhi charter covers`: which item of the sources is done by which charter, procedure, story or page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils.translation import gettext as _
from ruamel.yaml import YAML

from gongzhi.commands.charter import AsJson, Lang, fail, law_folder, speaking
from gongzhi.commands.output import put
from gongzhi.core.charter.load import load_charter

ITEMS = "items.yaml"
ELSEWHERE = "elsewhere.yaml"  # items done by a page or a command: item -> files of this project, one or several


@dataclass
class Item:
    """One item of the sources. `charters` are charters and procedures (`name` or `name/procedure`)."""

    id: str
    name: str
    charters: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        return bool(self.charters or self.files)


def covers(
    groups: Annotated[str, typer.Option("--items", help="Only these groups or items, for example CY,BT-05.")] = "",
    missing: Annotated[bool, typer.Option("--missing", help="Only what nothing covers.")] = False,
    write: Annotated[str, typer.Option("--write", help="Write the table as Markdown into a file.")] = "",
    as_json: AsJson = False,
    lang: Lang = "zh-hans",
) -> None:
    """Item -> charter, procedure, story, page. Exit code 1 when somebody claims an item that does not exist."""
    with speaking(lang):
        found, unknown = table(Path(settings.GONGZHI_CHARTERS))
        wanted = [word.strip().upper() for word in groups.split(",") if word.strip()]
        items = [item for item in found if not wanted or item.id in wanted or item.id.partition("-")[0] in wanted]
        items = [item for item in items if not (missing and item.reached)]
        if write:
            put([markdown(items)], write)
        elif as_json:
            print(json.dumps([item.__dict__ | {"reached": item.reached} for item in items], ensure_ascii=False))
        else:
            _show(items)
        if unknown:
            fail(_("没有这些条目：{items}").format(items=_("、").join(unknown)), as_json)


def table(charters: Path) -> tuple[list[Item], list[str]]:
    """Every item with what covers it, and what is claimed but is no item."""
    items = {name: Item(name, str(title)) for name, title in _read(charters / ITEMS).items()}
    unknown: list[str] = []
    for kind, where, claimed in claims(charters):
        if claimed not in items:
            unknown.append(f"{claimed} ({where})")
        elif where not in getattr(items[claimed], kind):
            getattr(items[claimed], kind).append(where)
    return list(items.values()), unknown


def claims(charters: Path) -> Iterator[tuple[str, str, str]]:
    """Kind (charters, stories, files), where, item: everything that says it covers something."""
    for file in sorted(charters.glob("*/charter.yaml")):
        charter = load_charter(file.parent, law_folder(file.parent)).draft
        if charter is None:
            continue
        yield from (("charters", charter.name, item) for item in charter.covers)
        for one in charter.procedures.values():
            yield from (("charters", f"{charter.name}/{one.name}", item) for item in one.covers)
        for story in sorted(file.parent.glob("stories/*.yaml")):
            yield from (
                ("stories", f"{charter.name}/{story.stem}", str(item)) for item in _read(story).get("covers", ())
            )
    for item, files in _read(charters / ELSEWHERE).items():
        yield from (("files", str(name), item) for name in ([files] if isinstance(files, str) else files))


def markdown(items: list[Item]) -> str:
    """The table as a page of the documentation."""
    reached = sum(item.reached for item in items)
    lines = [
        "# What of the sources is done, and where", "",
        "Made by `gongzhi charter covers --write docs/coverage.md`; do not edit. Items and their numbers stand in",
        "`charters/items.yaml`. A charter or procedure names what it does in `covers:`; what a page or a command does",
        "is named in `charters/elsewhere.yaml`. An item without an entry is not reached.", "",
        f"{reached} of {len(items)} items.", "",
        "| item | name | charter or procedure | page, command or file | story |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for item in items:
        cells = [
            item.id,
            item.name.replace("|", "/"),
            *(", ".join(part) for part in (item.charters, item.files, item.stories)),
        ]
        lines.append(f"| {' | '.join(cell if cell else '–' for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _show(items: list[Item]) -> None:
    for item in items:
        where = _("、").join([*item.charters, *item.files]) or _("没有做到")
        print(f"{item.id}  {item.name}: {where}")
    print(_("{total}条，做到{n}条").format(total=len(items), n=sum(item.reached for item in items)))


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    found = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}
