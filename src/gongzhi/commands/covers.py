"""`gongzhi charter covers`: which item of the sources is done by which charter, procedure, story or page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils.translation import gettext as _
from ruamel.yaml import YAML

from gongzhi.commands.charter import AsJson, Lang, fail, law_folder, speaking
from gongzhi.commands.output import put
from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.registers import REGISTERS_FILE
from gongzhi.core.charter.spec import Charter
from gongzhi.words.cards import cards_of

ITEMS = "items.yaml"
# Items done by a page or a command: item -> files of this project, one or several; or `{refused: why}`, where a
# guardrail stops.
ELSEWHERE = "elsewhere.yaml"


@dataclass
class Item:
    """One item of the sources. `charters` are charters, procedures and tasks of plans (`name/plan/task`).

    `refused` says why it is not done as the source has it: such an item is neither reached nor missing, and what is
    listed beside it is the lawful part that is done instead.
    """

    id: str
    name: str
    charters: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    refused: str = ""

    @property
    def reached(self) -> bool:
        return bool(self.charters or self.files) and not self.refused

    @property
    def missing(self) -> bool:
        return not self.reached and not self.refused


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
        items = [item for item in items if item.missing or not missing]
        if write:
            put([markdown(items)], write)
        elif as_json:
            print(json.dumps([asdict(item) | {"reached": item.reached} for item in items], ensure_ascii=False))
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
    for refused, why in refusals(charters):
        if refused in items:
            items[refused].refused = why
        else:
            unknown.append(f"{refused} ({why})")
    return list(items.values()), unknown


def claims(charters: Path) -> Iterator[tuple[str, str, str]]:
    """Kind (charters, stories, files), where, item: everything that says it covers something."""
    for file in sorted(charters.glob("*/charter.yaml")):
        charter = load_charter(file.parent, law_folder(file.parent)).draft
        if charter is None:
            continue
        yield from _of_charter(charter)
        yield from (
            ("charters", charter.name, str(item)) for item in _read(file.parent / REGISTERS_FILE).get("covers", ())
        )
        for story in sorted(file.parent.glob("stories/*.yaml")):
            yield from (
                ("stories", f"{charter.name}/{story.stem}", str(item)) for item in _read(story).get("covers", ())
            )
    for item, files in _read(charters / ELSEWHERE).items():
        if not isinstance(files, dict):
            yield from (("files", str(name), item) for name in ([files] if isinstance(files, str) else files))


def _of_charter(charter: Charter) -> Iterator[tuple[str, str, str]]:
    """What the charter, its procedures and the tasks of its plans say. A locked task claims nothing."""
    yield from (("charters", charter.name, item) for item in charter.covers)
    for one in charter.procedures.values():
        yield from (("charters", f"{charter.name}/{one.name}", item) for item in one.covers)
    for plan in charter.plans.values():
        for task in plan.tasks.values():
            where = f"{charter.name}/{plan.name}/{task.name}"
            yield from (("charters", where, item) for item in task.covers if not task.locked)


def refusals(charters: Path) -> Iterator[tuple[str, str]]:
    """Item and why it is not done: the locked cards of the board of plans, and what is said elsewhere."""
    for card in cards_of(charters):
        if card.locked:
            yield card.item, _("{guardrail}：{why}").format(guardrail=card.locked, why=card.told("why"))
    for item, told in _read(charters / ELSEWHERE).items():
        if isinstance(told, dict):
            yield item, str(told["refused"])


def markdown(items: list[Item]) -> str:
    """The table as a page of the documentation."""
    reached, refused = sum(item.reached for item in items), [item for item in items if item.refused]
    lines = [
        "# What of the sources is done, and where", "",
        "Made by `gongzhi charter covers --write docs/coverage.md`; do not edit. Items and their numbers stand in",
        "`charters/items.yaml`. A charter or procedure names what it does in `covers:`; what a page or a command does",
        "is named in `charters/elsewhere.yaml`. A refused item stops at a guardrail,",
        "or is only a name, a slogan or history: why stands below, and what is listed beside it is the lawful part.",
        "An item without an entry is not reached.", "",
        f"{reached} of {len(items)} items; {len(refused)} refused, with the reason; "
        f"{sum(item.missing for item in items)} not reached.", "",
        "## Refused", "", "| item | name | why |", "|---|---|---|",
        *(f"| {item.id} | {_cell(item.name)} | {_cell(item.refused)} |" for item in refused), "",
        "## All items", "",
        "| item | name | charter or procedure | page, command or file | story |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for item in items:
        cells = [
            f"{item.id} (refused)" if item.refused else item.id,
            _cell(item.name),
            *(", ".join(part) for part in (item.charters, item.files, item.stories)),
        ]
        lines.append(f"| {' | '.join(cell if cell else '–' for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "/")


def _show(items: list[Item]) -> None:
    for item in items:
        where = _("、").join([*item.charters, *item.files]) or _("没有做到")
        told = _("不做（{why}）").format(why=item.refused) if item.refused else where
        print(f"{item.id}  {item.name}: {told}")
    done, refused = sum(item.reached for item in items), sum(bool(item.refused) for item in items)
    print(_("{total}条，做到{n}条，不做并说明理由{refused}条").format(total=len(items), n=done, refused=refused))


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    found = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}
