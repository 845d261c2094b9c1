"""Names that the promises of a charter use for what it must declare (see `claims`)."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.spec import Charter
from gongzhi.core.check.claims import Claim
from gongzhi.core.check.view import path_of


def of_commitments(charter: Charter) -> Iterator[Claim]:
    yield from _about(charter)
    for at, post in enumerate(charter.posts):
        yield from (Claim("seat", f"posts.{at}", seat) for seat in (post.seat, *post.also))
    for at, given in enumerate(charter.delegations):
        yield from (Claim("organ", f"delegations.{at}", organ) for organ in (given.from_, given.to))
        yield from (Claim("procedure", f"delegations.{at}", name) for name in given.in_)
    for at, note in enumerate(charter.law_notes):
        yield Claim("spot", f"law_notes.{at}", note.at)
    for organ in charter.organs.values():
        yield from (Claim("group", f"organs.{organ.name}.members", name) for name in organ.members)
    for procedure in charter.procedures.values():
        yield from (Claim("organ", f"{path_of(procedure)}.elects", name) for name in procedure.elects)
        yield from (
            Claim("fund", path_of(procedure, step.name, "fund"), step.fund) for step in procedure.steps.values()
        )


def _about(charter: Charter) -> Iterator[Claim]:
    for right in charter.rights.values():
        yield from (Claim("group", f"rights.{right.name}", name) for name in right.held_by)
        yield from (Claim("procedure", f"rights.{right.name}", name) for name in right.through)
    for shown in charter.disclosures.values():
        yield Claim("level", f"disclosures.{shown.name}", shown.board)
        yield from (Claim("procedure", f"disclosures.{shown.name}", name) for name in shown.of)
    for fund in charter.funds.values():
        yield Claim("organ", f"funds.{fund.name}", fund.held_by)
        yield Claim("fund", f"funds.{fund.name}", fund.of)
    for indicator in charter.indicators.values():
        yield Claim("procedure", f"indicators.{indicator.name}", indicator.procedure)
        yield Claim("organ", f"indicators.{indicator.name}", indicator.answers)
        yield Claim("organ", f"indicators.{indicator.name}", indicator.entered.by if indicator.entered else None)
        yield Claim("organ", f"indicators.{indicator.name}", indicator.organ)
