"""Every refusal that engine, records and desk can give has a sentence, in both languages."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from gongzhi.core.procedure.effects import __dict__ as effects
from gongzhi.core.procedure.refusals import REFUSALS as CORE
from gongzhi.words.refusals import REFUSALS
from gongzhi.words.speaker import EFFECTS, Speaker
from gongzhi.words.terms import Terms
from tests.charters.shipped import shipped

SOURCE = Path(__file__).parents[2] / "src" / "gongzhi"
RAISED = re.compile(r'Refused\(\s*"([a-z_]+)"')
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def raised(*rooms: str) -> set[str]:
    """Codes that the code of these rooms gives."""
    files = [file for room in rooms for file in (SOURCE / room).rglob("*.py")]
    return {code for file in files for code in RAISED.findall(file.read_text(encoding="utf-8"))}


def test_every_code_of_the_engine_is_listed_with_its_meaning() -> None:
    assert raised("core/procedure") <= CORE.keys()


@pytest.mark.parametrize("code", sorted(CORE.keys() | raised("records", "desk")))
def test_every_code_has_a_sentence_in_both_languages(code: str) -> None:
    assert code in REFUSALS, f"no sentence for {code}"
    charter = shipped("fuqu").charter
    assert charter is not None
    speaker = Speaker(Terms(charter), charter.procedures["fire_lane"])
    args: dict[str, Any] = defaultdict(
        str, times=2, n=3, count=1, at_least=3, organ="street_office", holder="street_office", step="handle",
        parts=["help.owners_committee"], documents=["minutes"], fields=[], grounds=[], part="help.owners_committee",
        at="2026-03-16T08:30:00+08:00", last="2026-03-16T08:30:00+08:00", adjudicator="street_joint_meeting",
        last_day="2026-03-16",
    )  # fmt: skip
    with translation.override("zh-hans"):
        said = speaker.refusal(code, args, "handle")
    with translation.override("en"):
        english = speaker.refusal(code, args, "handle")
    assert CHINESE.search(said) and not CHINESE.search(english), english
    assert "{" not in said + english


def test_every_effect_has_a_line_or_is_silent_on_purpose() -> None:
    kinds = {name for name, kind in effects.items() if isinstance(kind, type) and kind.__module__.endswith("effects")}
    assert kinds - EFFECTS.keys() == {"Reason", "Refused", "Effect", "Asked"}
