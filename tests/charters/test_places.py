"""The numbers of a shipped place meet the norms of its charter, and its rights and levels are what the source says."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from gongzhi.core.check import check_folder
from gongzhi.core.check.norms import met
from tests.charters.play import CHARTERS, LAW
from tests.charters.shipped import shipped

PLACES = sorted(CHARTERS.glob("*/place.yaml"))


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.parent.name)
def test_a_shipped_place_meets_every_norm_of_its_charter(path: Path) -> None:
    facts = YAML(typ="safe", pure=True).load(path.read_text("utf-8")).get("facts", {})
    charter = shipped(path.parent.name).charter
    assert charter is not None
    assert [name for name, norm in charter.norms.items() if not met(norm, facts)] == []
    for name, norm in charter.norms.items():
        poor = {fact: 0 if fact != "street_staff" else 1 for fact in norm.facts} | {"party_members": 1}
        assert not met(norm, poor), name


def test_there_are_exactly_ten_rights_and_each_can_be_exercised() -> None:
    charter = shipped("chaoyang").charter
    assert charter is not None and len(charter.rights) == 10
    assert "rights" in check_folder(CHARTERS / "chaoyang", LAW).proved


def test_a_level_of_approval_less_is_quicker_when_nobody_and_when_everybody_is_late() -> None:
    two, three = (check_folder(CHARTERS / name, LAW).worst["approval"] for name in ("baotou", "baotou_three"))
    assert two.slow < three.slow and two.late < three.late
    charters = [shipped(name).charter for name in ("baotou", "baotou_three")]
    levels = [len({step.by.name for step in c.procedures["approval"].steps.values() if step.makes and step.by.name})
              for c in charters if c]  # fmt: skip
    assert levels == [2, 3]


def test_the_street_has_its_offices_and_every_sunk_matter_answers_above_it() -> None:
    charter = shipped("huangpu").charter
    assert charter is not None
    offices = [r.object for r in charter.relations if r.subject == "street_office" and r.verb == "leads"]
    bodies = [r.object for r in charter.relations if r.subject == "party_work_committee" and r.verb == "leads"]
    assert (len(bodies), len(offices)) == (2, 6 + 2)
    sunk = [duty for duty in charter.duties if charter.categories[duty.category].procedure == "sunk_matter"]
    assert sunk and all((duty.at, duty.coordinates) == ("district", "street_office") for duty in sunk)
