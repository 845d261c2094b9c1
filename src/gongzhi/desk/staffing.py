"""Who may appoint to which seat, and doing it: asked of the charter in force and its relations, never of a role table.

An organ is appointed to by the organ that leads it or that it represents. Who guides it only keeps the record of an
election (居委会组织法 4 and 8: the street guides, it does not appoint), so an elected seat needs the number of the
record and the electing body's own statement. Within the deciding organ the first seat of its list speaks. Where the
charter knows no organ above, the seats that may adopt the charter see to it. An organ that is only guided takes on
its own workers without a post.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongzhi.core.charter.spec import Charter, Seat
from gongzhi.core.procedure.effects import Refused
from gongzhi.records.institutions.models import Adoption, OrganInstance
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.access import note_person_read
from gongzhi.records.people import appointing
from gongzhi.records.people.actions import SeatTaken
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.records.people.posts import SignInReset

__all__ = [
    "Right",
    "Rights",
    "appoint",
    "ask_reset",
    "confirm_reset",
    "end_term",
    "may_confirm",
    "rights_of",
    "size_of",
]

ABOVE = frozenset({"leads"})
BESIDE = frozenset({"guides"})
LONGEST_STAND_IN = timedelta(days=180)
COMMITTEE = (5, 9)  # 居委会组织法 8, in force 2026-01-01


@dataclass(frozen=True, slots=True)
class Right:
    """The reader may decide about a seat, as the holder of `term`. `records`: only keeps the record of an election."""

    term: SeatTerm
    records: bool = False


@dataclass(frozen=True, slots=True)
class Rights:
    """The reader's seats and the charters in force, read once for a whole page."""

    person: Person
    terms: tuple[SeatTerm, ...]
    charters: tuple[tuple[str, str, Charter], ...]  # name, path of the place, charter; nearest last

    def charter(self, organ: OrganInstance) -> Charter | None:
        """The charter in force for an organ (its place has been fetched with it).

        A street's organ works under the charter that a community inside it adopted.
        """
        same = [(path, charter) for name, path, charter in self.charters if name == organ.charter]
        around = [charter for path, charter in same if organ.place.path.startswith(path)]
        inside = [charter for path, charter in same if path.startswith(organ.place.path)]
        return next(iter([*around[::-1], *inside]), None)

    def over(self, organ: OrganInstance, seat: Seat | None) -> Right | None:
        """May the reader appoint to the seat or end a term there? None: no."""
        charter = self.charter(organ)
        if charter is None or organ.organ not in charter.organs:
            return None
        elected = seat is not None and seat.basis == "elected"
        for term in self.terms:
            if self._decides(charter, term, organ, elected=elected) or _hires(charter, term, organ, seat):
                return Right(term, records=elected)
        return None

    def _decides(self, charter: Charter, term: SeatTerm, organ: OrganInstance, *, elected: bool) -> bool:
        mine = term.organ_instance
        if mine.charter != organ.charter or not organ.place.path.startswith(mine.place.path):
            return False
        if not deciding_organs(charter, organ.organ, elected=True):
            return bool({mine.organ, f"{mine.organ}.{term.seat}"} & set(charter.adopted_by))
        return mine.organ in deciding_organs(charter, organ.organ, elected=elected) and _speaks(charter, term)


def deciding_organs(charter: Charter, organ: str, *, elected: bool) -> set[str]:
    """Organ types that appoint to an organ, or, for an elected seat, keep the record of its election."""
    verbs = ABOVE | BESIDE if elected else ABOVE
    above = {one.subject for one in charter.relations if one.object == organ and one.verb in verbs}
    return above | {one.object for one in charter.relations if one.subject == organ and one.verb == "represents"}


def _hires(charter: Charter, term: SeatTerm, organ: OrganInstance, seat: Seat | None) -> bool:
    """Work without a post in one's own organ, where nobody leads it."""
    own = term.organ_instance_id == organ.pk and seat is None
    return own and not deciding_organs(charter, organ.organ, elected=False) and _speaks(charter, term)


def _speaks(charter: Charter, term: SeatTerm) -> bool:
    """The first seat of an organ's list; everybody in an organ without seats."""
    organ = charter.organs.get(term.organ_instance.organ)
    return organ is not None and term.seat == next(iter(organ.seats), "")


def rights_of(person: Person, at: datetime) -> Rights:
    """Two queries, however many organs there are."""
    terms = tuple(person.seats(at).select_related("organ_instance__place").order_by("pk"))
    names = {term.organ_instance.charter for term in terms}
    rows = Adoption.objects.filter(charter__in=names, end=None).select_related("place", "charter_version")
    near = sorted(rows, key=lambda row: len(row.place.path))
    found = tuple((one.charter, one.place.path, charter_by_digest(one.charter_version.digest)) for one in near)
    return Rights(person, terms, found)


