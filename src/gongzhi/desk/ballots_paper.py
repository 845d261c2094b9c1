"""Paper votes: two different people read every paper, each for themselves; only what both read alike counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import valid
from gongzhi.desk.ballots_lead import check_leads
from gongzhi.desk.writing import writing
from gongzhi.records.ballots import actions, queries
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.ballots.queries import Reading
from gongzhi.records.people.models import Person

BOTH = 2


@dataclass(frozen=True, slots=True)
class Read:
    """One paper as somebody typed it."""

    sheet: int
    choice: tuple[str, ...]
    copies: int = 1


def read_papers(ballot: Ballot, papers: list[Read], person: Person, at: datetime) -> list[tuple[int, Refused]]:
    """Keep what one person read. Reading a paper again corrects one's own reading. Returns what was refused.

    Codes: `choice_wrong`, `paper_twice` (two others have read it), `paper_not_handed_in`, `copies_wrong`.
    """
    check_leads(ballot.matter, person, at)
    refused: list[tuple[int, Refused]] = []
    for paper in papers:
        try:
            with writing():
                _read(queries.while_open(ballot.pk), paper, person)
        except Refused as wrong:
            refused.append((paper.sheet, wrong))
        except IntegrityError:
            refused.append((paper.sheet, Refused("paper_twice")))
    return refused


def _read(ballot: Ballot, paper: Read, person: Person) -> None:
    if ballot.status != "open":
        raise Refused("ballot_not_opened")
    if not valid(ballot.items, ballot.form, list(paper.choice), paper=True):
        raise Refused("choice_wrong")
    if ballot.secrecy == "open":
        _check_known(ballot, paper)
    others = ballot.papers.filter(sheet=paper.sheet).exclude(by=person.digest)
    if len(others) >= BOTH:
        raise Refused("paper_twice")
    hand = BOTH if others and others[0].hand == 1 else 1
    actions.read_paper(ballot, paper.sheet, hand, person.digest, paper.choice, paper.copies)


def _check_known(ballot: Ballot, paper: Read) -> None:
    """An open paper bears the number of its entry, which has handed in a paper."""
    if paper.copies != 1:
        raise Refused("copies_wrong")
    if not ballot.marks.filter(entry__number=paper.sheet, means="paper").exists():
        raise Refused("paper_not_handed_in", number=paper.sheet)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Where the two readings stand. Of a paper read once, nobody is shown what it says."""

    alike: list[Reading]
    unlike: list[Reading]
    once: list[Reading]
    handed_in: int

    @property
    def read(self) -> int:
        return sum(one.hands[0].copies for one in self.alike)


def reconciled(ballot: Ballot) -> Reconciliation:
    """Every paper: alike, unlike, read once."""
    found = queries.readings(ballot)
    return Reconciliation(
        [one for one in found if one.agreed is not None],
        [one for one in found if one.both and one.agreed is None],
        [one for one in found if not one.both],
        ballot.marks.filter(means="paper").count(),
    )
