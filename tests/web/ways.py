"""Short ways to the steps that the tests of the workbench look at, taken through the one door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.records.matters.models import Matter
from tests.support.demo import staff
from tests.web.bench import Bench

YES = {"needs_planning": True, "needs_funds": True, "outside_remit": True}
ORGANS = {"secretary": "party_branch", "director": "residents_committee", "station": "service_station"}


def go(bench: Bench, login: str, matter: Matter, kind: str, **more: Any) -> Matter:
    take_step(matter.number, Draft(kind, **more), staff(login), bench.at, None)
    bench.at += timedelta(minutes=10)
    return Matter.objects.get(pk=matter.pk)


def to_emergency(bench: Bench, **more: Any) -> Matter:
    return go(bench, "director", bench.file(**more), "done", outcome="registered", words={"receipt": "已登记"})


def to_notice(bench: Bench, **more: Any) -> Matter:
    matter = to_emergency(bench, **more)
    matter = go(bench, "secretary", matter, "done", outcome="call_party_council", words={"minutes": "当日开会"})
    matter = go(bench, "council", matter, "part", part="attend.party_members_council", state="done", count=16)
    return go(bench, "secretary", matter, "done", outcome="notice_and_council", words={"minutes": "先公示"})


def to_council(bench: Bench, **more: Any) -> Matter:
    return go(bench, "director", to_notice(bench, **more), "done", outcome="posted", words={"notice_text": "开会"})


def all_come(bench: Bench, matter: Matter) -> Matter:
    for part in ("party_branch.secretary", "service_station.head", "urban_section.chief"):
        go(bench, "director", matter, "part", part=f"attend.{part}", state="done", count=1)
    return go(bench, "director", matter, "part", part="attend.residents", state="done", count=20)


def to_submit(bench: Bench, stop: str = "", facts: dict[str, bool] | None = None) -> Matter:
    matter = all_come(bench, to_council(bench))
    if stop == "council_done":
        return matter
    words = {"minutes": "五种人到会", "proposed_solution": "原处重建"}
    return go(bench, "director", matter, "done", outcome="proposal", fields=facts or YES, words=words)


def to_plan(bench: Bench) -> Matter:
    """The community does it itself: its plan hangs and may be objected to."""
    matter = to_submit(bench, facts=dict.fromkeys(YES, False))
    return go(bench, "director", matter, "serve", channel="board", words={"notice_text": "四张长椅的位置图"})


def to_build(bench: Bench, accepted: bool = True) -> Matter:
    matter = to_submit(bench)
    for login, organ in ORGANS.items():
        matter = go(bench, login, matter, "part", part=f"sign.{organ}", state="done")
    matter = go(bench, "station", matter, "done", outcome="submitted", words={"submission": "方案"})
    for part in ("service_station.head", "urban_section.chief"):
        matter = go(bench, "deputy", matter, "part", part=f"attend.{part}", state="done", count=1)
    matter = go(bench, "deputy", matter, "done", outcome="build", words={"steps_to_take": "四步"})
    return go(bench, "bureau", matter, "accept") if accepted else matter
