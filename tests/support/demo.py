"""The shipped demo community for tests: real charter, real organs, real accounts."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from gongzhi.desk.setup import Demo, set_up_demo
from gongzhi.records.people.models import Person


def demo_community(home: Path) -> Demo:
    """Sets up the demo's communities with accounts in the test's database; its keys lie in `home`.

    The other shipped places would cost every test a second and are played by their own stories.
    """
    return set_up_demo(home, Path(settings.GONGZHI_CHARTERS))


def staff(login: str) -> Person:
    return Person.objects.get(login=login)


def resident(demo: Demo, number: int = 0) -> Person:
    """A resident of the demo: 0 the first, 1 the second."""
    contacts = [account.contact for account in demo.accounts if account.contact]
    return next(p for p in Person.objects.filter(login=None) if p.mail == contacts[number])
