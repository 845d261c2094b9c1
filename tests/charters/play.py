"""Plays a story on the engine alone: the course of events without desk, database or HTTP."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from gongzhi.core.calendar import CHINA, Calendar
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import FILER, SYSTEM, Act, Actor, Filing
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import Outcome, advance, answers, tick
from gongzhi.core.procedure.parties import PARTY

# What the desk refuses and the engine never sees: who may read or file a matter, what a text says.
AT_THE_DESK = ("unknown_matter", "not_filer", "clauses_forbidden", "clauses_unread", "terms_missing", "bids_not_opened",
               "panel_small", "panel_even", "targets_short", "facts_from_room", "duty_unsigned", "notice_too_short",
               "rates_itself", "rated_already", "review_sealed", "not_a_rater", "counts_from_review")  # fmt: skip

CHARTERS = Path(__file__).resolve().parents[2] / "charters"
LAW = CHARTERS / "_law"


def stories() -> list[Path]:
    return sorted(CHARTERS.glob("*/stories/*.yaml"))


def read_story(path: Path) -> dict[str, Any]:
    story: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return story


def play(story: dict[str, Any], charter: Charter, calendar: Calendar) -> Case:
    """Play every act and compare what the story expects. Returns the case at the end."""
    case: Case | None = None
    refused, said = 0, ""
    given: Counter[str] = Counter()  # of the rating that is open
    for line in story["when"]:
        refusal = ""
        if line["act"] == "room":  # tables beside the matter, which the engine does not know
            refused += "refused" in line.get("expect", {})
            continue
        if line.get("expect", {}).get("refused") in AT_THE_DESK:
            refused += 1
            continue
        if line["act"] == "grade":  # the desk keeps them sealed; the engine gets their counts when the rating ends
            given[f"grade.{_organ(story, line)}.{line['grade']}"] += 1
            continue
        if line["act"] == "done" and given:
            total = given.total()
            line, given = {**line, "counts": {**given, "eligible": total, "present": total}}, Counter()
        try:
            outcome = _one(story, line, charter, case, calendar)
            case, said = _told(outcome.case, charter, calendar), f"{outcome.because} {outcome.effects}"
        except Refused as error:
            refusal = error.code
            refused += 1
        if case is None:  # a filing that was refused
            assert refusal and refusal == line.get("expect", {}).get("refused")
            continue
        _compare(line, line.get("expect", {}), refusal, charter, case, said)
    assert case is not None
    _compare(story, {k: v for k, v in story["then"].items() if k in ("end", "status", "answers")}, "", charter, case)
    assert refused == story["then"].get("refused", 0)
    assert case.control.passes == story["then"].get("passes", case.control.passes)
    return case


def _one(
    story: dict[str, Any], line: dict[str, Any], charter: Charter, case: Case | None, calendar: Calendar
) -> Outcome:
    at = _moment(line["at"])
    if line["act"] == "wait":
        assert case is not None
        return tick(charter, case, at, calendar)
    filing = None
    if line["act"] == "file":
        filing = Filing(story["procedure"], "place", story["category"], {})
    act = Act(
        line["act"], at, _actor(story, line, case),
        outcome=line.get("outcome", ""), part=line.get("part", ""), state=line.get("state", ""),
        count=line.get("count", 0), counts=line.get("counts", {}), to=line.get("to", ""), ground=line.get("ground", ""),
        fields=line.get("fields", {}), documents=line.get("documents", {}), filing=filing,
        channel=line.get("channel", ""),
    )  # fmt: skip
    return advance(charter, case, act, calendar)


def _told(case: Case, charter: Charter, calendar: Calendar) -> Case:
    """The worker tells a resident with an account at once."""
    if case.control.holder != FILER or case.control.served:
        return case
    return advance(charter, case, Act("serve", case.history.last, Actor(SYSTEM, SYSTEM)), calendar).case


def _organ(story: dict[str, Any], line: dict[str, Any]) -> str:
    organ = _seat(story, line)[0]
    return "residents" if organ == "filer" else organ


def _seat(story: dict[str, Any], line: dict[str, Any]) -> tuple[str, str]:
    """Organ and seat; of somebody who holds several the first."""
    held = story["given"]["people"][line["who"]]["is"]
    organ, _, seat = str(held if isinstance(held, str) else held[0]).partition(".")
    return organ, seat


def _actor(story: dict[str, Any], line: dict[str, Any], case: Case | None) -> Actor:
    organ, seat = _seat(story, line)
    about_parties = case is not None and (case.control.holder == "parties" or ".parties." in line.get("part", ""))
    if case is not None and about_parties and organ in case.parties and line["act"] in ("done", "part"):
        return Actor(f"person:{line['who']}", PARTY, organ)
    return Actor(f"person:{line['who']}", FILER if organ == "filer" else organ, seat)


def _moment(text: Any) -> datetime:
    return datetime.fromisoformat(str(text)).replace(tzinfo=CHINA)


def _compare(
    line: dict[str, Any], expect: dict[str, Any], refusal: str, charter: Charter, case: Case, said: str = ""
) -> None:
    control = case.control
    found: dict[str, Any] = {
        "refused": refusal, "step": control.step, "phase": control.phase, "status": control.status,
        "holder": control.holder, "end": control.end, "passes": control.passes, "breach": control.breach,
        "answers": answers(charter, case), "raised": control.raised,
        "days_since_filing": (case.history.last.date() - case.history.filed.date()).days,
    }  # fmt: skip
    found["because"] = expect.get("because") if str(expect.get("because")) in said else said
    due = {clock.name: clock.due.date() for clock in case.clocks}
    found["due"] = {name: due.get(name) for name in expect.get("due", {})}
    wanted = {"refused": "", **expect}
    if "due" in wanted:
        wanted["due"] = {name: date.fromisoformat(str(day)) for name, day in wanted["due"].items()}
    assert {key: found[key] for key in wanted} == wanted, line
