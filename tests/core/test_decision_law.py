"""The shipped rules: every worked example, and one version at most on any day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gongzhi.core.decision import RuleError, RuleVersion, as_row, count, load_rules, read_rule, rule_in_force
from tests.core.law_data import read, rules

EXAMPLES = read("tests.yaml")["tests"]
NAMED = (
    "residents_meeting",
    "representatives_meeting",
    "committee_election_direct",
    "committee_election_representatives",
    "committee_rerun",
    "committee_recall_request",
    "building_covenant",
    "owners_ordinary",
    "owners_special",
    "villagers_meeting",
    "village_recall_request",
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['rule']}-{example['gives']}")
def test_worked_example(example: dict[str, Any]) -> None:
    rule = rule_in_force(rules()[example["rule"]], example["on"])
    verdict = count(rule, example["counts"])
    assert verdict.outcome == example["gives"]
    assert list(verdict.chosen) == example.get("chosen", [])


def test_every_rule_is_there_and_has_an_example_that_passes() -> None:
    assert set(NAMED) <= set(rules())
    assert {example["rule"] for example in EXAMPLES if example["gives"] in ("passed", "filled")} == set(rules())


def test_every_version_says_its_article_source_and_english() -> None:
    for versions in rules().values():
        for version in versions:
            assert version.law and version.source and version.title_en and version.law_en
            assert version.from_ or version.to or version.name == "building_covenant"


def test_the_day_chooses_the_version() -> None:
    versions = rules()["residents_meeting_request"]
    assert rule_in_force(versions, date(2025, 12, 31)).passes == "yes * 5 >= eligible"
    assert rule_in_force(versions, date(2026, 1, 1)).passes == "yes * 10 >= eligible"
    with pytest.raises(RuleError) as error:
        rule_in_force(rules()["representatives_meeting"], date(2025, 12, 31))
    assert (error.value.code, error.value.details) == ("rule_not_in_force", ("2025-12-31",))


GOOD = {
    "title": "会议",
    "law": "x",
    "counts": ["eligible", "yes"],
    "quorum": "eligible > 0",
    "passes": "yes * 2 > eligible",
}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"law": ""}, "law"),
        ({"quorm": "eligible > 0"}, "quorm"),
        ({"counts": ["eligible", "votes"]}, "counts"),
        ({"passes": "yes * 2 > present"}, "passes"),
        ({"passes": "yes > eligible / 2"}, "passes"),
        ({"passes": "yes * 1.5 > eligible"}, "passes"),
        ({"passes": "yes * 2 > eligible || true"}, "passes"),
        ({"passes": "__import__('os')"}, "passes"),
        ({"passes": "eligible * 2 < yes"}, "passes"),
        ({"passes": "yes > yes"}, "passes"),
        ({"passes": ""}, "passes"),
        ({"tie": "chair"}, "tie"),
        ({"recused": "maybe"}, "recused"),
        ({"from": "2026-02-30"}, "from"),
        ({"source": "nowhere"}, "source"),
    ],
)
def test_bad_rules_are_named(change: dict[str, object], key: str) -> None:
    assert load_rules({"sources": {}, "rules": {"meeting": [GOOD]}})
    with pytest.raises(RuleError) as error:
        load_rules({"sources": {}, "rules": {"meeting": [{**GOOD, **change}]}})
    assert error.value.details[:2] == ("meeting", key)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"from": "2026-01-01"}),
        ({"to": "2026-01-01"}, {"from": "2026-01-01"}),
        ({"from": "2020-01-01"}, {"from": "2026-01-01"}),
        ({"to": "2025-12-31"}, {"to": "2026-12-31"}),
    ],
)
def test_two_versions_on_one_day_are_refused(first: dict[str, str], second: dict[str, str]) -> None:
    with pytest.raises(RuleError, match="same day"):
        load_rules({"rules": {"meeting": [{**GOOD, **second}, {**GOOD, **first}]}})


def test_dates_as_text_or_as_dates() -> None:
    (version,) = load_rules({"rules": {"m": [{**GOOD, "from": "2026-01-01", "to": date(2026, 12, 31)}]}})["m"]
    assert isinstance(version, RuleVersion)
    assert version.in_force(date(2026, 1, 1)) and version.in_force(date(2026, 12, 31))
    assert not version.in_force(date(2025, 12, 31)) and not version.in_force(date(2027, 1, 1))


@pytest.mark.parametrize(
    "table", [{}, {"rules": []}, {"rules": {"m": []}}, {"rules": {"m": {}}}, {"rules": {"m": [1]}}]
)
def test_files_that_are_no_rules(table: dict[str, object]) -> None:
    with pytest.raises(RuleError):
        load_rules(table)


def test_every_rule_survives_being_written_as_json() -> None:
    for versions in rules().values():
        for version in versions:
            row = json.loads(json.dumps(as_row(version), ensure_ascii=False))
            assert read_rule(version.name, row) == version
