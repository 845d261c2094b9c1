"""The bench that the tests of the workbench sit at: the demo community, its people's browsers, and a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongzhi.core.calendar import CHINA
from gongzhi.desk.draft import NewMatter
from gongzhi.desk.setup import Demo
from gongzhi.desk.step import file_matter
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.web import clock
from tests.support.demo import demo_community, staff
from tests.support.residents import resident
from tests.support.visitors import visitor

MONDAY = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
WHAT = "小区改造拆了自行车棚，车没处放"


@dataclass
class Bench:
    """`at` is what the clock of the pages shows."""

    demo: Demo
    at: datetime = MONDAY
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return next(place for place in self.demo.places if place.short == "fuqu")

    def resident(self, number: int = 0) -> Person:
        """A resident of the community: 0 the first, 1 the second."""
        return resident(("chen@example.org", "zhao@example.org")[number])

    def now(self) -> datetime:
        return self.at

    def wait(self, **span: int) -> None:
        self.at += timedelta(**span)

    def client(self, login: str) -> Client:
        if login not in self.clients:
            self.clients[login] = visitor(staff(login))
        return self.clients[login]

    def file(self, category: str = "shared_facility", **more: object) -> Matter:
        words = {"what": WHAT}
        new = NewMatter(self.place, category, words=words, **{"headcount": 20, **more})  # type: ignore[arg-type]
        return file_matter(new, self.resident(), self.at, None).matter

    def page(self, login: str, number: str) -> HttpResponse:
        return self.client(login).get(reverse("work_matter", args=[number]))

    def form(self, login: str, matter: Matter, kind: str, choice: str = "-") -> HttpResponse:
        return self.client(login).get(reverse("work_act", args=[matter.number, kind, choice]))

    def send(self, login: str, matter: Matter, kind: str, choice: str = "-", **typed: object) -> HttpResponse:
        """Fill in the form as it stands and send it; dots in names are written __."""
        address = reverse("work_act", args=[matter.number, kind, choice])
        values = {**hidden(self.client(login).get(address)), **{k.replace("__", "."): v for k, v in typed.items()}}
        return self.client(login).post(address, values)

    def confirm(self, login: str, matter: Matter, kind: str, choice: str = "-") -> HttpResponse:
        """Send the check page."""
        address = reverse("work_check", args=[matter.number, kind, choice])
        return self.client(login).post(address, hidden(self.client(login).get(address)))

    def do(self, login: str, matter: Matter, kind: str, choice: str = "-", **typed: object) -> Matter:
        """Form, check page where there is one, and the matter afterwards. Fails where the page does not go on."""
        answer = self.send(login, matter, kind, choice, **typed)
        assert answer.status_code == 302, text_of(answer)
        if answer["Location"].endswith("/check"):
            answer = self.confirm(login, matter, kind, choice)
            assert answer.status_code == 302, text_of(answer)
        return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def bench(db: None, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    made = Bench(demo_community(tmp_path))
    hold_clock(monkeypatch, made)
    return made


def hold_clock(monkeypatch: pytest.MonkeyPatch, bench: Bench) -> None:
    """Pages read the clock of the bench (the story server's way: a file that all processes read)."""
    from django.conf import settings

    monkeypatch.setattr(settings, "GONGZHI_STORY_CLOCK", True)
    clock.set_story_time(bench.at)
    monkeypatch.setattr(Bench, "__setattr__", _moving(Bench.__setattr__))


def _moving(plain):  # type: ignore[no-untyped-def]
    def set_and_move(self: Bench, name: str, value: object) -> None:
        plain(self, name, value)
        if name == "at":
            clock.set_story_time(value)  # type: ignore[arg-type]

    return set_and_move


def hidden(answer: HttpResponse) -> dict[str, str]:
    """The hidden fields of the main form: its key and the visit it was opened for; and what stands in text fields."""
    html = answer.content.decode()
    form = next((one for one in re.findall(r"<form\b.*?</form>", html, re.S) if 'name="visit"' in one), "")
    found = dict(re.findall(r'<input type="hidden" name="(idempotency_key|visit)" value="([^"]*)"', form))
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        found[name] = value
    return found


def text_of(answer: HttpResponse) -> str:
    """The words of the main part of a page."""
    html = answer.content.decode()
    main = re.search(r"<main.*?</main>", html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main.group(0) if main else html).split())
