"""One transaction at the desk. On SQLite the threads of a process queue for it in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


class Queue:
    """A lock that is handed over in order of arrival; one thread may take it again inside itself.

    SQLite's own waiting is a lottery: under load an unlucky writer runs into its time limit although everybody
    before it was quick.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._guard:
            if self._owner in (None, me):
                self._owner, self._depth = me, self._depth + 1
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()
        with self._guard:
            self._owner, self._depth = me, 1

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            self._owner = -1 if self._waiting else None
            if self._waiting:
                self._waiting.popleft().set()


_QUEUE = Queue()


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that may write. It begins with the write lock on SQLite (see config/database.py)."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    with _QUEUE, transaction.atomic():
        yield
