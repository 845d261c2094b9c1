"""The worker: late or early, once or twice, the result is the same; nothing it cannot send stops it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail

from gongzhi.desk import channels, outbox
from gongzhi.desk.watch import beat, on_duty, release
from gongzhi.desk.worker import run_once
from gongzhi.records.matters import sealing
from gongzhi.records.matters.models import DailyDigest, Matter, Message, Words, Worker
from gongzhi.records.matters.sealing import NewWords
from tests.support.community import MONDAY, Community

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def test_a_late_worker_gives_what_an_early_one_gives(community: Community) -> None:
    early, late = community.file().matter, community.file("neighbour").matter
    for hours in range(3, 400, 7):
        from gongzhi.desk.step import settle

        settle(early.number, MONDAY + hours * HOUR)
    settle(late.number, MONDAY + 395 * HOUR)
    one, other = fresh(early), fresh(late)
    assert (one.status, one.due, one.wake, one.late, one.answers_id) == (
        other.status, other.due, other.wake, other.late, other.answers_id,
    )  # fmt: skip
    assert one.acts.count() > other.acts.count() and one.late


def test_a_round_settles_only_what_is_due_and_a_second_one_nothing(community: Community) -> None:
    community.file()
    first = run_once(MONDAY + HOUR)
    assert (first.settled, first.faults) == (0, 0) and first.sent > 0
    second = run_once(MONDAY + DAY)
    assert (second.settled, second.faults) == (1, 0)
    assert (run_once(MONDAY + DAY).settled, run_once(MONDAY + DAY).sent) == (0, 0)


def test_being_told_in_the_inbox_starts_the_residents_time(community: Community) -> None:
    matter = community.file().matter
    at = community.walk(matter, MONDAY, until="confirm")
    assert '"served":false' in fresh(matter).state
    run_once(at + HOUR)
    serve = matter.acts.get(kind="serve")
    assert (serve.organ, serve.at) == ("system", at + HOUR) and '"channel":"in_app"' in serve.payload
    run_once(at + 9 * DAY)
    assert (fresh(matter).status, fresh(matter).end) == ("closed", "unanswered")


def test_without_an_account_the_organ_that_asks_is_told_to_go_and_tell(community: Community) -> None:
    matter = community.file(by="member", organ="committee", channel="paper").matter
    assert matter.filer is None
    at = community.walk(matter, MONDAY, until="confirm")
    run_once(at)
    assert not matter.acts.filter(kind="serve").exists()
    assert Message.objects.filter(code="serve", organ=community.organs["committee"], channel="in_app").exists()


def test_mail_goes_out_and_a_dead_mail_server_is_tried_again_without_stopping_anything(
    community: Community, settings: object
) -> None:
    resident = community.who["resident"]
    resident.mail = "someone@example.org"
    resident.save()
    settings.EMAIL_BACKEND = "no.such.Backend"  # type: ignore[attr-defined]
    community.file()
    run_once(MONDAY)
    message = Message.objects.get(channel="mail")
    assert (message.status, message.attempts, message.next_try) == ("queued", 1, MONDAY + timedelta(minutes=1))
    assert Message.objects.filter(channel="in_app", status="queued").count() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    outbox.deliver(MONDAY + timedelta(minutes=2))
    assert Message.objects.get(channel="mail").status == "sent" and mail.outbox[0].to == ["someone@example.org"]


def test_a_message_that_never_goes_out_is_given_up_and_says_so(community: Community, settings: object) -> None:
    resident = community.who["resident"]
    resident.mail = "someone@example.org"
    resident.save()
    settings.EMAIL_BACKEND = "no.such.Backend"  # type: ignore[attr-defined]
    community.file()
    at = MONDAY
    for _ in range(20):
        at += DAY
        outbox.deliver(at)
    message = Message.objects.get(channel="mail")
    assert (message.status, message.attempts) == ("failed", outbox.AT_MOST) and "@" not in message.fault


def test_chat_groups_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert channels.chat_address(7) == ""
    monkeypatch.setenv("GONGZHI_CHAT_URLS", "7=dingtalk://one *=wecombot://all")
    assert (channels.chat_address(7), channels.chat_address(8)) == ("dingtalk://one", "wecombot://all")


def test_words_are_erased_when_their_time_is_over_and_the_log_still_holds(community: Community) -> None:
    from gongzhi.desk.audit import audit

    photo = NewWords(b"x" * 100_000, kind="photo", media_type="image/jpeg")
    contact = NewWords(b"13800000000", kind="contact")
    matter = community.file(words={"what": "灯", "photo.1": photo, "contact": contact}).matter
    stored = Words.objects.get(name="photo.1")
    path = sealing.path_of(stored.file)
    assert path.exists() and b"xxx" not in path.read_bytes() and sealing.read(stored) == photo.content
    end = community.walk(matter, MONDAY)
    run_once(end + 20 * DAY)
    assert fresh(matter).status == "final"
    assert run_once(end + 30 * DAY).erased == 0
    assert run_once(end + 42 * DAY).erased == 1
    assert Words.objects.get(name="contact").erased_why == "retention"
    run_once(end + 400 * DAY)
    assert not path.exists() and Words.objects.get(name="photo.1").salt is None
    assert audit().broken == []


def test_a_file_no_step_names_is_swept_away(community: Community) -> None:
    import os

    name = sealing._write("ab" * 32, b"left over")
    run_once(MONDAY)
    path = sealing.path_of(name)
    assert path.exists(), "young ones may belong to a step under way"
    os.utime(path, (MONDAY.timestamp() - 10 * 86400,) * 2)
    assert run_once(MONDAY).erased == 1 and not path.exists()


def test_the_digest_is_printed_once_a_day_and_kept_as_a_file(community: Community) -> None:
    community.file()
    midnight = MONDAY.replace(hour=0, minute=0) + DAY
    assert run_once(midnight + timedelta(minutes=9)).digests == 0
    assert run_once(midnight + timedelta(minutes=11)).digests == 1
    assert run_once(midnight + HOUR).digests == 0
    page = DailyDigest.objects.get()
    assert (page.day, page.matters, page.acts) == (MONDAY.date(), 1, 1)
    from gongzhi.records.matters.digests import folder

    assert page.root in Path(folder() / "2026-03-16.json").read_text()


def test_one_worker_is_on_duty_and_the_next_takes_over_when_it_is_silent(community: Community) -> None:
    assert not on_duty() and beat("a") and beat("a") and not beat("b") and on_duty()
    Worker.objects.update(beat_at=MONDAY)
    assert beat("b") and not beat("a")
    release("b")
    assert not on_duty() and beat("a")


@pytest.mark.django_db(transaction=True)
def test_two_workers_run_and_one_works(committed: Community) -> None:
    import threading
    import time

    from django.db import connection

    from gongzhi.desk.worker import run_forever

    matter = committed.file().matter
    stop = threading.Event()

    def work() -> None:
        run_forever(lambda: MONDAY + DAY, stop, pause=0.05)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    patience = time.monotonic() + 30
    while time.monotonic() < patience and Message.objects.filter(status="queued").exists():
        time.sleep(0.05)
    holder = Worker.objects.get().holder
    assert on_duty() and holder
    stop.set()
    for thread in threads:
        thread.join(30)
    assert not on_duty(), "who stops goes off duty"
    assert fresh(matter).late and matter.acts.filter(kind="tick").count() == 1
    assert not Message.objects.filter(status="queued").exists()
