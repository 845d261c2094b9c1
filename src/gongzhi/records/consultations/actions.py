"""Writes. The desk calls them inside its transaction; promises of once-for-each are kept by the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongzhi.records.consultations.models import (
    Consultation,
    Contribution,
    MainPoint,
    Signature,
    SignatureList,
    Stance,
    SurveyAnswer,
    SurveyQuestion,
    SurveySheet,
)
from gongzhi.records.crypto import blind_index
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person

CONTRIBUTED = {"purpose": "consultation", "legal_basis": "PIPL 13(1)(1)"}
SIGNED = {"purpose": "initiative", "legal_basis": "PIPL 13(1)(1)", "collected_from": "self"}


def plan(matter: Matter, visit: str, organ: int, appeals: int | None, title: str) -> Consultation:
    """A consultation from the moment its step begins; nobody sees it before it is opened."""
    values = {"organ_id": organ, "appeals_id": appeals, "title": title}
    found, _ = Consultation.objects.get_or_create(matter=matter, visit=visit, defaults=values)
    return found


def contribute(
    consultation: Consultation, kind: str, text: str, author: Person | None, state: str, at: datetime, source: str
) -> Contribution:
    """Keep a statement or comment under the next number of its kind. The caller holds the consultation."""
    rows = consultation.contributions.filter(kind=kind)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    return Contribution.objects.create(
        consultation=consultation, kind=kind, number=last + 1, text=text, author=author, seeded=author is None,
        state=state, added_at=at, moderated_at=at if state == "shown" else None, collected_from=source, **CONTRIBUTED,
    )  # fmt: skip


def answer(statement: Contribution, voter: str, value: int) -> bool:
    """One vote; False: this voter has voted on it before, and the first vote stays."""
    try:
        with transaction.atomic():
            Stance.objects.create(statement=statement, voter=voter, answer=value)
    except IntegrityError:
        return False
    return True


def take_back(statement: Contribution, voter: str) -> None:
    """The vote is gone, and may be cast anew."""
    Stance.objects.filter(statement=statement, voter=voter).delete()


def set_points(consultation: Consultation, points: Sequence[Mapping[str, str]]) -> None:
    """The table of main points as it now stands: `text`, `decision`, `reason` of each."""
    consultation.replies.all().delete()
    MainPoint.objects.bulk_create(
        MainPoint(consultation=consultation, number=number, **one) for number, one in enumerate(points, 1)
    )


def set_questions(consultation: Consultation, questions: Sequence[Mapping[str, Any]]) -> None:
    """The questions of a survey as they now stand. Only before anybody has answered."""
    consultation.questions.all().delete()
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(consultation=consultation, number=number, **one) for number, one in enumerate(questions, 1)
    )


def fill_in(
    consultation: Consultation, values: Mapping[int, int | str], voter: str = "", paper: str = "", source: str = "self"
) -> SurveySheet | None:
    """Keep a sheet with its answers by question. None: this voter, or this paper, is there already."""
    try:
        with transaction.atomic():
            sheet = SurveySheet.objects.create(consultation=consultation, voter=voter, paper=paper)
    except IntegrityError:
        return None
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            sheet=sheet, question_id=question, value=value if isinstance(value, int) else None,
            text=value if isinstance(value, str) else "", collected_from=source, **CONTRIBUTED,
        )
        for question, value in values.items()
    )  # fmt: skip
    return sheet


def open_list(**values: Any) -> SignatureList:
    """A list of signatures for a visit; a visit has one."""
    matter, visit = values.pop("matter"), values.pop("visit")
    found, _ = SignatureList.objects.get_or_create(matter=matter, visit=visit, defaults=values)
    return found


def sign(signatures: SignatureList, person: Person, at: datetime) -> bool:
    """False: the person has signed before."""
    try:
        with transaction.atomic():
            Signature.objects.create(signature_list=signatures, person=person, signed_at=at, **SIGNED)
    except IntegrityError:
        return False
    return True


def sign_on_paper(signatures: SignatureList, written: str, at: datetime) -> bool:
    """A name from a paper list. False: it stands there already."""
    index = blind_index(f"signature/{signatures.pk}", "".join(written.split()))
    values = {**SIGNED, "collected_from": "paper"}
    try:
        with transaction.atomic():
            Signature.objects.create(
                signature_list=signatures, written=written, written_index=index, signed_at=at, **values
            )
    except IntegrityError:
        return False
    return True


def strike(signatures: SignatureList, pk: int) -> bool:
    """A name from paper that was entered by mistake, or taken back, is gone."""
    return bool(signatures.signatures.filter(pk=pk, person=None).delete()[0])


def unsign(signatures: SignatureList, person: Person) -> bool:
    """The signature is gone. False: there was none."""
    return bool(Signature.objects.filter(signature_list=signatures, person=person).delete()[0])


def forget(person: Person) -> None:
    """What a person wrote loses its words where it was not shown, and its author everywhere."""
    rows = Contribution.objects.filter(author=person)
    for row in rows.exclude(state="shown"):
        row.text = row.appeal = ""
        row.save(update_fields=["text", "appeal"])
    rows.update(author=None)
    Signature.objects.filter(person=person, signature_list__closed_at=None).delete()
