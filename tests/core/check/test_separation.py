"""Who inspects work is apart from whoever did it, also when a choice stands between the two."""

from dataclasses import replace

from gongzhi.core.charter.spec import Apart
from gongzhi.core.check import separation
from tests.core.check.procedures import NOWHERE, charter_of, choice, procedure, task


def codes(*apart: Apart) -> list[str]:
    inspect = replace(task("inspect", "end"), do="inspection", apart_from=apart)
    one = procedure(
        task("work", "which", asks=("f",)), choice("which", "f", "past", "end"), task("past", "end"), inspect
    )
    used = replace(one.steps["past"], at_most=1, beyond="inspect")  # straight on once it is used up
    return [
        found.code for found in separation.check(charter_of(replace(one, steps={**one.steps, "past": used})), NOWHERE)
    ]


def test_a_choice_between_work_and_inspection_hides_nothing() -> None:
    assert codes() == ["GZ701"]
    assert codes(Apart("work", "person")) == []
