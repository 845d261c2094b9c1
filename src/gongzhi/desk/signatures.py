"""Signatures under an initiative: a step whose rule counts signatures has a list, open to residents for its time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Charter, Step
from gongzhi.core.decision import RuleVersion, count, rule_in_force
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import Draft, Taken
from gongzhi.desk.standing import lives_in
from gongzhi.desk.writing import writing
from gongzhi.records.consultations import actions, queries
from gongzhi.records.consultations.models import SignatureList
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.access import note_reading
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Message
from gongzhi.records.people.models import Person
from gongzhi.records.rows import insert

SIGNED = frozenset({"eligible", "yes"})
COUNTED_OTHERWISE = ("ballot", "meeting", "scoring", "rating", "draw")
REACHED = "signatures_reached"


def begin(carried: Carried, effect: core.Entered) -> None:
    """Plan the list of a step that is decided by signatures; it opens when the organ says of how many people."""
    step, organ = carried.step(effect.step), carried.organ(effect.holder)
    version = _rule(carried.charter, step, effect.at)
    if organ is None or version is None:
        return
    actions.open_list(
        matter=carried.matter, visit=effect.visit, organ_id=organ, title=step.title, rule=version.name,
        law=version.law, opened_at=effect.at, until=carried.matter.due,
    )  # fmt: skip


def _rule(charter: Charter, step: Step, at: datetime) -> RuleVersion | None:
    """The rule of the step, where it counts signatures and nothing else."""
    if not step.rule or step.do in COUNTED_OTHERWISE:
        return None
    versions = charter.rules.get(step.rule, ())
    if not versions or any(set(one.counts) != SIGNED for one in versions):
        return None
    return rule_in_force(versions, in_china(at).date())


def end(carried: Carried, effect: core.Left) -> None:
    """The list is over; an act that counts otherwise than the list is refused."""
    found = queries.list_of(carried.matter, effect.visit)
    if found is None:
        return
    counted = {"eligible": found.eligible, "yes": found.signatures.count()}
    if found.eligible and not effect.assumed and dict(carried.act.counts) != counted:
        raise Refused("signatures_differ", **counted)
    found.closed_at = effect.at
    found.save(update_fields=["closed_at"])


def least(version: RuleVersion, eligible: int) -> int:
    """The fewest signatures of `eligible` people with which the rule passes. Raises BadCount as the rule does."""
    low, high = 0, eligible
    while low < high:
        middle = (low + high) // 2
        if count(version, {"eligible": eligible, "yes": middle}).passed:
            high = middle
        else:
            low = middle + 1
    return low


def open_list(pk: int, person: Person, eligible: int, at: datetime) -> SignatureList:
    """The organ says of how many people signatures are counted; the rule says how many are needed."""
    with writing():
        found = _locked(pk)
        _check_seat(found, person, at)
        if found.signatures.exists() or found.closed_at:
            raise Refused("list_begun")
        charter, step = _place_of(found)
        version = _rule(charter, step, at)
        if version is None or eligible < 1:
            raise Refused("answer_value", question=1, low=1, high=99_999_999)
        found.eligible, found.needed = eligible, least(version, eligible)
        found.until, found.opened_at = found.matter.due, at
        found.save()
    return found


def _place_of(found: SignatureList) -> tuple[Charter, Step]:
    case = read_state(found.matter.state)
    charter = charter_by_digest(case.digest)
    return charter, charter.procedures[case.procedure].steps[found.visit.partition("#")[0]]


def sign(pk: int, person: Person, at: datetime) -> SignatureList:
    """One signature of a resident. When enough have signed, the matter's log says so and the organ is told."""
    with writing():
        found = _running(pk, at)
        if not lives_in(person, found.matter.place.code):
            raise Refused("not_resident")
        if not actions.sign(found, person, at):
            raise Refused("signed_already")
        reached = _just_reached(found, at)
    return _noted(found, at) if reached else found


