"""A ballot as every face shows it: its rule in words, its answers, where it stands, what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.decision import scoring_papers as scoring
from gongzhi.core.fact import Fact
from gongzhi.core.recount import ANSWERS, INVALID, TOGETHER
from gongzhi.desk.ballots import statutory
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.ballots.queries import turnout
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.web.sharing import Shared, is_money, mark_typed, shared
from gongzhi.words.ballots import answer_text, means_text
from gongzhi.words.decisions import decision_fact
from gongzhi.words.rules_said import rule_said
from gongzhi.words.terms import Terms

__all__ = ["Bar", "Shown", "marks_of"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer of a result: how many, with how much area, of how many."""

    label: str
    heads: int
    area: int
    of: int

    @property
    def wide(self) -> int:
        """Of a thousand."""
        return round(1000 * self.heads / self.of) if self.of else 0


@dataclass(frozen=True)
class Shown:
    """A ballot at a time."""

    ballot: Ballot
    at: datetime

    @cached_property
    def charter(self) -> Charter:
        return charter_by_digest(read_state(self.ballot.matter.state).digest)

    @cached_property
    def terms(self) -> Terms:
        return Terms(self.charter)

    @property
    def procedure(self) -> Procedure:
        return self.charter.procedures[self.ballot.matter.procedure]

    @property
    def title(self) -> str:
        return self.terms.text(self.ballot.title)

    @property
    def statutory(self) -> bool:
        return statutory(self.procedure, self.charter)

    @property
    def rule(self) -> str:
        return rule_said(self.ballot.roll.rule)

    @property
    def phase(self) -> str:
        """planned, open, closed (not counted yet), counted, dropped."""
        row = self.ballot
        if row.status == "open" and row.closes_at and self.at >= row.closes_at:
            return "closed"
        return row.status

    @property
    def phase_text(self) -> str:
        return {
            "planned": _("在准备"), "open": _("正在投票"), "closed": _("已截止，等计票"), "counted": _("已计票"),
            "dropped": _("没有举行"),
        }[self.phase]  # fmt: skip

    @property
    def means(self) -> str:
        return _("、").join(map(means_text, self.ballot.means))

    @property
    def online(self) -> bool:
        return "screen" in self.ballot.means

    @cached_property
    def turnout(self) -> Any:
        return turnout(self.ballot)

    @property
    def items(self) -> list[dict[str, Any]]:
        """What is asked, with the answers as one sees them."""
        return [{**item, "answers": self._answers(item)} for item in self.ballot.items]

    def _answers(self, item: dict[str, Any]) -> list[dict[str, str]]:
        if self.ballot.form == "yes_no":
            return [{"value": key, "text": answer_text(item, key)} for key in ANSWERS]
        return [{"value": key, "text": title} for key, title in item["options"]]

    @property
    def projects(self) -> list[dict[str, Any]]:
        """Of a scoring: every project with a cell for each criterion, in the order of the paper."""
        found: dict[str, dict[str, Any]] = {}
        for item in self.items:
            project, _colon, criterion = item["title"].rpartition("：")
            one = found.setdefault(item["key"].partition(".")[0], {"title": project, "cells": []})
            one["cells"].append({**item, "title": criterion})
        return list(found.values())

    def chosen(self, marks: list[str]) -> list[dict[str, str]]:
        """Rows of the check page; of a scoring one for each project."""
        if self.ballot.form == scoring.FORM:
            given = dict(zip([item["key"] for item in self.ballot.items], marks, strict=False))
            return [{"label": one["title"],
                     "text": "　".join(f"{cell['title']} {given.get(cell['key'], '')}" for cell in one["cells"])}
                    for one in self.projects]  # fmt: skip
        pairs = zip(self.ballot.items, marks, strict=False)
        return [{"label": item["title"], "text": answer_text(item, mark)} for item, mark in pairs]

    @property
    def outcome(self) -> str:
        step = self.procedure.steps.get(self.ballot.visit.partition("#")[0])
        return self.terms.outcome(step, self.ballot.outcome)

    @property
    def money(self) -> bool:
        """Whether it is about projects that cost money."""
        return is_money(self.ballot)

    @cached_property
    def shared(self) -> Shared | None:
        """Who paid for what, after the count of a ballot about money."""
        return shared(self.ballot)

    @property
    def results(self) -> list[dict[str, Any]]:
        """Every item counted: bars, verdict in words, reasons. A scoring has one result, on all its items."""
        if self.ballot.form == scoring.FORM:
            return [self._ranked(one) for one in self.ballot.result.get("items", [])]
        return [self._result(item, one) for item, one in
                zip(self.ballot.items, self.ballot.result.get("items", []), strict=False)]  # fmt: skip

    def _ranked(self, one: dict[str, Any]) -> dict[str, Any]:
        names = {item["key"].partition(".")[0]: item["title"].rpartition("：")[0] for item in self.ballot.items}
        named = [(row["code"], [names.get(arg, arg) if at == 0 else arg for at, arg in enumerate(row["args"])])
                 for row in one.get("because", [])]  # fmt: skip
        because = [decision_fact(Fact(code, tuple(args))) for code, args in named]
        return {"title": self.title, "bars": [], "n": one["n"], "area": 0, "passed": one.get("outcome") == "ranked",
                "outcome": self.outcome, "because": because}  # fmt: skip

    def _result(self, item: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
        keys = list(ANSWERS) if self.ballot.form == "yes_no" else [key for key, _title in item["options"]]
        keys += [INVALID] if one["heads"].get(INVALID) else []
        bars = [Bar(answer_text(item, key), one["heads"].get(key, 0), one["areas"].get(key, 0), one["n"])
                for key in keys]  # fmt: skip
        because = [decision_fact(Fact(row["code"], tuple(row["args"]))) for row in one.get("because", [])]
        said = self.terms.outcome(None, one.get("outcome", ""))
        return {"title": item["title"], "bars": bars, "n": one["n"], "area": one["area"], "outcome": said,
                "passed": one.get("outcome") in ("passed", "filled"), "because": because}  # fmt: skip


def marks_of(ballot: Ballot, typed: QueryDict, prefix: str = "") -> list[str]:
    """The answers of a form: one field for each item, ticked options in the order of the ballot."""
    marks = []
    for item in ballot.items:
        given = typed.getlist(f"{prefix}{item['key']}")
        if ballot.form == "yes_no":
            marks.append(given[0] if given else "")
        elif ballot.form in ("rank", "score"):
            marks.append(mark_typed(item, ballot.form, typed, prefix))
        else:
            order = [key for key, _title in item["options"]]
            known = sorted((one for one in set(given) if one in order), key=order.index)
            marks.append(TOGETHER.join([*known, *(one for one in given if one not in order)]))
    return marks
