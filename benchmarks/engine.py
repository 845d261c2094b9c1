"""One engine step with guards, clocks and log text, beside SpiffWorkflow with its state serialised at each step.

Both play the same matter: receive, handle, inspect, rework once, handle, inspect, confirm. Both read their state
from JSON text and write it back at every step. Ours also counts working-day deadlines and checks who acts.
Both only compute, so both are measured in the processor's own time, whoever else works on the machine.
"""

from __future__ import annotations

import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from benchmarks.support import Report, peer_python, run_peer
from gongzhi.core.calendar import CHINA, Calendar
from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.engine import advance, tick
from gongzhi.core.procedure.store import act_to, canonical, case_from, case_to, effect_to

SPIFF = "SpiffWorkflow==3.2.0"
ROUNDS, PEER_ROUNDS = 2000, 60
STEPS = (
    ("station", "head", "sent"),
    ("section", "chief", "done"),
    ("committee", "director", "rework"),
    ("section", "chief", "done"),
    ("committee", "director", "passed"),
    ("filer", "", "content"),
)
CHARTER = """
charter: bench
title: 测速
version: 1
places: [district, street, community]
organs:
  committee: {title: 居委会, at: community, kind: self_government, seats: {director: {title: 主任, basis: elected, term: 5y}}}
  station: {title: 服务站, at: community, kind: government, seats: {head: {title: 站长, basis: appointed}}}
  section: {title: 城管科, at: street, kind: government, seats: {chief: {title: 科长, basis: appointed}}}
  office: {title: 街道办, at: street, kind: government}
categories: {lamp: {title: 路灯}}
duties: [{category: lamp, at: street, answers: section, list: X1, from: 2020-01-01}]
handover: {window: 1wd, bound: 1, adjudicator: office, ruling: 2wd}
"""
PROCEDURE = """
procedure: appeal
title: 诉求
of: appeal
files: [residents]
start: receive
steps:
  receive: {title: 登记, do: file, by: station, within: 4h, then: {sent: {title: 已派, go: handle}}, late: {assume: sent}}
  handle: {title: 处置, do: task, by: duty, within: 5wd, then: {done: {title: 已办, go: inspect}}, at_most: 3, beyond: stopped, late: {raise: [office]}}
  inspect: {title: 复核, do: inspection, by: committee, within: 3wd, apart_from: [{step: handle, level: organ}], then: {passed: {title: 好, go: confirm}, rework: {title: 重办, go: handle}}, late: {}}
  confirm: {title: 确认, do: confirm, by: filer, asked_by: station, within: 7d, from: served, then: {content: {title: 满意, go: settled}, no_answer: {title: 未回复, go: settled}}, late: {assume: no_answer}}
ends: {settled: {title: 办好}, stopped: {title: 停}}
"""


def run() -> Report:
    charter, calendar = _charter()
    _play(charter, calendar, 50)
    steps, seconds = _play(charter, calendar, ROUNDS)
    peer = run_peer(peer_python("spiff", [SPIFF]), "spiff.py", str(PEER_ROUNDS))
    ours, theirs = seconds / steps * 1e6, peer["seconds"] / peer["steps"] * 1e6
    idle = _idle_tick(charter, calendar)
    return Report(
        "engine",
        "advance() with state, act and effects as JSON text",
        SPIFF + ", state as JSON text",
        {"our step, us": ours, "SpiffWorkflow step, us": theirs, "idle tick, us": idle},
        ratio=theirs / ours,
        goal=">= 40",
        reached=theirs / ours >= 40,
    )


def _charter() -> tuple[Charter, Calendar]:
    law = Path(__file__).parent.parent / "charters" / "_law"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "procedures").mkdir()
        (Path(folder) / "charter.yaml").write_text(CHARTER, encoding="utf-8")
        (Path(folder) / "procedures" / "appeal.yaml").write_text(PROCEDURE, encoding="utf-8")
        loaded = load_charter(Path(folder), law)
    if loaded.charter is None or loaded.law.calendar is None:
        raise SystemExit(f"the benchmark's charter does not load: {loaded.findings}")
    return loaded.charter, loaded.law.calendar


def _play(charter: Charter, calendar: Calendar, rounds: int) -> tuple[int, float]:
    start = time.process_time()
    for _ in range(rounds):
        _one_matter(charter, calendar)
    return rounds * len(STEPS), time.process_time() - start


def _filed(charter: Charter, calendar: Calendar, now: datetime) -> str:
    filing = Filing("appeal", "320106", "lamp", {organ: f"{organ}-1" for organ in charter.organs})
    act = Act("file", now, Actor("p", "filer"), filing=filing)
    return canonical(case_to(advance(charter, None, act, calendar).case))


def _one_matter(charter: Charter, calendar: Calendar) -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
    text = _filed(charter, calendar, now)
    for organ, seat, outcome in STEPS:
        now += timedelta(hours=1)
        case = case_from(orjson.loads(text))
        act = Act("done", now, Actor(f"{organ}-1", organ, seat), case.visit, outcome)
        after = advance(charter, case, act, calendar)
        text = canonical(case_to(after.case))
        canonical({"act": act_to(act), "effects": [effect_to(effect) for effect in after.effects]})
    if case_from(orjson.loads(text)).control.end != "settled":
        raise SystemExit("the benchmark's matter did not end as it should")


def _idle_tick(charter: Charter, calendar: Calendar) -> float:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
    case = case_from(orjson.loads(_filed(charter, calendar, now)))
    start = time.process_time()
    for _ in range(100_000):
        tick(charter, case, now, calendar)
    return (time.process_time() - start) / 100_000 * 1e6
