"""Erasing a person: the account, and every word that no law on archives keeps. The log replays all the same."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongzhi.desk.keeping import erase_names_of
from gongzhi.records.consultations.actions import forget as forget_contributions
from gongzhi.records.knowledge.actions import forget_filer
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.sealing import erase
from gongzhi.records.organisations.actions import forget as forget_organisations
from gongzhi.records.people.actions import erase_account
from gongzhi.records.people.models import Person
from gongzhi.records.projects.actions import forget as forget_groups

ASKED = "asked_by_person"


def open_matters_of(person: Person) -> list[Matter]:
    """Matters for which somebody may still have to reach the person."""
    return list(Matter.objects.filter(filer=person, status__in=OPEN).order_by("filed_at"))


@transaction.atomic
def forget_person(person: Person, now: datetime) -> int:
    """Wipe the person's words and account; how many words were wiped. Raises ValueError while a matter is open."""
    if open_matters_of(person):
        raise ValueError("a matter is still open")
    rows = Words.objects.filter(subject=person, erased_at=None, archive=False)
    count = 0
    for words in rows.iterator(chunk_size=200):
        erase(words, now, ASKED, person.digest)
        count += 1
    forget_contributions(person)
    forget_organisations(person)
    forget_groups(person)
    forget_filer(person)
    erase_names_of(person, now)
    person.api_tokens.all().delete()
    erase_account(person, now)
    return count