def size_of(charter: Charter, organ: OrganInstance) -> int:
    """Elected seats of a residents' committee in the charter; 0 for organs of another kind or level."""
    kind = charter.organs.get(organ.organ)
    if kind is None or kind.kind != "self_government" or kind.at != "community":
        return 0
    return sum(seat.count for seat in kind.seats.values() if seat.basis == "elected")


def appoint(rights: Rights, new: appointing.NewTerm, now: datetime) -> SeatTerm:
    """The term is made.

    Raises Refused: not_appointer, appoint_self, no_document, no_composition, term_backwards, too_long, seat_taken.
    """
    right = _right(rights, new.organ, new.seat)
    charter = rights.charter(new.organ)
    if new.person.pk == rights.person.pk:
        raise Refused("appoint_self")
    if not new.document:
        raise Refused("no_document")
    if right.records and not new.end and charter and size_of(charter, new.organ) and new.composition is not True:
        raise Refused("no_composition")
    _check_time(new)
    try:
        return appointing.appoint(new, rights.person, now)
    except SeatTaken as taken:
        raise Refused("seat_taken") from taken


def _check_time(new: appointing.NewTerm) -> None:
    if (new.due and new.due <= new.start.date()) or (new.end and new.end <= new.start):
        raise Refused("term_backwards")
    if new.end and new.end - new.start > LONGEST_STAND_IN:
        raise Refused("too_long", days=LONGEST_STAND_IN.days)


def _right(rights: Rights, organ: OrganInstance, seat: Seat | None) -> Right:
    right = rights.over(organ, seat)
    if right is None:
        raise Refused("not_appointer")
    return right


def seat_of(rights: Rights, organ: OrganInstance, name: str) -> Seat | None:
    """The seat as the charter in force says; None also for work without a post."""
    charter = rights.charter(organ)
    kind = charter.organs.get(organ.organ) if charter else None
    return kind.seats.get(name) if kind else None


def end_term(rights: Rights, term: SeatTerm, document: str, at: datetime, now: datetime) -> None:
    """Raises Refused: not_appointer, appoint_self, no_document, term_backwards, term_over."""
    _right(rights, term.organ_instance, seat_of(rights, term.organ_instance, term.seat))
    if term.person_id == rights.person.pk:
        raise Refused("appoint_self")
    if not document:
        raise Refused("no_document")
    if term.end is not None and term.end <= now:
        raise Refused("term_over")
    if at < term.start:
        raise Refused("term_backwards")
    appointing.end_term(term, rights.person, document, at, now)


# --- signing in anew ---


def ask_reset(rights: Rights, person: Person, now: datetime) -> SignInReset:
    """The reader saw the person and asks for a new sign-in. Raises Refused `not_appointer`, `appoint_self`."""
    if person.pk == rights.person.pk:
        raise Refused("appoint_self")
    right = next((found for term in _terms(person, now) if (found := _over(rights, term))), None)
    if right is None:
        raise Refused("not_appointer")
    note_person_read(rights.person, _role(right.term), "reset_asked", now, person)
    return appointing.ask_reset(person, rights.person, now)


def _over(rights: Rights, term: SeatTerm) -> Right | None:
    return rights.over(term.organ_instance, seat_of(rights, term.organ_instance, term.seat))


def _terms(person: Person, at: datetime) -> Iterable[SeatTerm]:
    return person.seat_terms.exclude(end__lte=at).select_related("organ_instance__place").order_by("pk")


def may_confirm(rights: Rights, reset: SignInReset, now: datetime) -> SeatTerm | None:
    """As which seat the reader may be the second: in the organ of the person or of who asked, and neither of them."""
    if rights.person.pk in (reset.person_id, reset.asked_by_id):
        return None
    near = {term.organ_instance_id for one in (reset.person, reset.asked_by) for term in _terms(one, now)}
    return next((term for term in rights.terms if term.organ_instance_id in near), None)


def confirm_reset(rights: Rights, reset: SignInReset, now: datetime) -> str:
    """The code to hand over in person. Raises Refused `not_second`, `reset_over`."""
    term = may_confirm(rights, reset, now)
    if term is None:
        raise Refused("not_second")
    code = appointing.confirm_reset(reset, rights.person, now)
    if not code:
        raise Refused("reset_over")
    note_person_read(rights.person, _role(term), "reset_confirmed", now, reset.person)
    return code


def _role(term: SeatTerm) -> str:
    return f"{term.organ_instance.organ}.{term.seat}".rstrip(".")


def default_due(seat: Seat | None, start: date) -> date | None:
    """The planned end that the charter's term gives; None where it gives none."""
    span = seat.term if seat else None
    if span is None or span.unit != "y":
        return None
    try:
        return start.replace(year=start.year + span.n)
    except ValueError:  # 29 February
        return start.replace(year=start.year + span.n, day=28)
