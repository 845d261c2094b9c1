"""The worker: lets clocks run out, sends messages, opens recurring duties, erases what is due, prints the digest.

Everything it does is also right when it comes late: a lapse is stamped with its due time, not with ours. One
worker at a time serves a database; a second one waits, and takes over when the first has stopped beating.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import keeping, learning, outbox, recurring
from gongzhi.desk.step import settle
from gongzhi.desk.watch import beat, release
from gongzhi.desk.writing import writing
from gongzhi.records.figures import rollup
from gongzhi.records.matters import digests, queries, retention, sealing
from gongzhi.records.matters.models import Words
from gongzhi.records.people import limits, signin

log = logging.getLogger(__name__)
BATCH = 200
PAUSE = 2.0  # seconds between two rounds
AFTER_MIDNIGHT = timedelta(minutes=10)
ORPHAN = 24 * 3600.0  # seconds after which a sealed file without a row was left by a step that failed
FAULTS = 20  # matters that fail in one round before it is given up, so that a broken database is not hammered


@dataclass
class Round:
    """What one round did."""

    settled: int = 0
    sent: int = 0
    opened: int = 0
    erased: int = 0
    forgotten: int = 0
    digests: int = 0
    counted: int = 0
    faults: int = 0


def run_once(now: datetime, looked: recurring.Looked | None = None) -> Round:
    """One round of everything. A matter that fails is logged and left for the next round; the others go on.

    `looked` spares a worker that runs on looking through every charter's duties each time.
    """
    done = Round()
    sweep(now, done)
    if looked is None or looked.is_new(now):
        done.opened = recurring.open_due(now)
        done.forgotten = keeping.erase_names(now)
    done.sent = outbox.deliver(now)
    sweep(now, done)  # a delivery may have started a clock that was waiting for it
    done.counted = count_figures(now)
    done.erased = erase_due(now)
    done.digests = print_digest(now)
    learning.learn_at_night(now)
    return done


def sweep(now: datetime, done: Round) -> None:
    """Settle every matter whose next clock has run out, each in its own transaction, longest overdue first."""
    tried: set[str] = set()
    while numbers := [number for number in queries.due_matters(now, BATCH + len(tried)) if number not in tried]:
        for number in numbers:
            try:
                done.settled += settle(number, now) is not None
            except Refused as refused:
                log.error("matter %s cannot be settled: %s", number, refused.code)
            except Exception:
                log.exception("matter %s cannot be settled", number)
            else:
                continue
            tried.add(number)
            done.faults += 1
            if done.faults >= FAULTS:
                return


def erase_due(now: datetime) -> int:
    """Erase words whose time is over. What stays is the proof: digest, when, why."""
    today = now.astimezone(CHINA).date()
    erased = 0
    while rows := retention.due(today):
        for words in rows:
            sealing.erase(words, now, "retention", "system")
        erased += len(rows)
    signin.forget_expired_codes(now)
    limits.forget_expired(now)
    return erased + _erase_orphans(now)


def _erase_orphans(now: datetime) -> int:
    """Files of steps that were refused or killed after sealing them: no row names them."""
    old = [path for path in sealing.folder().glob("??/*") if now.timestamp() - path.stat().st_mtime > ORPHAN]
    named = set(Words.objects.filter(file__in=[path.name for path in old]).values_list("file", flat=True))
    orphans = [path for path in old if path.name not in named]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def count_figures(now: datetime) -> int:
    """Bring the tallies of the indicators up to date with the log."""
    with writing():
        return rollup.count_new(now)


def print_digest(now: datetime) -> int:
    """The page of yesterday, some minutes after midnight."""
    day = (now.astimezone(CHINA) - AFTER_MIDNIGHT).date() - timedelta(days=1)
    return 1 if digests.make_digest(day, now) else 0


def run_forever(clock: Callable[[], datetime], stop: threading.Event | None = None, pause: float = PAUSE) -> None:
    """Rounds until `stop` is set. `clock` says what time it is, so that a story server's worker lives in its time."""
    stop = stop or threading.Event()
    name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    looked = recurring.Looked()
    try:
        while not stop.is_set():
            close_old_connections()
            _round(name, clock, looked)
            stop.wait(pause)
    finally:
        release(name)


def _round(name: str, clock: Callable[[], datetime], looked: recurring.Looked) -> None:
    try:
        if beat(name):
            run_once(clock(), looked)
    except Exception:
        looked.at = None
        log.exception("the worker's round failed; the next one tries again")
