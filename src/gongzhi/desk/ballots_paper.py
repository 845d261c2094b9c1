"""Paper votes: two different people read every paper, each for themselves; only what both read alike counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import valid
from gongzhi.desk.ballots_lead import check_leads
from gongzhi.desk.writing import writing
from gongzhi.records.ballots import actions, queries
from gongzhi.records.ballots.models import Ballot, PaperSheet
from gongzhi.records.ballots.queries import Reading
from gongzhi.records.ballots.tally import pack
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
    Raises Refused `ballot_not_opened`. Readers of one ballot wait for each other, so that hands are never mixed up.
    """
    check_leads(ballot.matter, person, at)
    refused: list[tuple[int, Refused]] = []
    with writing():
        now = queries.locked(ballot.pk)
        if now.status != "open":
            raise Refused("ballot_not_opened")
        pile = _Pile(now, person, {paper.sheet for paper in papers})
        for paper in papers:
            try:
                pile.add(paper)
            except Refused as wrong:
                refused.append((paper.sheet, wrong))
        actions.read_papers(now, list(pile.new.values()), list(pile.again.values()))
    return refused


class _Pile:
    """Papers under the hands of one reader: what the others read, and what is kept now."""

    def __init__(self, ballot: Ballot, person: Person, sheets: set[int]) -> None:
        self.ballot, self.by = ballot, person.digest
        self.read: dict[int, list[PaperSheet]] = defaultdict(list)
        for row in ballot.papers.filter(sheet__in=sheets):
            self.read[row.sheet].append(row)
        papers = ballot.marks.filter(means="paper", entry__number__in=sheets)
        self.handed_in = set(papers.values_list("entry__number", flat=True)) if ballot.secrecy == "open" else None
        self.new: dict[int, PaperSheet] = {}
        self.again: dict[int, PaperSheet] = {}

    def add(self, paper: Read) -> None:
        """Raises Refused."""
        self._check(paper)
        own = next((row for row in self.read[paper.sheet] if row.by == self.by), None) or self.new.get(paper.sheet)
        others = [row for row in self.read[paper.sheet] if row.by != self.by]
        if own is None and len(others) >= BOTH:
            raise Refused("paper_twice")
        if own is None:
            hand = BOTH if others and others[0].hand == 1 else 1
            own = self.new[paper.sheet] = PaperSheet(ballot=self.ballot, sheet=paper.sheet, hand=hand, by=self.by)
        elif own.pk:
            self.again[paper.sheet] = own
        own.choice, own.copies = pack(paper.choice), paper.copies

    def _check(self, paper: Read) -> None:
        """An open paper bears the number of its entry, which has handed in a paper."""
        if not valid(self.ballot.items, self.ballot.form, list(paper.choice), paper=True):
            raise Refused("choice_wrong")
        if self.handed_in is None:
            return
        if paper.copies != 1:
            raise Refused("copies_wrong")
        if paper.sheet not in self.handed_in:
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
