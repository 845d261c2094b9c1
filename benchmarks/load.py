"""A load client in a process of its own: so many clients that keep their connection and send as soon as answered.

Raw sockets and no parsing beyond the length of an answer, because it shares the machine with what it measures.
`python -m benchmarks.load` reads a plan as JSON from its input and prints what it saw as JSON.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from benchmarks.support import HERE

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"
SILENCE = 60  # seconds after the end within which every answer must be there


@dataclass
class Plan:
    """What to send. `{who}` in the head and `{n}` in head and body stand for the sender and a running number."""

    port: int
    path: str
    head: dict[str, str]
    body: str
    senders: list[str]
    clients: int = 32
    seconds: float = 8.0
    warm: float = 2.0
    first: int = 0
    keep: str = ""  # a member of every JSON answer that is collected, for checking


@dataclass
class Seen:
    """What came back. `done` and the times count what was answered within the measured seconds; `kept` counts all."""

    done: int = 0
    seconds: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    answers: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.done / self.seconds


def run_load(plan: Plan) -> Seen:
    """Run a plan in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"], input=json.dumps(asdict(plan)), check=True, text=True,
        stdout=subprocess.PIPE, cwd=HERE.parent, env={**os.environ, "PYTHONPATH": str(HERE.parent)},
        timeout=plan.warm + plan.seconds + SILENCE,
    )  # fmt: skip
    return Seen(**json.loads(done.stdout))


def warm_up(plan: Plan) -> Seen:
    """Until every process has read what it reads once, and every client was answered."""
    return run_load(replace(plan, seconds=3.0, warm=0.0))


class Round:
    """What all clients of one run share."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.times: list[float] = []
        self.answers: Counter[str] = Counter()
        self.bodies: list[bytes] = []
        self.requests = self._requests()
        start = time.perf_counter()
        self.warm_until, self.until = start + plan.warm, start + plan.warm + plan.seconds

    def _requests(self) -> Iterator[bytes]:
        head = "".join(f"{name}: {value}\r\n" for name, value in self.plan.head.items())
        for n in itertools.count(self.plan.first):
            body = self.plan.body.replace("{n}", str(n)).encode()
            mine = head.replace("{who}", self.plan.senders[n % len(self.plan.senders)]).replace("{n}", str(n))
            line = f"POST {self.plan.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
            yield (line + mine + "\r\n").encode() + body

    def answered(self, sent: float, status: bytes, body: bytes) -> None:
        now = time.perf_counter()
        if self.warm_until <= now <= self.until:
            self.times.append(now - sent)
        self.answers[status.decode()] += 1
        if self.plan.keep:
            self.bodies.append(body)

    def seen(self) -> Seen:
        times = sorted(self.times) or [0.0]
        kept = [json.loads(body).get(self.plan.keep, "") for body in self.bodies]
        return Seen(
            len(self.times), self.plan.seconds, times[len(times) // 2], times[len(times) * 99 // 100],
            dict(self.answers), [value for value in kept if value],
        )  # fmt: skip


class Client(asyncio.Protocol):
    """One client: sends, waits for the whole answer, sends the next; connects again where a server hangs up."""

    def __init__(self, shared: Round) -> None:
        self.shared = shared
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._send()

    def _send(self) -> None:
        self.buffer, self.size = b"", 0
        self.sent = time.perf_counter()
        if self.sent > self.shared.until:
            self.transport.close()
        else:
            self.transport.write(next(self.shared.requests))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.size:
            end = self.buffer.find(END_OF_HEAD)
            if end < 0:
                return
            self.start = end + len(END_OF_HEAD)
            self.size = self.start + _length(self.buffer[:end].lower())
        if len(self.buffer) >= self.size:
            self.shared.answered(self.sent, self.buffer[9:12], self.buffer[self.start : self.size])
            self._send()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.over.done():
            self.over.set_result(None)


def _length(head: bytes) -> int:
    start = head.index(LENGTH) + len(LENGTH)
    return int(head[start:].split(b"\r\n", 1)[0])


async def _one(shared: Round) -> None:
    while time.perf_counter() <= shared.until:
        _, client = await asyncio.get_running_loop().create_connection(
            lambda: Client(shared), "127.0.0.1", shared.plan.port
        )
        await client.over


async def _all(plan: Plan) -> Seen:
    shared = Round(plan)
    await asyncio.gather(*(_one(shared) for _ in range(plan.clients)))
    return shared.seen()


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_all(Plan(**json.loads(sys.stdin.read())))))))
