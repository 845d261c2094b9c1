"""A clerk to be killed: files matters one after another and says each number only when it was promised.

python -m tests.support.file_many PERSON PLACE FIRST LAST
"""

from __future__ import annotations

import sys
from datetime import timedelta

import django

django.setup()

from gongzhi.desk.draft import NewMatter  # noqa: E402
from gongzhi.desk.step import file_matter  # noqa: E402
from gongzhi.records.institutions.models import Place  # noqa: E402
from gongzhi.records.people.models import Person  # noqa: E402
from tests.support.community import MONDAY  # noqa: E402


def main(person: int, place: int, first: int, last: int) -> None:
    resident, where = Person.objects.get(pk=person), Place.objects.get(pk=place)
    for n in range(first, last):
        new = NewMatter(where, "lamp", words={"what": f"第{n}盏灯不亮"})
        taken = file_matter(new, resident, MONDAY + timedelta(seconds=n), f"key {n}")
        print(n, taken.matter.number, flush=True)


main(*(int(word) for word in sys.argv[1:]))
