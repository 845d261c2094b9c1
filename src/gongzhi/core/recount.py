"""From ballots without names to a verdict: what the desk does at the close, and anybody with the published file.

A `Line` says how often one way of marking came, and with how much area. Answers: `yes no abstain invalid` for items
that are voted for or against; keys of options joined by `+` (empty: none ticked) where options are
ticked; `sharing_papers` has the other forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongzhi.core.decision import BadCount, RuleVersion, Verdict, count, read_rule, scoring_papers
from gongzhi.core.decision import sharing_papers as papers

__all__ = ["ANSWERS", "INVALID", "Line", "Sums", "counts_of", "lines_of", "recount", "sums_of", "valid", "whole_counts"]

INVALID = "invalid"
ANSWERS = ("yes", "no", "abstain")
TOGETHER = "+"


@dataclass(frozen=True, slots=True)
class Line:
    """`marks` in the order of the items; an empty mark: this line says nothing of that item."""

    marks: tuple[str, ...]
    n: int = 1
    area: int = 0


@dataclass
class Sums:
    """Of one item: how many, with how much area, gave each answer (or ticked each option). `n`: took part.

    `marks`: how often each way of marking `item` came, for rules that look at whole papers.
    """

    n: int = 0
    area: int = 0
    heads: dict[str, int] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    item: Mapping[str, Any] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)

    def add(self, answers: Iterable[str], line: Line) -> None:
        self.n += line.n
        self.area += line.area
        for answer in answers:
            self.heads[answer] = self.heads.get(answer, 0) + line.n
            self.areas[answer] = self.areas.get(answer, 0) + line.area


def valid(items: Sequence[Mapping[str, Any]], form: str, marks: Sequence[str], paper: bool = False) -> bool:
    """Whether these marks answer the items. Only a paper can be invalid."""
    if len(marks) != len(items):
        return False
    return all(_valid(item, form, mark, paper) for item, mark in zip(items, marks, strict=True))


def _valid(item: Mapping[str, Any], form: str, mark: str, paper: bool) -> bool:
    if mark == INVALID:
        return paper
    if form == "yes_no":
        return mark in ANSWERS
    if form in papers.OWN:
        return papers.valid(item, form, mark)
    known = [key for key, _title in item["options"]]
    if form == scoring_papers.FORM:
        return mark in known
    ticked = mark.split(TOGETHER) if mark else []
    in_order = sorted(set(ticked), key=known.index) if set(ticked) <= set(known) else None
    return ticked == in_order and len(ticked) <= int(item.get("most") or len(known))


def sums_of(items: Sequence[Mapping[str, Any]], lines: Iterable[Line], form: str) -> list[Sums]:
    """The sums of every item, in order."""
    found = [Sums(item=item) for item in items]
    for line in lines:
        for sums, mark in zip(found, line.marks, strict=True):
            if form in ("yes_no", scoring_papers.FORM):
                if mark:
                    sums.add([mark], line)
            else:
                sums.add(papers.options_on(form, mark) if mark != INVALID else [mark], line)
                sums.marks[mark] = sums.marks.get(mark, 0) + line.n
    return found


def counts_of(
    rule: RuleVersion, sums: Sums, form: str, eligible: int, area_total: int, seats: int = 0
) -> dict[str, int]:
    """The counts the rule asks for (docs/decisions/0041). Among ticked options `yes` is what the foremost got."""
    best = max((n for key, n in sums.heads.items() if key != INVALID), default=0)
    known = {
        "eligible": eligible,
        "present": sums.n,
        "yes": sums.heads.get("yes", 0) if form == "yes_no" else best,
        "area_total": area_total,
        "area_present": sums.area,
        "area_yes": sums.areas.get("yes", 0),
        "seats": seats,
    }
    if rule.kind == "budget":
        valid_ones = {mark: n for mark, n in sums.marks.items() if mark != INVALID}
        return papers.counts_of(sums.item, form, valid_ones, eligible, sums.n)
    if rule.kind == "election":
        named = {f"yes.{key}": n for key, n in sums.heads.items() if key != INVALID}
        return {"eligible": eligible, "present": sums.n, **({"seats": seats} if seats else {}), **named}
    rest = {name: sums.heads.get(name, 0) for name in ("no", "abstain", INVALID)} if form == "yes_no" else {}
    return {**{name: known[name] for name in rule.counts}, **(rest if "present" in rule.counts else {})}


def whole_counts(sums: Sequence[Sums], eligible: int) -> dict[str, int]:
    """The counts of a scoring: its rule looks at all items of the ballot together."""
    return scoring_papers.counts_of([(str(one.item["key"]), one.heads) for one in sums], eligible, sums[0].n)


def lines_of(file: Mapping[str, Any]) -> list[Line]:
    """The ballots of a published file. Raises ValueError naming the line that cannot be read."""
    keys = [str(item["key"]) for item in file["items"]]
    lines = []
    for nth, row in enumerate(file["ballots"], 1):
        marks, n, area = row.get("marks", {}), row.get("n", 1), row.get("area", 0)
        if not isinstance(marks, Mapping) or set(marks) - set(keys):
            raise ValueError(f"ballots {nth}: unknown item")
        if any(type(number) is not int or number < 0 for number in (n, area)):
            raise ValueError(f"ballots {nth}: n and area are whole numbers")
        line = Line(tuple(str(marks.get(key, "")) for key in keys), n, area)
        _check(file, nth, line)
        lines.append(line)
    return lines


def _check(file: Mapping[str, Any], nth: int, line: Line) -> None:
    for item, mark in zip(file["items"], line.marks, strict=True):
        if mark and not _valid(item, str(file["form"]), mark, paper=True):
            raise ValueError(f"ballots {nth}: {mark!r} is no answer to {item['key']}")


def recount(file: Mapping[str, Any]) -> list[tuple[str, dict[str, int], Verdict]]:
    """Item, counts and verdict, from nothing but the published file. Raises ValueError, BadCount."""
    try:
        rule, roll, form = rule_of(file["rule"]), file["roll"], str(file["form"])
        items = file["items"]
        sums = sums_of(items, lines_of(file), form)
        eligible, area = int(roll["entries"]), int(roll.get("area", 0))
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"not a file of counted ballots: {fault}") from fault
    if form == scoring_papers.FORM:
        counts = whole_counts(sums, eligible)
        return [(scoring_papers.WHOLE, counts, count(rule, counts))]
    found = []
    for item, one in zip(items, sums, strict=True):
        counts = counts_of(rule, one, form, eligible, area, int(file.get("seats", 0)))
        found.append((str(item["key"]), counts, count(rule, counts)))
    return found


def rule_of(written: Mapping[str, Any]) -> RuleVersion:
    """A rule as the file states it; `own` holds what only its kind has. Raises ValueError."""
    if written.get("kind", "threshold") != "threshold":
        common = ("title", "title_en", "law", "law_en", "quorum", "kind")
        said = {key: written[key] for key in common if written.get(key)}
        return read_rule(str(written["name"]), {**said, **written["own"]})
    return RuleVersion(
        name=str(written["name"]), title=str(written["title"]), law=str(written["law"]),
        counts=tuple(written["counts"]), quorum=str(written["quorum"]), passes=str(written["passes"]),
        recused=written.get("recused", "leave"), title_en=str(written.get("title_en", "")),
        law_en=str(written.get("law_en", "")),
    )  # fmt: skip


Fault = (ValueError, BadCount)
