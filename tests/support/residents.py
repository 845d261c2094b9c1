"""Residents of the demo community at its pages: signing in, filing, and playing a matter forward at the desk."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.setup import set_up as set_up_one
from gongzhi.desk.sign_in_codes import outbox
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.records.people.signin import new_secret
from gongzhi.web.accounts.session import BACKEND
from gongzhi.web.clock import now

GPS = 0x8825


def set_up(home: Path) -> None:
    """One shipped community in the test's database; others that are shipped stay out."""
    set_up_one(Path(settings.GONGZHI_CHARTERS) / "fuqu", make_password("not used here"), new_secret())


def resident(mail: str = "chen@example.org") -> Person:
    found = Person.objects.by_contact_index(parse_contact(mail).index)
    assert found is not None
    return found


def holder(organ: str, seat: str = "") -> Person:
    """Somebody who holds the seat."""
    return SeatTerm.objects.filter(organ_instance__organ=organ, seat=seat).select_related("person")[0].person


def signed_in(mail: str = "chen@example.org") -> Client:
    client = Client()
    client.force_login(resident(mail), backend=BACKEND)
    return client


def estate() -> Place:
    return Place.objects.filter(level="estate").order_by("code")[0]


def filed(
    what: str = "对面工地夜里运土，灰很大", category: str = "environment", by: str = "chen@example.org",
    at: datetime | None = None, **more: Any,
) -> Matter:  # fmt: skip
    """A matter of a resident, filed at the desk an hour ago unless `at` is given."""
    new = NewMatter(estate(), category, words={"what": what}, **more)
    return file_matter(new, resident(by), at or now() - timedelta(hours=1), None).matter


def do(matter: Matter, by: Person, kind: str, at: datetime | None = None, **more: Any) -> Matter:
    """One step at the desk, one minute after the last one unless `at` is given."""
    last = matter.acts.order_by("-seq")[0].at
    return take_step(matter.number, Draft(kind, **more), by, at or last + timedelta(minutes=1), None).matter


def until_asked(matter: Matter) -> Matter:
    """Register, accept, handle and tell: the resident is asked whether it is solved."""
    station, bureau = holder("service_station", "head"), holder("environment_bureau")
    matter = do(matter, station, "done", outcome="sent", words={"receipt": "已登记"})
    matter = do(matter, bureau, "accept")
    matter = do(matter, bureau, "done", outcome="done", words={"result": "已加装围挡"})
    return do(matter, station, "serve", channel="phone")


def photo(size: tuple[int, int] = (900, 600), kind: str = "JPEG", located: bool = False) -> bytes:
    """A picture; `located`: its metadata says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    if located:
        exif.get_ifd(GPS).update({1: "N", 2: (32.0, 5.0, 0.0), 3: "E", 4: (118.0, 45.0, 0.0)})
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, exif=exif)
    return out.getvalue()


def named(name: str, content: bytes) -> io.BytesIO:
    """A file as a form sends it."""
    file = io.BytesIO(content)
    file.name = name
    return file


def last_code() -> str:
    """The sign-in code that the demo sent last."""
    return str(json.loads((outbox() / "codes.jsonl").read_text().splitlines()[-1])["code"])


def key_in(answer: HttpResponse) -> str:
    """The idempotency key of the first form of a page."""
    found = re.search(r'name="idempotency_key" value="(\w+)"', answer.content.decode())
    assert found is not None
    return found.group(1)
