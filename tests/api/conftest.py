"""The shipped community behind the API, and callers who show their keys."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongzhi.config.environment import REPOSITORY
from gongzhi.desk.setup import set_up
from gongzhi.records.institutions.models import Place
from gongzhi.records.people.models import Person
from gongzhi.records.people.signin import new_secret
from gongzhi.records.people.tokens import make_token
from tests.support.forgery import let_flush_pass

CHARTERS = REPOSITORY / "charters"


@dataclass
class Answer:
    """A response of the API: its status, its JSON, its headers."""

    status: int
    json: Any
    headers: Any
    body: bytes

    @property
    def code(self) -> str:
        return str(self.json["code"])


@dataclass
class Caller:
    """Somebody with a key (empty: nobody), speaking JSON in one language."""

    key: str = ""
    language: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **query: Any) -> Answer:
        return self._answer(self.client.get(f"/api/v1{path}", query, headers=self._headers()))

    def post(self, path: str, body: Any = None, key: str | None = "", **headers: str) -> Answer:
        """`key` None: without Idempotency-Key; empty: a fresh one."""
        if key is not None:
            headers["Idempotency-Key"] = key or secrets.token_hex(8)
        text = body if isinstance(body, str | bytes) else json.dumps(body or {})
        sent = self.client.post(
            f"/api/v1{path}", text, content_type="application/json", headers=self._headers() | headers
        )
        return self._answer(sent)

    def upload(self, name: str, content: bytes, **form: str) -> Answer:
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile(name, content)
        sent = self.client.post("/api/v1/uploads", {"file": file, **form}, headers=self._headers())
        return self._answer(sent)

    def patch(self, path: str, body: Any) -> Answer:
        sent = self.client.patch(
            f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=self._headers()
        )
        return self._answer(sent)

    def delete(self, path: str) -> Answer:
        return self._answer(self.client.delete(f"/api/v1{path}", headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        found = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return found | ({"Accept-Language": self.language} if self.language else {})

    @staticmethod
    def _answer(sent: Any) -> Answer:
        is_json = "json" in sent.headers.get("Content-Type", "")
        return Answer(
            sent.status_code, json.loads(sent.content) if is_json and sent.content else None, sent.headers, sent.content
        )


@dataclass
class House:
    """The demo's community: callers by login, residents by the part of their mail before the @."""

    place: Place
    people: dict[str, Person]

    def __getitem__(self, name: str) -> Caller:
        return Caller(make_token(self.people[name], "test", True, timezone.now())[1])

    def file(self, who: str = "chen", **more: Any) -> Answer:
        body = {"place": "fuqu", "category": "shared_facility", "what": "四号楼没有车棚，车没处放。"} | more
        answer = self[who].post("/matters", body)
        assert answer.status == 201, answer.json
        return answer


@pytest.fixture
def house(db: None, settings: Settings, tmp_path: Path) -> House:
    settings.GONGZHI_HOME = tmp_path
    return found_house()


@pytest.fixture
def committed_house(transactional_db: None, settings: Settings, tmp_path: Path) -> House:
    let_flush_pass()
    settings.GONGZHI_HOME = tmp_path
    return found_house()


def found_house() -> House:
    place, _ = set_up(CHARTERS / "fuqu", "!", new_secret())
    people = {person.login or person.mail.partition("@")[0]: person for person in Person.objects.all()}
    return House(place, people)


@pytest.fixture
def nobody() -> Caller:
    return Caller()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")
