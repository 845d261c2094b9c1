"""The worked vectors of the law, each typed on the command line: counts (T1 to T7) and days (T8 to T12)."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from gongzhi.commands.law import count_votes, deadline

app = typer.Typer()
app.command()(deadline)
app.command("count")(count_votes)

ON = "2026-12-20"
HEADS = "--eligible {} --present {} --yes {}"
OWNERS = "--area-total 100000 --area-present {} --area-yes {} " + HEADS

COUNTS = [
    # T1: 1001 residents
    ("residents_meeting", HEADS.format(1001, 500, 500), False),
    ("residents_meeting", HEADS.format(1001, 501, 250), False),
    ("residents_meeting", HEADS.format(1001, 501, 251), True),
    # T2: 60 representatives
    ("representatives_meeting", HEADS.format(60, 39, 39), False),
    ("representatives_meeting", HEADS.format(60, 40, 20), False),
    ("representatives_meeting", HEADS.format(60, 40, 21), True),
    # T3: more than two thirds, exactly two thirds are not enough
    ("committee_election_representatives", HEADS.format(60, 40, 40), False),
    ("committee_election_representatives", HEADS.format(60, 41, 20), False),
    ("committee_election_representatives", HEADS.format(60, 41, 21), True),
    ("committee_election_direct", HEADS.format(1000, 500, 500), False),
    ("committee_election_direct", HEADS.format(1000, 501, 251), True),
    # T4: owners, areas to the cent
    ("owners_special", OWNERS.format("66666.66", "66666.66", 300, 200, 200), False),
    ("owners_special", OWNERS.format("66666.67", "66666.67", 300, 199, 199), False),
    ("owners_special", OWNERS.format("66666.67", "50000.01", 300, 200, 149), False),
    ("owners_special", OWNERS.format("66666.67", "50000.00", 300, 200, 150), False),
    ("owners_special", OWNERS.format("66666.67", "50000.01", 300, 200, 150), True),
    ("owners_ordinary", OWNERS.format("66666.67", "33333.33", 300, 200, 101), False),
    ("owners_ordinary", OWNERS.format("66666.67", "33333.34", 300, 200, 101), True),
    # T5: a recall is asked for by a tenth in a city, by a fifth in a village
    ("committee_recall_request", "--eligible 1000 --yes 99", False),
    ("committee_recall_request", "--eligible 1000 --yes 100", True),
    ("village_recall_request", "--eligible 1000 --yes 199", False),
    ("village_recall_request", "--eligible 1000 --yes 200", True),
    # T6: a second ballot
    ("committee_rerun", "--present 300 --yes 99", False),
    ("committee_rerun", "--present 300 --yes 100", True),
    # T7: a building's covenant
    ("building_covenant", "--eligible 90 --yes 59", False),
    ("building_covenant", "--eligible 90 --yes 60", True),
    ("villagers_meeting", HEADS.format(800, 400, 400), False),
    ("villagers_meeting", HEADS.format(800, 401, 201), True),
]
DAYS = [
    ("--from 2026-01-31 --within 30d", "2026-03-02"),  # T8: joint application for confirmation
    ("--from 2026-03-01 --within 15d", "2026-03-16"),  # T9: petition, notice
    ("--from 2026-03-16 --within 60d", "2026-05-15"),  # handling
    ("--from 2026-05-15 --within 30d", "2026-06-14"),  # extension
    ("--from 2026-04-01 --within 15d", "2026-04-16"),  # T10: published until
    ("--before 2026-12-20 --within 20d", "2026-11-30"),  # T11: list of voters
    ("--before 2026-12-20 --within 20d --strict", "2026-11-29"),
    ("--before 2026-06-30 --within 15d", "2026-06-15"),  # T12: notice of an owners' meeting
]


def run(line: str) -> dict[str, object]:
    result = CliRunner().invoke(app, [*line.split(), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("rule", "numbers", "passed"), COUNTS)
def test_counts(rule: str, numbers: str, passed: bool) -> None:
    assert run(f"count --rule {rule} {numbers} --on {ON}")["passed"] is passed


@pytest.mark.parametrize(("words", "day"), DAYS)
def test_days(words: str, day: str) -> None:
    assert str(run(f"deadline {words}")["due"])[:10] == day


def test_seats_of_a_committee() -> None:
    """Three seats, three with a majority of 501 papers; with one paper fewer the election is void."""
    line = "count --rule committee_seats_direct --eligible 1000 --on 2026-12-20 --count seats=3 --count yes.c1=400"
    line += " --count yes.c2=300 --count yes.c3=251 --count yes.c4=250"
    found = run(f"{line} --present 501")
    assert (found["outcome"], found["chosen"], found["passed"]) == ("filled", ["c1", "c2", "c3"], True)
    void = run(f"{line} --present 500")
    assert (void["outcome"], void["passed"], void["quorum"]) == ("void", False, False)
