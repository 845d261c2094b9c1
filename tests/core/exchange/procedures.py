"""Procedures for the tests of exchange: every shipped one, and generated ones that use every key of the language."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from gongzhi.core.charter.keys import NOUNS
from gongzhi.core.charter.spec import GROUPS, Charter, Procedure
from gongzhi.core.charter.types import Type
from gongzhi.core.exchange.rebuild import noded, rebuild
from tests.charters.shipped import shipped

STEPS = ("s1", "s2", "close.ask", "s4")
ENDS = ("e1", "e2")
TEXT = st.text(st.sampled_from("甲乙𠀀é ab<>&\"'\n\r\t#:{}[]|\\-%@`$\u2028\x85"), min_size=1, max_size=8).filter(
    lambda text: text.strip() == text and not text.startswith("$")
)
SCALARS: dict[str, Any] = {
    "text": TEXT,
    "name": st.sampled_from(["one", "two", "three", *STEPS]),
    "number": st.integers(0, 10**9),
    "yesno": st.booleans(),
    "span": st.sampled_from(["5wd", "30d", "2h", "3wh", "1mo", "15min", "1y"]),
    "day": st.just("2026-03-16"),
    "monthday": st.just("01-31"),
    "condition": TEXT,
    "holder": st.sampled_from(
        ["office", "office.head", "duty", "filer", "parties", "field f", "same s1", *GROUPS[:2], "works"]
    ),
}
NOT_WRITTEN = {("procedure", "use"), ("procedure", "steps"), ("procedure", "ends")}
TARGETS = st.sampled_from([*STEPS, *ENDS])


def procedure_of(name: str, procedure: str) -> Procedure:
    return charter_of(name).procedures[procedure]


def charter_of(name: str) -> Charter:
    charter = shipped(name).charter
    assert charter is not None
    return charter


def values(type_: Type) -> st.SearchStrategy[Any]:
    """Anything that may stand at a key of this type."""
    if type_.kind == "either":
        return st.one_of([values(one) for one in type_.of])
    if type_.kind == "one_of":
        return st.sampled_from(type_.values)
    if type_.kind == "list":
        return st.lists(values(type_.of), max_size=2)
    if type_.kind == "map":
        return st.dictionaries(SCALARS["name"], values(type_.of), max_size=2)
    return noun(type_.of) if type_.kind == "noun" else SCALARS[type_.kind]


def noun(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any of its keys; those that are required always."""
    keys = {key: rule for key, rule in NOUNS[name].items() if (name, key) not in NOT_WRITTEN}
    required = {key: values(rule.type) for key, rule in keys.items() if rule.required}
    return st.fixed_dictionaries(
        required, optional={key: values(rule.type) for key, rule in keys.items() if key not in required}
    )


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    """A procedure of the language: whether it makes sense does not matter here, but every target exists."""
    plain = draw(noun("procedure"))
    plain["start"] = draw(st.sampled_from(STEPS))
    if "after_merge" in plain:
        plain["after_merge"] = draw(st.sampled_from(STEPS))
    if "reopen" in plain:
        plain["reopen"]["to"] = draw(st.sampled_from(STEPS))
    plain["steps"] = {name: _fitted(draw, draw(noun("step"))) for name in STEPS}
    plain["ends"] = {name: draw(noun("end")) for name in ENDS}
    made, findings = rebuild(noded(plain))
    assert made is not None, findings
    return made


def _fitted(draw: st.DrawFn, step: dict[str, Any]) -> dict[str, Any]:
    """Choices have lines and no outcomes, all else the other way; targets are steps and ends; each part once."""
    step = {
        key: value for key, value in step.items() if key not in ("signed_by", "calls", "with") or "parts" not in step
    }
    for key in ("then", "beyond") if step.get("do") == "choice" else ("when",):
        step.pop(key, None)
    for key in ("signed_by", "calls", "with"):
        if key in step:
            step[key] = list(
                {str(item["who"] if isinstance(item, dict) else item): item for item in step[key]}.values()
            )
    if "beyond" in step:
        step["beyond"] = draw(TARGETS)
    for name, result in step.get("then", {}).items():
        step["then"][name] = draw(TARGETS) if isinstance(result, str) else {**result, "go": draw(TARGETS)}
    step["when"] = [{**line, "go": draw(TARGETS)} for line in step.get("when", [])]
    return step
