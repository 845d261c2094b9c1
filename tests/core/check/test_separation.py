"""Who inspects work is apart from whoever did it, also when a choice stands between the two."""

from dataclasses import replace

from gongzhi.core.charter.spec import Apart, Holder, Part
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


def shared(level: str) -> list[str]:
    """Work in which the inspecting organ has a part."""
    helped = replace(task("work", "inspect"), parts=(Part("help", Holder("organ", "committee"), "help"),))
    inspect = replace(task("inspect", "end"), do="inspection", by=Holder("organ", "committee"))
    inspect = replace(inspect, apart_from=(Apart("work", level),))  # type: ignore[arg-type]
    found = separation.check(charter_of(procedure(helped, inspect)), NOWHERE)
    return [one.code for one in found if one.code == "GZ702"]


def test_a_part_in_the_work_is_work_for_who_inspects_it() -> None:
    """The engine would refuse the inspection, so the charter cannot be adopted."""
    assert shared("organ") == ["GZ702"] and shared("person") == []
