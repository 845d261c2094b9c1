"""Votes over projects for tests: written by hand, made by chance, and counted the slow and obvious way."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from gongzhi.core.decision.budget import Ballot, Election, Project


def vote(money: int, costs: dict[str, int], ballots: list[str], vote_type: str = "approval") -> Election:
    """An approval vote: each ballot is the ids it supports with a space between, and `*3` for three alike."""
    projects = tuple(Project(name, cost) for name, cost in costs.items())
    return Election(money, projects, tuple(_ballot(text) for text in ballots), vote_type)


def _ballot(text: str) -> Ballot:
    names, _, count = text.partition("*")
    return Ballot(tuple(names.split()), (1,) * len(names.split()), int(count or 1))


@st.composite
def elections(draw: st.DrawFn, points: bool = False) -> Election:
    """Small votes full of ties: few voters, costs out of a short list."""
    names = [f"p{at}" for at in range(draw(st.integers(1, 6)))]
    projects = tuple(Project(name, draw(st.sampled_from([1, 2, 3, 5, 6, 10, 12]))) for name in names)
    rows = draw(st.lists(st.tuples(st.sets(st.sampled_from(names)), st.integers(1, 3)), min_size=1, max_size=8))
    given_points = st.integers(1, 4) if points else st.just(1)
    ballots = tuple(Ballot(tuple(sorted(row)), tuple(draw(given_points) for _ in row), many) for row, many in rows)
    return Election(draw(st.integers(1, 40)), projects, ballots, "scoring" if points else "approval")


def slow_shares(election: Election, endowment: Fraction, measure: str = "cost") -> list[str]:
    """Equal shares by its definition: every voter alone, every price anew in each turn, only fractions."""
    voters = [(dict(zip(one.projects, one.points, strict=True)), [endowment]) for one in election.ballots
              for _ in range(one.count)]  # fmt: skip
    bought: list[str] = []
    while True:
        offers = [(rho, one.id) for one in election.projects if one.id not in bought
                  for rho in [_rho(election, voters, one, measure)] if rho is not None]  # fmt: skip
        if not offers:
            return bought
        rho, name = min(offers)
        bought.append(name)
        for points, held in voters:
            held[0] -= min(held[0], rho * _content(election, points, name, measure))


def _content(election: Election, points: dict[str, int], name: str, measure: str) -> int:
    if name not in points:
        return 0
    cost = election.by_id()[name].cost
    return points[name] * (cost if measure == "cost" and not election.weighted else 1)


def _rho(election: Election, voters: list, project: Project, measure: str) -> Fraction | None:
    backers = sorted(((held[0] / content, held[0], content) for points, held in voters
                      for content in [_content(election, points, project.id, measure)] if content))  # fmt: skip
    if not backers or sum(held for _, held, _ in backers) < project.cost:
        return None
    missing, weight = Fraction(project.cost), sum(content for _, _, content in backers)
    for ratio, held, content in backers:
        if missing <= ratio * weight:
            return missing / weight
        missing -= held
        weight -= content
    raise AssertionError("whoever can pay has a price")
