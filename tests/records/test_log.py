"""The database itself keeps the log: raw SQL cannot change it, and broken rows cannot enter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from gongzhi.records.matters import access
from gongzhi.records.matters.digests import make_digest
from gongzhi.records.matters.models import AccessLog, Act, DailyDigest, Matter, Todo, Words
from tests.support.community import MONDAY, Community
from tests.support.forgery import forge

pytestmark = pytest.mark.django_db
PROTECTED = ("records_act", "records_accesslog", "records_dailydigest", "records_charterversion")


@pytest.fixture
def matter(community: Community) -> Matter:
    found = community.file().matter
    access.note_reading(community.who["director"], "committee.director", "handle", MONDAY, found)
    make_digest(MONDAY.date(), MONDAY + timedelta(days=1))
    return found


@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_raw_sql_cannot_change_what_is_append_only(matter: Matter, table: str, verb: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        before = cursor.fetchone()
        assert before[0] > 0, "there has to be a row to protect"
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(verb.format(table))
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == before


def test_without_its_trigger_the_log_could_be_changed(matter: Matter) -> None:
    forge("UPDATE records_act SET organ = 'street'")
    assert Act.objects.get().organ == "street"


@pytest.mark.parametrize("model", [Act, DailyDigest])
def test_the_program_refuses_too(matter: Matter, model: type[Act] | type[DailyDigest]) -> None:
    with pytest.raises(TypeError):
        model.objects.get().save()
    if model is Act:
        with pytest.raises(TypeError):
            model.objects.get().delete()
    assert AccessLog.objects.count() == 1


def copy_of(act: Act, **changes: object) -> Act:
    values = {
        field.attname: getattr(act, field.attname) for field in Act._meta.concrete_fields if field.attname != "id"
    }
    return Act(**{**values, **changes})


@pytest.mark.parametrize("changes", [{}, {"seq": 2}, {"seq": 1, "matter_id": None}])
def test_an_act_has_one_number_and_its_key_is_used_once(community: Community, changes: dict[str, object]) -> None:
    act = community.file(key="once").act
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(act, **changes).save()
    copy_of(act, seq=2, key="another").save()


def test_a_filing_key_is_used_once_over_all_matters(community: Community) -> None:
    act, other = community.file(key="once").act, community.file().matter
    with pytest.raises(IntegrityError), transaction.atomic():
        forge("DELETE FROM records_words WHERE matter_id = %s", other.pk)
        forge("DELETE FROM records_act WHERE matter_id = %s", other.pk)
        copy_of(act, matter_id=other.pk).save()


@pytest.mark.parametrize("column", ["answers", "wake"])
def test_an_open_matter_without_owner_or_clock_cannot_be_stored(matter: Matter, column: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(**{column: None})


def test_erased_words_cannot_keep_their_content(matter: Matter) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Words.objects.update(erased_at=MONDAY)


def test_a_matter_with_a_log_cannot_be_deleted(matter: Matter) -> None:
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Todo.objects.all().delete()
        forge_free_delete(matter)


def forge_free_delete(matter: Matter) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_words")
        cursor.execute("DELETE FROM records_matter WHERE id = %s", [matter.pk])
        connection.check_constraints()


def test_who_read_is_told_to_the_person_and_reading_ones_own_is_not_noted(community: Community, matter: Matter) -> None:
    resident = community.who["resident"]
    access.note_reading(resident, "filer", "own", MONDAY, matter)
    seen = access.readings_about(resident).get()
    assert (seen.role, seen.reason, seen.reader) == ("committee.director", "handle", community.who["director"].digest)
    assert access.note_export(community.who["deputy"], "street.deputy", "export", MONDAY, [matter]) == 1
    assert access.readings_of(matter).count() == 2
