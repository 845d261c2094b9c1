"""Remembering what a matter is about, and forgetting it."""

from __future__ import annotations

from gongzhi.core.routing.similar import likeness
from gongzhi.records.crypto import blind_index
from gongzhi.records.knowledge.models import Likeness
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.records.rows import insert

__all__ = ["forget", "forget_filer", "key", "line_of", "remember"]


def key() -> bytes:
    """The installation's own key for these numbers; without the data key nobody can make them."""
    return bytes.fromhex(blind_index("likeness", ""))


def line_of(path: str) -> str:
    """The community of a place, as the beginning of its path."""
    return path.partition("-")[0]


def remember(matter: Matter, said: str) -> None:
    """Store the numbers of what was said; a text without words leaves none."""
    numbers, line = likeness(said, key()), line_of(matter.place.path)
    insert([Likeness(matter=matter, line=line, number=one, of=len(numbers)) for one in numbers])


def forget(matter: Matter) -> None:
    """The numbers are gone: nothing will be found alike to this matter."""
    Likeness.objects.filter(matter=matter).delete()


def forget_filer(person: Person) -> None:
    """The numbers of everything this person said are gone with the words."""
    Likeness.objects.filter(matter__filer=person).delete()
