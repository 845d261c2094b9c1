"""A vote as a Pabulib `.pb` text, so that anybody can count it again with their own program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from gongzhi.core.decision.budget.decide import number
from gongzhi.core.decision.budget.model import Election

FIRST_KEYS = ("description", "country", "unit", "instance")
Row = list[str | int | float]


def write_pabulib(election: Election, selected: Iterable[str] | None = None) -> str:
    """The whole file. Voters become numbers in the order of what they wrote, which tells nothing of who or when.
    `selected` adds that column to the projects."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    rows.writerows(_meta(election))
    rows.writerows(_projects(election, None if selected is None else set(selected)))
    rows.writerows(_votes(election))
    return out.getvalue()


def _meta(election: Election) -> list[Row]:
    own = {
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.voters),
        "budget": str(number(election.amount(election.money))),
        "vote_type": election.vote_type,
    }
    head = {key: election.meta.get(key, "") for key in FIRST_KEYS}
    meta = head | own | dict(election.meta) | own
    rows: list[Row] = [["META"], ["key", "value"]]
    rows += [[key, value] for key, value in meta.items()]
    return rows


def _projects(election: Election, selected: set[str] | None) -> list[Row]:
    about = sorted({key for project in election.projects for key in project.about} - {"selected", "votes"})
    votes = dict.fromkeys((project.id for project in election.projects), 0)
    for ballot in election.ballots:
        for name in ballot.projects:
            votes[name] += ballot.count
    rows: list[Row] = [["PROJECTS"], ["project_id", "cost", "votes", "name", *about]]
    rows += [
        [one.id, number(election.amount(one.cost)), votes[one.id], one.name, *(one.about.get(key, "") for key in about)]
        for one in election.projects
    ]
    if selected is not None:
        rows[1].append("selected")
        for row in rows[2:]:
            row.append(int(row[0] in selected))
    return rows


def _votes(election: Election) -> Iterator[Row]:
    points = election.vote_type in ("scoring", "cumulative")
    yield ["VOTES"]
    yield ["voter_id", "vote", *(["points"] if points else [])]
    voter = 0
    for ballot in sorted(election.ballots, key=lambda one: (one.projects, one.points)):
        for _ in range(ballot.count):
            voter += 1
            given = [",".join(map(str, ballot.points))] if points else []
            yield [voter, ",".join(ballot.projects), *given]
