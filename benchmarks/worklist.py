"""A page of 50 of an organ's list at five million matters, beside the same query by raw psycopg."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import psycopg

from benchmarks.rows import multiply, tidy
from benchmarks.server import Ground, community, ground
from benchmarks.support import Report, best_seconds
from benchmarks.sweep import _file

MATTERS = int(os.environ.get("GONGZHI_BENCH_MATTERS", "5000000"))
OPEN_SHARE = 20  # one in so many is open
RAW = """
select t.id, t.role, t.part, t.due, t.late, m.number, m.subject, m.step, m.status, o.title, p.name
from records_todo t join records_matter m on m.id = t.matter_id
join records_organinstance o on o.id = m.answers_id join records_place p on p.id = m.place_id
where t.organ_id = %s order by t.due, t.id limit 51
"""


def run() -> Report:
    with ground() as place_of_work:
        place = community()
        organ, person = _fill(place)
        raw = _raw(place_of_work, organ)
        listed, queries = _query(organ)
        page, page_queries = _page(person)
    return Report(
        "worklist",
        f"a list of 50 at {MATTERS:,} matters ({MATTERS // OPEN_SHARE:,} open)",
        "the same rows by raw psycopg",
        {
            "raw psycopg query, ms": raw * 1e3,
            "our query (models built), ms": listed * 1e3,
            "our page as HTML, ms": page * 1e3,
            "page beside raw query": page / raw,
            "queries of the list": queries,
            "queries of the page": page_queries,
        },
        ratio=listed / raw,
        goal="query <= 2.5, page <= 8",
        reached=listed / raw <= 2.5 and page / raw <= 8,
    )


def _fill(place: Any) -> tuple[int, Any]:
    """One real matter, copied by the database; returns the organ that has most to do and somebody who sits in it."""
    from django.utils import timezone

    from gongzhi.records.matters.models import Matter, Todo
    from gongzhi.records.people.models import SeatTerm

    matter = _file(place, timezone.now()).matter
    todo = Todo.objects.filter(matter=matter).first()
    if todo is None:
        raise SystemExit("nobody has anything to do on a matter just filed")
    spread = "now() + ((n % 100000) - 5000) * interval '1 minute'"
    gone = f"case when n % {OPEN_SHARE} = 0 then t.status else 'final' end"
    multiply("records_matter", matter.pk, MATTERS, {
        "number": "'B' || n", "status": gone, "due": spread, "wake": f"case when n % {OPEN_SHARE} = 0 then {spread} end",
        "filed_at": "now() - n * interval '1 second'", "state": f"case when n % {OPEN_SHARE} = 0 then t.state else '{{}}' end",
    })  # fmt: skip
    start = int(Matter.objects.filter(number="B1").values_list("pk", flat=True)[0]) - 1
    multiply(
        "records_todo", todo.pk, MATTERS // OPEN_SHARE, {"matter_id": f"{start} + n * {OPEN_SHARE}", "due": spread}
    )
    tidy("records_matter", "records_todo")
    term = SeatTerm.objects.filter(organ_instance_id=todo.organ_id).select_related("person").first()
    if term is None:
        raise SystemExit("nobody sits in the organ")
    return int(todo.organ_id), term.person


def _raw(place_of_work: Ground, organ: int) -> float:
    with psycopg.connect(place_of_work.url, autocommit=True) as connection:
        return best_seconds(lambda: connection.execute(RAW, [organ]).fetchall(), 50)


def _query(organ: int) -> tuple[float, int]:
    from gongzhi.records.matters.queries import worklist

    def listed() -> list[str]:
        return [f"{row.matter.number}{row.matter.answers}{row.matter.place}" for row in worklist([organ]).rows]

    return best_seconds(listed, 50), _count(listed)


def _page(person: Any) -> tuple[float, int]:
    """The page as staff get it, signed in, without the network."""
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="localhost")
    _sign_in(client, person)

    def page() -> bytes:
        answer = client.get(reverse("today"))
        if answer.status_code != 200:
            raise SystemExit(f"the page answered {answer.status_code}")
        return bytes(answer.content)

    return best_seconds(page, 30), _count(page)


def _sign_in(client: Any, person: Any) -> None:
    """The session that a password and a generated code would have opened."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from gongzhi.web.accounts.session import open_session

    request = HttpRequest()
    request.session = SessionStore()
    open_session(request, person, strong=True)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key


def _count(work: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)
