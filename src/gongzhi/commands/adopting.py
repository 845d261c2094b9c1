"""`gongzhi charter adopt`: a community follows a checked charter from a day on; running matters stay on theirs."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.commands.charter import Lang, fail, finding_line, speaking
from gongzhi.commands.output import charter_folder, sound_charter
from gongzhi.commands.serve import prepare
from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.adopt import CannotAdopt, NothingBefore, roll_back
from gongzhi.desk.adopt import adopt as put_in_force
from gongzhi.desk.migrate import Report, move_all
from gongzhi.desk.setup import PLACE_FILE, places_of
from gongzhi.records.institutions.codes import BadCode
from gongzhi.records.institutions.models import Adoption, CharterVersion, Place
from gongzhi.records.institutions.queries import charter_for, charter_of, find_place
from gongzhi.words.differences import difference_lines
from gongzhi.words.staying import stays_text
from gongzhi.words.times import day_text


def adopt(
    name: Annotated[str, typer.Argument(help="A charter's name or folder.")],
    community: Annotated[str, typer.Option("--place", "--community", help="Division code or short name of the place.")],
    start: Annotated[str, typer.Option("--from", help="First day, for example 2026-12-01; default: today.")] = "",
    migrate: Annotated[
        bool, typer.Option("--migrate", help="Let running matters go on under it, as its procedures say.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    lang: Lang = "zh-hans",
) -> None:
    """Check a charter, show what it changes, put it in force.

    Running matters stay on the version they began under; with --migrate those go on under the new one that its
    procedures name in `migrates`.
    """
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
            adoption = _adopted(folder, place, _moment(day))
        print(
            _("{place}从{day}起采用《{title}》第{version}版。").format(
                place=place.name, day=day_text(day), title=charter.title, version=charter.version
            )
        )
        if before and migrate:
            told(move_all(place, adoption.charter_version, timezone.now()))
        elif before:
            print(_("正在办的事项仍按原来的版本办完。"))


def rollback(
    community: Annotated[str, typer.Option("--place", "--community", help="Division code or short name of the place.")],
    name: Annotated[str, typer.Option("--charter", help="Which charter, where the place has several.")] = "",
    lang: Lang = "zh-hans",
) -> None:
    """Adopt the version before again, from now on. Running matters stay on the version they began under."""
    with speaking(lang):
        prepare()
        place = find_place(community)
        now = charter_for(place, timezone.now(), name) if place else None
        if place is None or now is None:
            fail(_("“{name}”没有采用章程。").format(name=community), as_json=False)
        try:
            adoption = roll_back(place, now.name, timezone.now(), "system")
        except NothingBefore:
            fail(_("{place}以前没有采用过别的版本。").format(place=place.name), as_json=False)
        version = adoption.charter_version
        print(_("{place}重新采用《{title}》第{version}版。").format(
            place=place.name, title=version.title, version=version.version
        ))  # fmt: skip
        print(_("正在办的事项仍按原来的版本办完。"))


def told(report: Report) -> None:
    """What became of the running matters."""
    print(_("正在办的事项：{n}件改按新版办。").format(n=len(report.moved)))
    if report.later:
        numbers = _("、").join(report.later)
        print(_("先办完表决、公示或付款，再按原来的版本办：{numbers}").format(numbers=numbers))
    for one in report.refused:
        print(f"{one.number}: {stays_text(one)}")


def _adopted(folder: Path, place: Place, at: datetime) -> Adoption:
    try:
        return put_in_force(folder.resolve(), place, at, "system")[0]
    except CannotAdopt as refused:
        fail("\n".join(finding_line(finding) for finding in refused.findings), as_json=False)


def _moment(day: date) -> datetime:
    """Midnight of the day; for today the present moment, so that nothing filed this morning changes its rules."""
    midnight = datetime.combine(day, time(), CHINA)
    now = timezone.now()
    return now if midnight.date() == now.astimezone(CHINA).date() else midnight


def _day(text: str) -> date:
    if not text:
        return timezone.now().astimezone(CHINA).date()
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
