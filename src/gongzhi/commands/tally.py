"""`gongzhi tally` and `gongzhi draw`: ballots counted and lots drawn from a file, by anyone, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.core.decision import BadCount
from gongzhi.core.decision.draw import BadDraw, draw, read_list
from gongzhi.core.decision.tally import (
    BallotFileError,
    Ballots,
    approval,
    decimals,
    plurality,
    read_blt,
    read_csv,
    score,
    stv,
    yes_no,
)
from gongzhi.words.tallies import file_fault, round_text, tie_refused, tie_text

MOST_BYTES = 64 * 1024 * 1024
RULES = ("stv", "approval", "score", "plurality", "yes_no")
ADDED = {"approval": approval, "plurality": plurality, "score": score}
NO_ORDER = ("score", "yes_no")  # a .blt file says who comes first, not how many points

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Lang = Annotated[str, typer.Option("--lang", help="zh-hans (default) or en.")]


@dataclass(frozen=True)
class Answer:
    """What a command prints: an object for programs, lines for people."""

    data: Mapping[str, object]
    lines: tuple[str, ...]


def tally(
    file: Annotated[Path, typer.Argument(help="A .blt or .csv file of ballots.")],
    rule: Annotated[str, typer.Option(help="stv, approval, score, plurality, yes_no.")] = "stv",
    seats: Annotated[int | None, typer.Option(help="How many are elected (default: what a .blt file says).")] = None,
    ties: Annotated[str, typer.Option(help="Declared order for ties: every name once, separated by commas.")] = "",
    as_json: AsJson = False,
    lang: Lang = "zh-hans",
) -> None:
    """Count the ballots of a file: who is elected, round by round."""
    _answer(lambda: _tally(file, rule.replace("-", "_"), seats, ties), file, as_json, lang)


def draw_lots(
    file: Annotated[Path, typer.Argument(help="A .csv list; the first row names the columns.")],
    seats: Annotated[int, typer.Option(help="How many are drawn.")] = 0,
    seed: Annotated[str, typer.Option(help="The published seed.")] = "",
    group: Annotated[str, typer.Option(help="Column of groups that get seats by their size.")] = "",
    key: Annotated[str, typer.Option(help="Column that tells entries apart (default: the first).")] = "",
    substitutes: Annotated[int, typer.Option(help="Substitutes of each group.")] = 0,
    as_json: AsJson = False,
    lang: Lang = "zh-hans",
) -> None:
    """Draw representatives or jurors by a published seed; anyone gets the same result."""
    _answer(lambda: _draw(file, seats, seed, group, key, max(0, substitutes)), file, as_json, lang)


def _answer(work: Callable[[], Answer], file: Path, as_json: bool, lang: str) -> None:
    """Does the work in the reader's language; what is wrong with a file is one sentence and exit code 2."""
    with translation.override("en" if lang.lower().startswith("en") else "zh-hans"):
        try:
            found = work()
        except (BallotFileError, BadDraw) as error:
            sentence = file_fault(error, file.name)
        except _Tied as error:
            sentence = tie_refused(error.names)
        else:
            print(json.dumps(found.data, ensure_ascii=False) if as_json else "\n".join(found.lines))
            return
        if as_json:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        print(sentence, file=sys.stderr)
        raise typer.Exit(2)


class _Tied(Exception):
    """A tie that nothing decides, with the names of the tied."""

    def __init__(self, names: list[str]) -> None:
        self.names = names


def _read(file: Path) -> str:
    """The text of a file: UTF-8, or what table programs in China write."""
    if not file.is_file():
        raise BallotFileError("no_file", 0)
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and len(content) <= MOST_BYTES:
            return text
    raise BallotFileError("not_text", 0)


# --- tally ---


def _tally(file: Path, rule: str, seats: int | None, ties: str) -> Answer:
    if rule not in RULES:
        raise BallotFileError("unknown_rule", 0, rule, ", ".join(RULES))
    text = _read(file)
    if file.suffix.lower() == ".csv":
        ballots = read_csv(text, rule)
    elif rule in NO_ORDER:
        raise BallotFileError("score_of_blt", 0, rule)
    else:
        ballots = read_blt(text)
    if not ballots.valid:
        raise BallotFileError("no_ballots", 0)
    names = [one.name for one in ballots.candidates]
    order = _order(names, ties)
    try:
        if rule == "yes_no":
            return _voices(ballots, names)
        wanted = _seats(ballots, seats)
        return _stv(ballots, names, wanted, order) if rule == "stv" else _added(ballots, names, rule, wanted, order)
    except BadCount as error:
        raise _Tied([names[int(at)] for at in error.details]) from None