def sign_on_paper(pk: int, person: Person, written: str, at: datetime) -> SignatureList:
    """The organ enters a name from a paper list, once."""
    with writing():
        found = _running(pk, at)
        _check_seat(found, person, at)
        if len("".join(written.split())) < 2:
            raise Refused("contribution_empty")
        if not actions.sign_on_paper(found, written, at):
            raise Refused("written_already")
        reached = _just_reached(found, at)
    return _noted(found, at) if reached else found


def strike(pk: int, person: Person, signature: int, at: datetime) -> SignatureList:
    """The organ takes out a name from paper that was entered by mistake or taken back."""
    with writing():
        found = _running(pk, at)
        _check_seat(found, person, at)
        if not actions.strike(found, signature):
            raise Refused("not_signed")
        _fallen_below(found)
    return found


def _just_reached(found: SignatureList, at: datetime) -> bool:
    if found.reached_at is not None or found.signatures.count() < found.needed:
        return False
    found.reached_at = at
    found.save(update_fields=["reached_at"])
    _tell(found, at)
    return True


def _fallen_below(found: SignatureList) -> None:
    if found.reached_at and found.signatures.count() < found.needed:
        found.reached_at = None
        found.save(update_fields=["reached_at"])


def _noted(found: SignatureList, at: datetime) -> SignatureList:
    """Reaching the threshold stands in the matter's log, as an act of the machine."""
    from gongzhi.desk.step import take_step  # a step carries out effects, and `begin` is one

    draft = Draft("note", visit=found.visit, state=REACHED, count=found.needed)
    take_step(found.matter.number, draft, None, at, None)
    return found


def unsign(pk: int, person: Person, at: datetime) -> SignatureList:
    """Take the signature back while the list runs; nothing of it is kept."""
    with writing():
        found = _running(pk, at)
        if not actions.unsign(found, person):
            raise Refused("not_signed")
        _fallen_below(found)
    return found


def hand_in(
    pk: int, person: Person, at: datetime, key: str | None, documents: Mapping[str, str] | None = None
) -> Taken:
    """The organ counts: an act on the matter with the numbers of the list, none typed."""
    from gongzhi.desk.step import take_step
    from gongzhi.records.matters.sealing import text

    found = _locked(pk, lock=False)
    _check_seat(found, person, at)
    counts = {"eligible": found.eligible, "yes": found.signatures.count()}
    words = {name: text(said) for name, said in (documents or {}).items()}
    return take_step(found.matter.number, Draft("done", visit=found.visit, counts=counts, words=words), person, at, key)


def names(pk: int, person: Person, at: datetime) -> list[tuple[str, datetime, int]]:
    """Who signed, when, and for a name from paper its number; for the organ that counts and nobody else (H16)."""
    found = _locked(pk, lock=False)
    _check_seat(found, person, at)
    rows = list(found.signatures.select_related("person").order_by("signed_at", "pk"))
    if rows:
        note_reading(person, found.organ.organ, "signatures", at, found.matter)
    return [
        (row.person.display_name if row.person else row.written, row.signed_at, 0 if row.person else row.pk)
        for row in rows
    ]


def _locked(pk: int, lock: bool = True) -> SignatureList:
    rows = SignatureList.objects.select_related("matter__place", "organ")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Refused("no_consultation")
    return found


def _running(pk: int, at: datetime) -> SignatureList:
    found = _locked(pk)
    if not found.needed or found.closed_at or (found.until and at > found.until):
        raise Refused("list_closed")
    return found


def _check_seat(found: SignatureList, person: Person, at: datetime) -> None:
    if not person.seats(at).filter(organ_instance=found.organ_id).exists():
        raise Refused("not_of_organ")


def _tell(found: SignatureList, at: datetime) -> None:
    insert([
        Message(matter=found.matter, channel="in_app", code=REACHED, args={"needed": found.needed}, visit=found.visit,
                next_try=at, created_at=at, organ_id=found.organ_id)
    ])  # fmt: skip
