"""Counting: the ballots of a closed vote become counts for the engine and a file for all. Nobody types a count."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Charter
from gongzhi.core.decision import BadCount, RuleVersion, count
from gongzhi.core.decision import scoring_papers as scoring
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import Line, Sums, counts_of, lines_of, sums_of, whole_counts
from gongzhi.desk.ballots import BALLOT, rule_of
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import Draft
from gongzhi.records.ballots import queries, tally
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.matters.models import Matter

__all__ = ["check_closed", "end", "open_papers", "with_counts"]

FORMAT = "gongzhi-count/1"


def with_counts(matter: Matter, charter: Charter, case: Case, draft: Draft, at: datetime) -> Draft:
    """The draft that ends a ballot step, with the counts of its ballot. Called with the matter locked.

    Raises Refused: `counts_from_ballot` when somebody types them, `ballot_not_opened`, `ballot_still_open`,
    `papers_open`, `papers_too_many`. A ballot whose roll nobody drew up was held elsewhere: its counts are typed.
    """
    if draft.kind != "done":
        return draft
    found = queries.ballot_of(matter, case.visit)
    if found is None or (found.status == "planned" and found.roll.frozen_at is None):
        return draft
    if draft.counts:
        raise Refused("counts_from_ballot")
    ballot = queries.locked(found.pk)
    check_closed(ballot, at)
    step = charter.procedures[case.procedure].steps[case.control.step]
    rule = rule_of(charter, step, ballot.roll.frozen_at or at)
    if rule is None:
        return draft
    return replace(draft, counts=dict(sorted(lead_counts(ballot, rule).items())))


def check_closed(ballot: Ballot, at: datetime) -> None:
    """May it be counted at this time? Raises Refused."""
    if ballot.status != "open" or ballot.closes_at is None:
        raise Refused("ballot_not_opened")
    if at < ballot.closes_at:
        raise Refused("ballot_still_open", until=ballot.closes_at)
    if open_papers(ballot):
        raise Refused("papers_open", sheets=open_papers(ballot)[:10])
    handed_in = queries.turnout(ballot).means.get("paper", 0)
    read = sum(one.hands[0].copies for one in queries.readings(ballot))
    if read > handed_in:
        raise Refused("papers_too_many", read=read, handed_in=handed_in)


def open_papers(ballot: Ballot) -> list[int]:
    """Papers that two people have not read alike; of an open ballot also those handed in and not read at all."""
    readings = queries.readings(ballot)
    unlike = {one.sheet for one in readings if one.agreed is None}
    if ballot.secrecy == "open":
        papers = ballot.marks.filter(means="paper").values_list("entry__number", flat=True)
        unlike |= set(papers) - {one.sheet for one in readings}
    return sorted(unlike)


def lines(ballot: Ballot) -> list[Line]:
    """Every ballot without its voter: strokes of the sealed sheets and papers, or open choices with their area."""
    papers = [(one.agreed, one.hands[0].copies, one.sheet) for one in queries.readings(ballot) if one.agreed]
    if ballot.secrecy == "secret":
        strokes = tally.total(ballot)
        for choice, copies, _sheet in papers:
            strokes[choice] += copies
        return [Line(choice, n) for choice, n in sorted(strokes.items())]
    areas = dict(ballot.roll.entries.values_list("number", "area"))
    rows = [Line(choice, 1, entry.area or 0) for entry, choice in queries.open_choices(ballot)]
    return rows + [Line(choice, 1, areas.get(sheet) or 0) for choice, _copies, sheet in papers]


def lead_counts(ballot: Ballot, rule: RuleVersion) -> dict[str, int]:
    """The counts of the first item, which decides the step; of a scoring those of all items."""
    found = sums_of(ballot.items, lines(ballot), ballot.form)
    if ballot.form == scoring.FORM:
        return whole_counts(found, ballot.roll.size)
    first = found[0]
    return _counts(ballot, rule, first)


def _counts(ballot: Ballot, rule: RuleVersion, sums: Sums) -> dict[str, int]:
    options = [key for key, _title in ballot.items[0].get("options", [])] if ballot.form == "approve" else []
    for key in options:
        sums.heads.setdefault(key, 0)
    return counts_of(rule, sums, ballot.form, ballot.roll.size, ballot.roll.area, ballot.seats)


def end(carried: Carried, effect: core.Left) -> None:
    """The step is over: what was counted, or came from a file, is kept and published; any other ballot is dropped."""
    if carried.step(effect.step).do != BALLOT:
        return
    found = queries.ballot_of(carried.matter, effect.visit)
    if found is None:
        return
    ballot = queries.locked(found.pk)
    if (ballot.status == "open" or ballot.file) and not effect.assumed and carried.act.counts:
        _keep(carried, ballot, effect)
    else:
        ballot.status, ballot.outcome = "dropped", effect.outcome
        ballot.save(update_fields=["status", "outcome"])
    tally.destroy(ballot)


def _keep(carried: Carried, ballot: Ballot, effect: core.Left) -> None:
    """Keep the result and the file; called once, by the act that ended the step."""
    rule = rule_of(carried.charter, carried.step(effect.step), ballot.roll.frozen_at or effect.at)
    elsewhere = lines_of(ballot.file) if ballot.file else None  # what a file brought, before anything was counted
    found = lines(ballot) if elsewhere is None else elsewhere
    items = [_item(ballot, rule, item, sums) for item, sums in
             zip(ballot.items, sums_of(ballot.items, found, ballot.form), strict=True)]  # fmt: skip
    seen = queries.turnout(ballot)
    items = [_whole(ballot, rule, found)] if ballot.form == scoring.FORM and rule else items
    took_part = seen.heads if elsewhere is None else sum(line.n for line in found)
    ballot.result = {"items": items, "marks": took_part, "area": seen.area, "means": seen.means,
                     "proxies": ballot.given.count()}  # fmt: skip
    ballot.file = _file(carried, ballot, found, items)
    ballot.status, ballot.outcome, ballot.counted_at = "counted", effect.outcome, effect.at
    ballot.save(update_fields=["status", "outcome", "counted_at", "result", "file"])


def _item(ballot: Ballot, rule: RuleVersion | None, item: dict[str, Any], sums: Sums) -> dict[str, Any]:
    shown = {"key": item["key"], "n": sums.n, "area": sums.area, "heads": sums.heads, "areas": sums.areas}
    if rule is None:
        return shown
    return shown if ballot.form == scoring.FORM else _judged(shown, rule, _counts(ballot, rule, sums))


def _whole(ballot: Ballot, rule: RuleVersion, found: list[Line]) -> dict[str, Any]:
    """A scoring has one verdict, on all its items; how many gave which points stands in `cells`."""
    sums = sums_of(ballot.items, found, ballot.form)
    shown = {"key": scoring.WHOLE, "n": sums[0].n, "area": 0, "heads": {}, "areas": {},
             "cells": {str(one.item["key"]): one.heads for one in sums}}  # fmt: skip
    return _judged(shown, rule, whole_counts(sums, ballot.roll.size))


def _judged(shown: dict[str, Any], rule: RuleVersion, counts: dict[str, int]) -> dict[str, Any]:
    try:
        verdict = count(rule, counts)
    except BadCount:
        return {**shown, "counts": counts}
    because = [{"code": fact.code, "args": list(fact.args)} for fact in verdict.because]
    return {**shown, "counts": counts, "outcome": verdict.outcome, "because": because,
            "chosen": list(getattr(verdict, "chosen", ()))}  # fmt: skip


def _file(carried: Carried, ballot: Ballot, found: list[Line], items: list[dict[str, Any]]) -> dict[str, Any]:
    """The count without persons, times or order. Its lines are sorted by what they say, which tells nothing more."""
    roll = ballot.roll
    return {
        "format": FORMAT,
        "matter": ballot.matter.number,
        "title": ballot.title,
        "closed": in_china(ballot.closes_at).date().isoformat() if ballot.closes_at else "",
        "form": ballot.form,
        "seats": ballot.seats,
        "items": ballot.items,
        "rule": roll.rule,
        "roll": {"entries": roll.size, "area": roll.area, "digest": roll.digest,
                 "frozen": in_china(roll.frozen_at).date().isoformat() if roll.frozen_at else ""},
        "ballots": _published(ballot, found),
        "receipts": sorted(ballot.marks.values_list("receipt", flat=True)),
        "verdict": [{name: item.get(name) for name in ("key", "counts", "outcome", "chosen")} for item in items],
        "outcome": carried.act.outcome or items[0].get("outcome", ""),
    }  # fmt: skip


def _published(ballot: Ballot, found: list[Line]) -> list[dict[str, Any]]:
    """Ballots of one vote each as they are. Where area counts, each item by itself and each answer in one line:
    an area can be as good as a name, and so could the way somebody answered all items."""
    keys = [item["key"] for item in ballot.items]
    if not ballot.roll.area and ballot.form != scoring.FORM:
        whole = Counter[tuple[str, ...]]()
        for line in found:
            whole[line.marks] += line.n
        return [{"n": n, "marks": dict(zip(keys, marks, strict=True))} for marks, n in sorted(whole.items())]
    rows: dict[tuple[str, str], list[int]] = {}
    for line in found:
        for key, mark in zip(keys, line.marks, strict=True):
            row = rows.setdefault((key, mark), [0, 0])
            row[0], row[1] = row[0] + line.n, row[1] + line.area
    return [{"n": n, **({"area": area} if ballot.roll.area else {}), "marks": {key: mark}}
            for (key, mark), (n, area) in sorted(rows.items())]  # fmt: skip