def _seats(ballots: Ballots, given: int | None) -> int:
    wanted = given if given is not None else ballots.seats
    if wanted is None:
        raise BallotFileError("seats_missing", 0)
    size = len(ballots.candidates) - len(ballots.withdrawn)
    if not 1 <= wanted <= size:
        raise BallotFileError("seats_wrong", 0, wanted, size)
    return wanted


def _order(names: list[str], ties: str) -> tuple[int, ...]:
    given = [name.strip() for name in ties.replace("，", ",").split(",") if name.strip()]
    if not given:
        return ()
    for name in [*given, *names]:
        if given.count(name) != 1 or name not in names:
            raise BallotFileError("ties_names", 0, name)
    return tuple(names.index(name) for name in given)


def _head(ballots: Ballots, rule: str, seats: int | None, elected: list[str]) -> dict[str, object]:
    return {
        "rule": rule,
        "title": ballots.title,
        "seats": seats,
        "valid": ballots.valid,
        "invalid": ballots.blank,
        "candidates": [{"name": one.name, "party": one.party} for one in ballots.candidates],
        "elected": elected,
    }


def _stv(ballots: Ballots, names: list[str], seats: int, order: tuple[int, ...]) -> Answer:
    found = stv(len(names), ballots.marks, seats, order, ballots.withdrawn)
    elected = [names[one] for one in found.elected]
    rounds = [
        {
            "round": at,
            "action": stage.action,
            "who": names[stage.who] if stage.who >= 0 else None,
            "votes": {names[one]: decimals(votes) for one, votes in enumerate(stage.votes)},
            "not_transferred": decimals(stage.lost),
            "elected": [names[one] for one in stage.elected],
            "tie": tie_text(stage, names) if stage.tie else None,
        }
        for at, stage in enumerate(found.rounds, 1)
    ]
    lines = [_("有效票{n}张，选{seats}人，得{quota}票当选。").format(n=found.valid, seats=seats, quota=found.quota)]
    lines += [round_text(at, stage, names) for at, stage in enumerate(found.rounds, 1)]
    data = {**_head(ballots, "stv", seats, elected), "quota": found.quota, "rounds": rounds}
    return Answer(data, (*lines, _elected_line(elected)))


def _added(ballots: Ballots, names: list[str], rule: str, seats: int, order: tuple[int, ...]) -> Answer:
    found = ADDED[rule](ballots, seats, order)
    elected = [names[one] for one in found.elected]
    totals = dict(zip(names, found.totals, strict=True))
    rounds = [{"round": 1, "votes": totals, "elected": elected}]
    lines = [f"{name}  {total}" for name, total in sorted(totals.items(), key=lambda item: -item[1])]
    return Answer({**_head(ballots, rule, seats, elected), "rounds": rounds}, (*lines, _elected_line(elected)))


def _voices(ballots: Ballots, names: list[str]) -> Answer:
    """Yes, no and abstained for each item; an item has its majority when more say yes than no."""
    counts = dict(zip(names, yes_no(ballots), strict=True))
    agreed = [name for name, (yes, no, _rest) in counts.items() if yes > no]
    votes = {name: {"yes": yes, "no": no, "abstain": rest} for name, (yes, no, rest) in counts.items()}
    lines = [
        _("{name}：赞成{yes}，反对{no}，弃权{rest}").format(name=name, yes=yes, no=no, rest=rest)
        for name, (yes, no, rest) in counts.items()
    ]
    data = {**_head(ballots, "yes_no", None, agreed), "rounds": [{"round": 1, "votes": votes, "elected": agreed}]}
    return Answer(data, (*lines, _("赞成的比反对的多：{names}").format(names=_("、").join(agreed) or _("没有"))))


def _elected_line(elected: list[str]) -> str:
    return _("当选：{names}").format(names=_("、").join(elected))


# --- draw ---


def _draw(file: Path, seats: int, seed: str, group: str, key: str, substitutes: int) -> Answer:
    found = draw(read_list(_read(file), group, key), seats, seed, substitutes)
    data = {
        "seed": seed,
        "list_digest": found.digest,
        "seats": {name or "all": number for name, number in found.seats.items()},
        "drawn": list(found.drawn),
        "substitutes": list(found.substitutes),
    }
    lines = [_("名单的指纹（SHA-256）：{digest}").format(digest=found.digest), _("种子：{seed}").format(seed=seed)]
    lines += [f"{at}. {name}" for at, name in enumerate(found.drawn, 1)]
    lines += [_("候补：{names}").format(names=_("、").join(found.substitutes))] if found.substitutes else []
    return Answer(data, tuple(lines))
