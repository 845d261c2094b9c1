"""Small charters written for one question each, read by the real parser."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gongzhi.core.calendar import CHINA, Calendar
from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import Outcome, advance, answers, tick

LAW = Path(__file__).parents[3] / "charters" / "_law"

BASE = """
charter: small
title: 小章程
version: 1
places: [district, street, community]
organs:
  committee: {title: 居委会, at: community, kind: self_government, seats: {director: {title: 主任, basis: elected, term: 5y, stand_in: vice}, vice: {title: 副主任, basis: elected, term: 5y}}}
  branch: {title: 党支部, at: community, kind: party, seats: {secretary: {title: 书记, basis: elected, term: 5y}}}
  station: {title: 服务站, at: community, kind: government, seats: {head: {title: 站长, basis: appointed}}}
  office: {title: 街道办, at: street, kind: government, seats: {deputy: {title: 副主任, basis: appointed}}}
  section: {title: 城管科, at: street, kind: government, seats: {chief: {title: 科长, basis: appointed}}}
  safety: {title: 平安办, at: street, kind: government}
  joint: {title: 联席会议, at: street, kind: assembly}
  court: {title: 法院, at: district, kind: government, outside: true, recorded_by: committee}
relations: [office guides committee]
categories: {lamp: {title: 路灯}, order: {title: 秩序}}
duties:
  - {category: lamp, at: street, answers: section, list: X1, from: 2020-01-01}
  - {category: order, at: street, answers: safety, list: X2, from: 2020-01-01}
handover: {window: 1wd, bound: 1, adjudicator: joint, ruling: 2wd}
documents: {minutes: {title: 纪要}, notice_text: {title: 公示内容}, evidence: {title: 证据}}
"""


@lru_cache(maxsize=64)
def charter_with(procedure: str) -> Charter:
    """The small charter with one procedure, which must be free of errors."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "small"
        (home / "procedures").mkdir(parents=True)
        (home / "charter.yaml").write_text(BASE, encoding="utf-8")
        (home / "procedures" / "p.yaml").write_text(procedure, encoding="utf-8")
        loaded = load_charter(home, LAW)
    wrong = [finding for finding in loaded.findings if finding.file not in ("holidays.yaml", "rules.yaml")]
    assert loaded.draft is not None and not wrong, wrong
    return loaded.draft


PLAIN = Calendar("plain", {})


def at(text: str) -> datetime:
    """`2026-03-02 09:00` in local time. 2026-03-02 is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


class Play:
    """Plays acts on one case and keeps the last outcome; time is given as local text."""

    def __init__(self, procedure: str, start: str = "2026-03-02 09:00", **given: Any) -> None:
        self.charter = charter_with(procedure)
        name = next(iter(self.charter.procedures))
        cast = {organ: f"{organ}-1" for organ in self.charter.organs}
        filing = Filing(name, "320106", "lamp", cast)
        act = Act("file", at(start), Actor("p0", "filer"), filing=filing, fields=given)
        self.outcome: Outcome = advance(self.charter, None, act, PLAIN)

    @property
    def case(self) -> Case:
        return self.outcome.case

    @property
    def answers(self) -> str:
        return answers(self.charter, self.case)

    @property
    def step(self) -> str:
        return self.case.control.step

    def do(self, when: str, who: str, kind: str, **facts: Any) -> Play:
        organ, _, seat = who.partition(".")
        person = facts.pop("person", f"p-{who}")
        act = Act(kind, at(when), Actor(person, organ, seat), **facts)
        self.outcome = advance(self.charter, self.case, act, PLAIN)
        return self

    def refused(self, when: str, who: str, kind: str, **facts: Any) -> str:
        """The code of the refusal; nothing may have changed."""
        before = self.case
        try:
            self.do(when, who, kind, **facts)
        except Refused as refusal:
            assert self.case is before
            return refusal.code
        raise AssertionError(f"{kind} by {who} was not refused")

    def wait(self, until: str) -> Play:
        self.outcome = tick(self.charter, self.case, at(until), PLAIN)
        return self

    def due(self, name: str = "step") -> str:
        clock = self.case.clock(name)
        assert clock is not None, [one.name for one in self.case.clocks]
        return clock.due.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")

    def effects(self) -> list[str]:
        return [type(effect).__name__ for effect in self.outcome.effects]
