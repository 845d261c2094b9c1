"""`gongzhi charter adopt`: a community follows a checked charter from a day on; running matters stay on theirs."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.commands.charter import Lang, fail, speaking
from gongzhi.commands.output import charter_folder, sound_charter
from gongzhi.commands.serve import prepare
from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.adopt import adopt as put_in_force
from gongzhi.desk.setup import PLACE_FILE, places_of
from gongzhi.records.institutions.codes import BadCode
from gongzhi.records.institutions.models import Adoption, CharterVersion, Place
from gongzhi.records.institutions.queries import charter_of, find_place
from gongzhi.words.differences import difference_lines
from gongzhi.words.times import day_text


def adopt(
    name: Annotated[str, typer.Argument(help="A charter's name or folder.")],
    community: Annotated[str, typer.Option(help="Division code or short name of the place.")],
    start: Annotated[str, typer.Option("--from", help="First day, for example 2026-12-01.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    lang: Lang = "zh-hans",
) -> None:
    """Check a charter, show what it changes, put it in force. Running matters stay on the version they began under."""
    with speaking(lang):
        day = _day(start)
        charter = sound_charter(name)
        prepare()
        folder = charter_folder(name)
        with transaction.atomic():
            place = _place(community, folder)
            before = _in_force(place, charter, day)
            _show(before, charter)
            if dry_run:
                transaction.set_rollback(True)
                print(_("只看不改：没有采用。"))
                return
            put_in_force(folder.resolve(), place, datetime.combine(day, time(), CHINA), "system")
        print(
            _("{place}从{day}起采用《{title}》第{version}版。").format(
                place=place.name, day=day_text(day), title=charter.title, version=charter.version
            )
        )
        if before:
            print(_("正在办的事项仍按原来的版本办完。"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(_("看不懂日期“{text}”，请写成例如 2026-03-16。").format(text=text), as_json=False)


def _place(community: str, folder: Path) -> Place:
    """The place of the register; what is not there yet is taken from the charter's own `place.yaml`."""
    found = find_place(community)
    if found is not None:
        return found
    try:
        made = places_of(folder / PLACE_FILE) if (folder / PLACE_FILE).exists() else None
    except (KeyError, TypeError, ValueError, BadCode) as error:
        fail(_("{file}写得不对：{why}").format(file=PLACE_FILE, why=error), as_json=False)
    if made is None or community not in (made.code, made.short):
        fail(_("没有“{name}”这个社区。请用12位区划代码或社区简称。").format(name=community), as_json=False)
    return made


def _in_force(place: Place, charter: Charter, day: date) -> Adoption | None:
    """The adoption that this one follows. Ends the command where it cannot follow."""
    same = CharterVersion.objects.filter(name=charter.name, version=charter.version).exclude(digest=charter.digest)
    if same.filter(adoptions__place=place).exists():
        sentence = _("第{version}版已经采用过，内容不同。请在 charter.yaml 里把 version 改成{next}。")
        fail(sentence.format(version=charter.version, next=charter.version + 1), as_json=False)
    before = Adoption.objects.filter(place=place, charter=charter.name, end=None).first()
    if before and before.start.astimezone(CHINA).date() > day:
        since = day_text(before.start.astimezone(CHINA).date())
        fail(_("现行版本从{day}起生效，新版本不能更早。").format(day=since), as_json=False)
    return before


def _show(before: Adoption | None, charter: Charter) -> None:
    if before is None:
        print(_("这里还没有采用过这部章程。"))
        return
    print(_("和现行第{version}版比：").format(version=before.charter_version.version))
    lines = difference_lines(charter_of(before.charter_version), charter)
    print("\n".join(f"  {line}" for line in lines) or f"  {_('没有不同。')}")
