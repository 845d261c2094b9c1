"""A running demo: the places, organs and people that a charter's folder describes, and their sign-in.

`place.yaml` says where the charter is in force, `people.yaml` who sits where; both are data of the charter.
Passwords are made once per home and kept in a file that only its owner may read, so that setting up again
prints the same ones.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from ruamel.yaml import YAML

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.adopt import adopt
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.codes import paths_above
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.institutions.queries import charter_of, nearest_cast
from gongzhi.records.people.actions import create_staff, register_resident, take_seat
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person, SecondFactor
from gongzhi.records.people.signin import new_secret, set_up_second_factor

PLACE_FILE = "place.yaml"
PEOPLE_FILE = "people.yaml"
KEY_FILE = "demo-accounts.json"


@dataclass(frozen=True, slots=True)
class Account:
    """How somebody of the demo signs in: staff by `login`, residents by `contact` and a code."""

    role: str
    name: str
    login: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Demo:
    """`password` and `secret` (base32, for a code generator) are those of every staff account of this home."""

    places: tuple[Place, ...]
    accounts: tuple[Account, ...]
    password: str
    secret: str


def set_up_demo(home: Path, charters: Path, every: bool = False) -> Demo:
    """Sets up the places of charters that have people; `every`: also those where nobody could sign in.

    Doing it again changes nothing and gives the same accounts.
    """
    password, secret = _keys(home)
    hashed = make_password(password)  # once: hashing is slow by design
    places: list[Place] = []
    accounts: list[Account] = []
    folders = sorted(file.parent for file in charters.glob(f"*/{PLACE_FILE}" if every else f"*/{PEOPLE_FILE}"))
    for folder in sorted(folders, key=lambda one: not (one / PEOPLE_FILE).exists()):  # with accounts first
        place, found = set_up(folder, hashed, secret)
        places.append(place)
        accounts += found
    return Demo(tuple(places), tuple(accounts), password, secret)


@transaction.atomic
def set_up(folder: Path, hashed: str, secret: str) -> tuple[Place, list[Account]]:
    """One charter's place and people; `hashed` is the stored form of the password. Raises `CannotAdopt`."""
    place, charter = set_up_place(folder)
    who = _yaml(folder / PEOPLE_FILE)
    accounts = [_account(line, charter, place, who, hashed, secret) for line in who.get("people", ())]
    return place, accounts


@transaction.atomic
def set_up_place(folder: Path) -> tuple[Place, Charter]:
    """One charter's place with the charter in force, and nobody in its seats. Raises `CannotAdopt`."""
    where = _yaml(folder / PLACE_FILE)
    place = _places(where)
    adoption, _ = adopt(folder, place, _start_of(where["adopted"]), "system", where.get("titles"))
    return place, charter_of(adoption.charter_version)


def shipped_place(charters: Path, community: str) -> Path | None:
    """The charter's folder that describes the place of this code or short name."""
    files = sorted(charters.glob(f"*/{PLACE_FILE}"))
    return next((f.parent for f in files if community in _names(_yaml(f))), None)


def _names(where: Mapping[str, Any]) -> tuple[str, str]:
    return str(where.get("place", "")), str(where.get("short", ""))


def demo_secret(home: Path) -> str | None:
    """The secret of the demo's code generators, or None where no demo was set up."""
    file = home / KEY_FILE
    return str(json.loads(file.read_text())["secret"]) if file.exists() else None


def _keys(home: Path) -> tuple[str, str]:
    file = home / KEY_FILE
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = {"password": "-".join(secrets.token_hex(2) for _ in range(4)), "secret": new_secret()}
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(fresh, out)
    kept = json.loads(file.read_text())
    return kept["password"], kept["secret"]


def _yaml(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return loaded


def places_of(file: Path) -> Place:
    """The places that a `place.yaml` names, made or brought up to date; gives the one the charter is for."""
    with transaction.atomic():
        return _places(_yaml(file))


def _places(where: Mapping[str, Any]) -> Place:
    made: dict[str, Place] = {}
    for line in where["places"]:
        place = add_place(line["code"], line["name"], line["level"])
        parent = next((made[path] for path in paths_above(place.path)[1:] if path in made), None)
        if parent and place.parent_id is None:
            place.parent = parent
            place.save(update_fields=["parent"])
        made[place.path] = place
    home = Place.objects.get(code=where["place"])
    home.short = where.get("short")
    home.save(update_fields=["short"])
    return home


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _account(
    line: Mapping[str, Any], charter: Charter, place: Place, who: Mapping[str, Any], hashed: str, secret: str
) -> Account:
    since = _start_of(who["since"])
    person = _person(line, hashed, secret, since)
    for organ, seat in _seats(line, charter, place):
        held = person.seat_terms.filter(organ_instance=organ, seat=seat, end=None)
        if not held.exists():
            take_seat(person, organ, charter.organs[organ.organ].seats.get(seat), since)
    return Account(line["role"], line["name"], line.get("login", ""), line.get("mail", line.get("phone", "")))


def _person(line: Mapping[str, Any], hashed: str, secret: str, since: datetime) -> Person:
    home = Place.objects.filter(code=line.get("home")).first()
    if login := line.get("login"):
        person = Person.objects.filter(login=login).first() or create_staff(login, line["name"], None, since)
        person.password = person.password if person.has_usable_password() else hashed
        if not SecondFactor.objects.filter(person=person).exists():
            set_up_second_factor(person, secret, since)
    else:
        person = register_resident(parse_contact(line.get("mail") or line["phone"]), home, since)
    person.display_name, person.home = line["name"], home
    person.save()
    return person


def _seats(line: Mapping[str, Any], charter: Charter, place: Place) -> Iterator[tuple[OrganInstance, str]]:
    for item in line.get("seats", ()):
        text = item["organ"] if isinstance(item, dict) else item
        where = Place.objects.get(code=item["at"]) if isinstance(item, dict) else place
        organ, _, seat = text.partition(".")
        yield OrganInstance.objects.get(pk=int(nearest_cast(charter, where)[organ])), seat
