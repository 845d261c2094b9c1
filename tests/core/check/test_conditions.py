"""What conditions ask for, and which values they are tried with."""

from dataclasses import replace

import pytest

from gongzhi.core.charter.spec import Field
from gongzhi.core.check import conditions
from gongzhi.core.check.answered import answered
from gongzhi.core.check.values import combinations, names_in, too_many, values_of
from tests.core.check.procedures import NOWHERE, charter_of, choice, procedure, task


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a && !b", ("a", "b")),
        ("a == 'b && c'", ("a",)),
        ('kind == "x" || kind == "y"', ("kind",)),
        ("uses.handle > 2 && passes == 0", ("uses.handle", "passes")),
        ("size(a) > 3", ("a",)),
        ("a.startsWith('x')", ("a",)),
        ("true || a in ['b']", ("a",)),
        ("cost >= 1000u", ("cost",)),
    ],
)
def test_names_in_a_condition(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


def codes(condition: str) -> list[str]:
    one = procedure(task("a", "x", asks=("f",)), choice("x", condition, "b", "end"), task("b", "end"))
    return [finding.code for finding in conditions.check(charter_of(one), NOWHERE)]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("f", []),
        ("!f", []),
        ("f || g", ["GZ602"]),  # a misspelt name that an evaluation would never look at
        ("f ||", ["GZ601"]),
        ("f + 1", ["GZ603"]),
        ("f ? 1 : 2", ["GZ604"]),
        ("f || !f", ["GZ608"]),
        ("(" * 20 + "f" + ")" * 20, ["GZ610"]),
        ("f.startsWith('x')", ["GZ603"]),
        ("now > 3", ["GZ602"]),
    ],
)
def test_conditions_are_tried_before_anybody_lives_under_them(condition: str, found: list[str]) -> None:
    assert codes(condition) == found


def test_a_field_must_be_answered_on_every_way() -> None:
    shortcut = procedure(
        task("a", "b", "x"), task("b", "x", asks=("f",)), choice("x", "f", "c", "end"), task("c", "end")
    )
    assert answered(shortcut)["x"] == frozenset()
    assert [finding.code for finding in conditions.check(charter_of(shortcut), NOWHERE)] == ["GZ605"]
    both = procedure(task("a", "b", "x", asks=("f",)), task("b", "x"), choice("x", "f", "c", "end"), task("c", "end"))
    assert answered(both)["x"] == {"f"}


def test_silence_answers_nothing() -> None:
    from gongzhi.core.charter.spec import Late

    one = procedure(
        task("a", "x", asks=("f",), late=Late(assume="to_x")), choice("x", "f", "b", "end"), task("b", "end")
    )
    assert answered(one)["x"] == frozenset()


def test_numbers_are_tried_around_what_the_condition_says() -> None:
    money = Field("cost", "cost", "money")
    one = procedure(task("a", "end"))
    assert values_of(money, charter_of(one), ["cost > 1000 && x == '77'"]) == [0, 1, 999, 1000, 1001]


def test_combinations_are_bounded() -> None:
    one = procedure(task("a", "end"))
    fields = {f"f{n}": Field(f"f{n}", "f", "yesno") for n in range(14)}
    one = replace(one, fields=fields)
    assert too_many(fields, one, charter_of(one))
    assert len(combinations(fields, one, charter_of(one))) == 4096
    assert not too_many(list(fields)[:12], one, charter_of(one))
