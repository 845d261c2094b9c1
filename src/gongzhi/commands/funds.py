"""`gongzhi funds export|import|check`: the books of a place as a workbook, back again, and proved."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.commands.serve import prepare
from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds_import import BadCell, import_books
from gongzhi.desk.funds_sheets import tables_of
from gongzhi.desk.funds_workbook import read_workbook, write_workbook
from gongzhi.records.funds.models import FundBook
from gongzhi.records.funds.queries import books_at, check, posted
from gongzhi.records.institutions.queries import find_place
from gongzhi.words.funds import cell_fault, funds_refusal, wrong_text

Community = Annotated[str, typer.Option(help="Division code or short name of the community.")]
Organ = Annotated[
    str, typer.Option(help="Whose book: the organ's name in the charter; needed where there are several.")
]
Year = Annotated[int, typer.Option(help="Which year; 0 is this year.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def export(file: Annotated[Path, typer.Argument(help="Workbook to write.")], community: Community, organ: Organ = "",
           year: Year = 0) -> None:  # fmt: skip
    """Write the books of a year: accounts, funds, budgets, contracts, entries with their hashes, closed months."""
    book = _book(community, organ)
    file.write_bytes(write_workbook(tables_of(book, year or _this_year())))
    print(_("已写入{file}。").format(file=file))


def import_(file: Annotated[Path, typer.Argument(help="Workbook that `funds export` wrote.")], community: Community,
            organ: Organ = "") -> None:  # fmt: skip
    """Read a workbook into an empty book. All of it or nothing."""
    book = _book(community, organ)
    try:
        done = import_books(book, read_workbook(file.read_bytes()))
    except OSError as fault:
        _stop(_("打不开{file}：{why}").format(file=file, why=fault.strerror or ""))
    except BadCell as bad:
        _stop(cell_fault(bad.code, bad.sheet, bad.row, bad.column, bad.value))
    except Refused as refused:
        _stop(funds_refusal(refused.code, refused.args_map))
    print(_("导入了{n}笔分录，号码和校验码都和原来一样。").format(n=done))


def check_books(community: Community, organ: Organ = "", as_json: Json = False) -> None:
    """Prove the books: two sides, no gap, no changed entry, balances and budgets as the entries say."""
    prepare()
    books = [_book(community, organ)] if organ else _books(community)
    found: list[dict[str, Any]] = [
        {"organ": one.organ.title, "entries": posted(one).count(),
         "wrong": [wrong_text(bad.code, bad.year, bad.number, bad.found, bad.expected) for bad in check(one)]}
        for one in books
    ]  # fmt: skip
    if as_json:
        print(json.dumps({"books": found}, ensure_ascii=False))
    for one in found if not as_json else ():
        print(_("{organ}：{n}笔分录，{said}").format(
            organ=one["organ"], n=one["entries"], said=_("全部对得上。") if not one["wrong"] else ""))  # fmt: skip
        for line in one["wrong"]:
            print(f"  {line}")
    if any(one["wrong"] for one in found):
        raise typer.Exit(1)


def _books(community: str) -> list[FundBook]:
    prepare()
    place = find_place(community)
    if place is None:
        _stop(_("没有“{name}”这个社区。请用12位区划代码或社区简称。").format(name=community))
    found = list(books_at(place))
    if not found:
        _stop(_("{place}还没有账。采用写明资金的章程，账就开好了。").format(place=place.name))
    return found


def _book(community: str, organ: str) -> FundBook:
    found = [one for one in _books(community) if organ in ("", one.organ.organ)]
    if len(found) != 1:
        names = _("、").join(one.organ.organ for one in _books(community))
        _stop(_("请用 --organ 说明是谁的账：{names}。").format(names=names))
    return found[0]


def _this_year() -> int:
    return in_china(timezone.now()).year


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
