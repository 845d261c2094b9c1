"""A charter's own rules: read, played by the engine, stricter than the law or refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongzhi.core.charter.load import Loaded, load_charter
from gongzhi.core.decision import rule_in_force
from gongzhi.core.procedure.acts import Act, Actor, Filing
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import advance
from tests.core.procedure.small import BASE, LAW, PLAIN, at

SCORING = """
rules:
  projects:
    title: 项目评分
    kind: scoring
    source: 居民议事会决定
    quorum: present * 2 > eligible
    criteria: {good: {title: 公益性, weight: 60}, lasting: {title: 可持续性, weight: 40}}
    scale: {least: 0, most: 10}
    tie: shared
"""
OURS = """
rules:
  our_meeting:
    title: 本社区的代表会议
    replaces: representatives_meeting
    from: 2026-03-01
    source: 居民会议2026年2月20日决定
    counts: [eligible, present, 'yes']
    quorum: present * 4 >= eligible * 3
    passes: yes * 3 >= present * 2
"""
RANK = """
procedure: p
title: 评审
of: project
files: [residents]
steps:
  score: {title: 评分, do: scoring, by: committee, rule: projects, within: 5d, then: {ranked: {title: 排好, go: done}, no_quorum: {title: 人不够, go: off}}, late: {raise: [office]}}
ends: {done: {title: 完}, off: {title: 停}}
"""
VOTE = """
procedure: p
title: 表决
of: proposal
files: [residents]
steps:
  vote: {title: 表决, do: meeting, by: committee, rule: representatives_meeting, within: 5d, then: {passed: {title: 过, go: done}, failed: {title: 没过, go: off}, no_quorum: {title: 人不够, go: off}}, late: {raise: [office]}}
ends: {done: {title: 完}, off: {title: 停}}
"""


def load(folder: Path, rules: str, procedure: str = VOTE) -> Loaded:
    home = folder / "small"
    (home / "procedures").mkdir(parents=True)
    (home / "charter.yaml").write_text(BASE + rules, encoding="utf-8")
    (home / "procedures" / "p.yaml").write_text(procedure, encoding="utf-8")
    return load_charter(home, LAW)


def outcome(loaded: Loaded, when: str, **counts: int) -> str:
    """Where one decision leads, played through the engine."""
    charter = loaded.charter
    assert charter is not None, loaded.findings
    cast = {organ: f"{organ}-1" for organ in charter.organs}
    filed = Act("file", at(when), Actor("p0", "filer"), filing=Filing("p", "320106", "lamp", cast))
    case = advance(charter, None, filed, PLAIN).case
    given = {name.replace("__", "."): number for name, number in counts.items()}
    done = Act("done", at(when), Actor("p1", "committee", "director"), visit=case.visit, counts=given)
    return advance(charter, case, done, PLAIN).case.control.end


def test_a_scoring_of_its_own_is_played(tmp_path: Path) -> None:
    loaded = load(tmp_path, SCORING, RANK)
    some = {"score__a__good": 50, "score__a__lasting": 40}
    assert outcome(loaded, "2026-03-02 09:00", eligible=10, present=6, **some) == "done"
    assert outcome(loaded, "2026-03-02 09:00", eligible=12, present=6, **some) == "off"
    with pytest.raises(Refused) as refused:
        outcome(loaded, "2026-03-02 09:00", eligible=10, present=6, score__a__good=50)
    assert refused.value.code == "count_wrong"


def test_a_stricter_rule_goes_before_the_laws_from_its_day_on(tmp_path: Path) -> None:
    loaded = load(tmp_path, OURS)
    by_law = {"eligible": 60, "present": 40, "yes": 21}
    assert outcome(loaded, "2026-02-27 09:00", **by_law) == "done"
    assert outcome(loaded, "2026-03-02 09:00", **by_law) == "off"
    assert outcome(loaded, "2026-03-02 09:00", eligible=60, present=45, yes=30) == "done"
    assert loaded.charter is not None
    version = rule_in_force(loaded.charter.rules["our_meeting"], date(2026, 3, 1))
    assert (version.name, version.replaces, version.recused) == ("our_meeting", "representatives_meeting", "stay")
    assert "28" in version.law  # it still rests on the article


@pytest.mark.parametrize(
    ("old", "new", "code", "why"),
    [
        ("present * 4 >= eligible * 3", "present * 2 > eligible", "GZ758", "not_stricter"),
        ("yes * 3 >= present * 2", "yes * 2 >= present", "GZ758", "not_stricter"),
        ("yes * 3 >= present * 2", "yes > 0", "GZ758", "not_stricter"),
        ("    from: 2026-03-01\n", "", "GZ757", "not_dated"),
        ("    source: 居民会议2026年2月20日决定\n", "", "GZ757", "not_dated"),
        ("replaces: representatives_meeting", "replaces: no_such_rule", "GZ757", "not_of_law"),
        ("  our_meeting:", "  representatives_meeting:", "GZ757", "name_of_law"),
        ("counts: [eligible, present, 'yes']", "counts: [eligible, present, 'yes', area_yes]", "GZ757", "other_counts"),
        ("    source:", "    recused: leave\n    source:", "GZ758", "not_stricter"),
        ("    passes: yes * 3 >= present * 2\n", "", "GZ757", "missing"),
    ],
)
def test_what_is_laxer_or_incomplete_is_an_error(tmp_path: Path, old: str, new: str, code: str, why: str) -> None:
    assert old in OURS
    loaded = load(tmp_path, OURS.replace(old, new))
    found = [finding for finding in loaded.findings if finding.code == code]
    assert loaded.charter is None and [dict(one.args)["why"] for one in found] == [why]
    assert found[0].line > BASE.count("\n")


@pytest.mark.parametrize(
    ("quorum", "passes"),
    [
        ("present * 3 >= eligible * 2", "yes * 2 > present"),  # the law's own
        ("present * 3 > eligible * 2", "yes * 2 > eligible"),  # of everybody, not only of those there
        ("present * 100 >= eligible * 67", "yes * 100 > present * 51"),
    ],
)
def test_as_strict_or_stricter_is_right(tmp_path: Path, quorum: str, passes: str) -> None:
    text = OURS.replace("present * 4 >= eligible * 3", quorum).replace("yes * 3 >= present * 2", passes)
    assert load(tmp_path, text).charter is not None
