"""Schemathesis over the description: what is promised is what is answered, and nothing makes the server fail."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import sampled_from
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gongzhi.commands.stories.client import Client
from gongzhi.commands.stories.play import play
from gongzhi.commands.stories.read import find_stories
from gongzhi.commands.stories.server import story_server
from gongzhi.config.environment import REPOSITORY

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 10  # for each operation
pytestmark = [pytest.mark.one_database, pytest.mark.xdist_group("schema")]


class Live:
    """A running server with a played story, and the keys of a resident and of staff."""

    def __init__(self, client: Client) -> None:
        host, port = client._connection.host, client._connection.port
        self.address = f"http://{host}:{port}"
        self.keys = [self._key(client, seat) for seat in ("filer", "residents_committee.director", "auditor")]
        self.number = client.get("/matters", place="fuqu", status="all")["items"][0]["number"]

    @staticmethod
    def _key(client: Client, seat: str) -> str:
        asked = {"role": "x", "place": "fuqu", "seats": [seat]}
        return str(client.make("/story/people", asked)["key"])


@pytest.fixture(scope="module")
def live(database_kind: str) -> Iterator[Live]:
    story = next(one for one in find_stories(REPOSITORY / "charters") if one.name == "own_solution")
    url, name = os.environ.get("DATABASE_URL", ""), f"schema_{os.getpid()}"
    database = ""
    if database_kind == "postgresql":
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        database = f"{url.rpartition('/')[0]}/{name}"
    with story_server(["fuqu"], database=database) as client:
        (played,) = play([story], client)
        assert played.passed, played.failure
        yield Live(client)


def _known(case: schemathesis.Case, live: Live) -> None:
    """Half of the requests name things that exist, so that more than the door is tried."""
    if not case.path_parameters or len(repr(case.path_parameters)) % 2:
        return
    known = {"number": live.number, "code": "fuqu", "name": "fire_lane", "notice": 1, "document": 1}
    case.path_parameters |= {name: value for name, value in known.items() if name in case.path_parameters}


def _limited(path: str) -> bool:
    """Six whole audits an hour: tried in a test of its own."""
    return path.endswith("/audit") and "{" not in path


def test_every_operation_keeps_what_the_description_promises(live: Live) -> None:
    described = schemathesis.openapi.from_url(f"{live.address}/api/v1/openapi.json")
    answered: Counter[int] = Counter()
    for found in described.get_all_operations():
        operation = found.ok()
        if not _limited(operation.path):
            answered += _try(operation, live)
    assert answered[200] > 100 and answered[404] and answered[422], answered


def _try(operation: schemathesis.APIOperation, live: Live) -> Counter[int]:
    answered: Counter[int] = Counter()

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), who=sampled_from(live.keys))
    def requests(case: schemathesis.Case, who: str) -> None:
        _known(case, live)
        response = case.call_and_validate(headers={"Authorization": f"Bearer {who}"}, checks=CHECKS, timeout=60)
        answered[response.status_code] += 1

    requests()
    return answered


def test_the_server_answered_and_its_records_are_still_whole(live: Live) -> None:
    host, _, port = live.address.removeprefix("http://").partition(":")
    client = Client(host, int(port))
    assert client.get("/audit", live.keys[2])["broken"] == []
    client.close()
