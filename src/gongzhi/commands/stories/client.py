"""The API as a story's people call it: JSON over one kept connection, no part of the server imported."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

ROOT = "/api/v1"
SECONDS = 60


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any

    @property
    def refused(self) -> str:
        """The code of the problem; empty when it went through."""
        return str(self.body.get("code", "")) if self.status >= 400 and isinstance(self.body, dict) else ""


class Unexpected(Exception):
    """An answer that no story can expect: a fault of the server, or a refusal outside a scene."""


class Client:
    """One server. `key` in a call is the key of the person who acts."""

    recurring = True  # whether what recurs opens its matters when the clock moves

    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=SECONDS)

    def get(self, path: str, key: str = "", **query: str) -> Any:
        """What is there. Raises Unexpected."""
        asked = f"{path}?{urlencode(query)}" if query else path
        return self._went_through(self.send("GET", asked, key))

    def make(self, path: str, body: Mapping[str, Any], key: str = "") -> Any:
        """A request that has to go through. Raises Unexpected."""
        return self._went_through(self.send("POST", path, key, body))

    def send(
        self, method: str, path: str, key: str = "", body: Mapping[str, Any] | None = None, once: str = ""
    ) -> Reply:
        """Any request; `once` is its Idempotency-Key. Raises Unexpected for a fault of the server."""
        headers = {"Accept": "application/json", "Accept-Language": "zh-hans"}
        headers |= {"Authorization": f"Bearer {key}"} if key else {}
        headers |= {"Idempotency-Key": once} if once else {}
        headers |= {"Content-Type": "application/json"} if body is not None else {}
        text = json.dumps(body, default=str).encode() if body is not None else None
        self._connection.request(method, ROOT + path, text, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 500:
            raise Unexpected(f"{method} {path}: {answer.status} {content[:500].decode(errors='replace')}")
        return Reply(answer.status, json.loads(content) if content else None)

    @staticmethod
    def _went_through(reply: Reply) -> Any:
        if reply.status >= 400:
            raise Unexpected(f"{reply.status} {reply.refused}: {reply.body}")
        return reply.body

    def close(self) -> None:
        self._connection.close()
