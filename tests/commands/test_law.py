"""`gongzhi deadline` and `gongzhi count` as typed on a command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from gongzhi.commands.law import count_votes, deadline

app = typer.Typer()
app.command()(deadline)
app.command("count")(count_votes)


def run(line: str) -> Result:
    return CliRunner().invoke(app, line.split())


def answer(line: str) -> dict[str, Any]:
    result = run(f"{line} --json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def refusal(line: str) -> str:
    """The sentence of a refusal, the same on stderr and as JSON."""
    plain, as_json = run(line), run(f"{line} --json")
    assert (plain.exit_code, as_json.exit_code) == (1, 1)
    assert plain.stdout == "" and as_json.stderr == ""
    error = json.loads(as_json.stdout)["error"]
    assert plain.stderr.strip() == error
    return str(error)


def test_deadline() -> None:
    found = answer("deadline --from 2026-09-29T15:00 --within 5wd")
    assert set(found) == {"due", "because", "provisional"}
    assert found["due"] == "2026-10-12T23:59:59.999999+08:00"
    assert found["provisional"] is False
    assert "10月10日" in found["because"]  # the worked Saturday
    text = run("deadline --from 2026-09-29T15:00 --within 5wd").stdout
    assert text.startswith("2026年10月12日24:00前\n")


def test_deadline_in_another_zone_and_over_new_year() -> None:
    found = answer("deadline --from 2026-12-30T20:00:00Z --within 1wd")  # already the 31st in China
    assert found["due"].startswith("2027-01-04")
    assert found["provisional"] is True
    assert "临时" in run("deadline --from 2026-12-31 --within 1wd").stdout


def test_deadline_moved_to_a_working_day() -> None:
    assert answer("deadline --from 2026-09-16 --within 15d")["due"].startswith("2026-10-01")
    assert answer("deadline --from 2026-09-16 --within 15d --ends-on working_day")["due"].startswith("2026-10-08")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("deadline --from 2026-03-16 --within 5", "5wd"),
        ("deadline --from 2026-03-16 --within 0d", "大于零"),
        ("deadline --from 2026-03-16 --within soon", "soon"),
        ("deadline --from 16.3.2026 --within 5wd", "16.3.2026"),
        ("deadline --from 2026-03-16 --within 99999wd", "年份"),
        ("deadline --within 5wd", "--from"),
        ("deadline --from 2026-03-16 --within 5d --ends-on holiday", "working_day"),
    ],
)
def test_deadline_refuses(line: str, says: str) -> None:
    assert says in refusal(line)


def test_count() -> None:
    found = answer("count --rule representatives_meeting --eligible 60 --present 39 --yes 39 --on 2026-06-01")
    assert set(found) == {"passed", "quorum", "because", "rule", "law"}
    assert (found["passed"], found["quorum"], found["rule"]) == (False, False, "representatives_meeting")
    assert "28" in found["law"]
    assert all(number in found["because"] for number in ("60", "40", "39"))


def test_count_of_areas_to_the_cent() -> None:
    line = "count --rule owners_special --eligible 300 --present 200 --yes 150 --on 2026-06-01 --area-total 100000"
    assert answer(f"{line} --area-present 66666.67 --area-yes 50000.01")["passed"] is True
    assert answer(f"{line} --area-present 66666.67 --area-yes 50000")["passed"] is False
    assert answer(f"{line} --area-present 66666.66 --area-yes 50000.01")["quorum"] is False


def test_signatures_need_no_meeting() -> None:
    line = "count --rule committee_recall_request --eligible 1000 --on 2026-06-01"
    assert answer(f"{line} --yes 100")["passed"] is True
    assert answer(f"{line} --present 0 --yes 99")["passed"] is False
    assert run(f"{line} --yes 99").stdout.startswith("没有达到要求")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("count --rule nothing --eligible 1", "nothing"),
        ("count --eligible 1", "--rules"),
        ("count --rule residents_meeting --eligible 10 --yes 5 --on 2026-06-01", "--present"),
        ("count --rule residents_meeting --eligible 10 --present 11 --yes 5 --on 2026-06-01", "11"),
        ("count --rule residents_meeting --eligible 10 --present 6 --yes 7 --on 2026-06-01", "7"),
        ("count --rule residents_meeting --eligible 10 --present -6 --yes 5 --on 2026-06-01", "负数"),
        ("count --rule residents_meeting --eligible 10 --present 5.5 --yes 5 --on 2026-06-01", "5.5"),
        ("count --rule residents_meeting --eligible 10 --present six --yes 5 --on 2026-06-01", "six"),
        ("count --rule residents_meeting --eligible 10 --present 6 --yes 5 --on yesterday", "yesterday"),
        ("count --rule representatives_meeting --eligible 10 --present 9 --yes 5 --on 2025-06-01", "2025-06-01"),
        (
            "count --rule owners_ordinary --eligible 3 --present 3 --yes 3 --on 2026-06-01"
            " --area-total 100 --area-present 99.999 --area-yes 99",
            "99.999",
        ),
    ],
)
def test_count_refuses(line: str, says: str) -> None:
    assert says in refusal(line)


def test_rules_are_listed_with_article_and_dates() -> None:
    rows = answer("count --rules")["rules"]
    row = next(row for row in rows if row["rule"] == "residents_meeting" and row["from"])
    assert (row["from"], row["to"]) == ("2026-01-01", None)
    assert "27" in row["law"]
    text = run("count --rules").stdout
    assert "owners_special" in text and "278" in text and "2025-12-31" in text


def test_english() -> None:
    listed = run("count --rules --lang en").stdout
    assert "residents' meeting" in listed and "Civil Code, art. 278" in listed
