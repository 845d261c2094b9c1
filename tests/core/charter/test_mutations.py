"""Charters broken at random: never a crash, never a hang, and every finding has its words."""

import copy
import random
from pathlib import Path
from typing import Any

from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from gongzhi.core.check import Report, check_folder
from gongzhi.words.findings import finding_mend, finding_text
from tests.charters.play import LAW
from tests.charters.record import HERE

FILES = ("charter.yaml", "procedures/repair.yaml", "parts/asking.yaml")
TEXTS = {name: (HERE / "good" / "shared_part" / name).read_text("utf-8") for name in FILES}
DATA: dict[str, Any] = {name: YAML(typ="safe", pure=True).load(text) for name, text in TEXTS.items()}
WORDS = [
    *["handle", "check", "receive", "closed", "committee", "committee.director", "station", "duty", "filer", "parties"],
    *["5wd", "0d", "7d", "1y", "99999999y", "3", "", "no_answer", "content", "unsigned", "passed", "true", "a && b"],
    *["same handle", "field x", "$x", "choice", "notice", "meeting", "agreement", "payment", "uses.handle > 1", "全"],
]
VALUES = st.one_of(
    st.sampled_from(WORDS), st.integers(-2, 10**10), st.booleans(), st.none(), st.just([]), st.just({}),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.dictionaries(st.sampled_from([*WORDS, "title", "go", "raise", "assume", "step", "by"]), st.sampled_from(WORDS), max_size=3),
)  # fmt: skip
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the data, as keys from the top."""
    found = [path] if path else []
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        found += places(value, (*path, key))
    return found


PLACES = [(name, path) for name in FILES for path in places(DATA[name])]


def written(folder: Path, files: dict[str, Any]) -> Path:
    yaml = YAML(typ="safe", pure=True)
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            target.write_text(content, "utf-8")
            continue
        with target.open("w", encoding="utf-8") as out:
            yaml.dump(content, out)
    return folder


def fine(report: Report) -> None:
    """Nothing is proved for a charter that has errors; every finding can be said."""
    assert (report.charter is None) == any(finding.severity == "error" for finding in report.findings)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert all(finding_text(finding) and finding_mend(finding) for finding in report.findings)


@FEW
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), VALUES, st.sampled_from("sadx")), min_size=1, max_size=4))
def test_changed_values(tmp_path_factory: Any, changes: list[Any]) -> None:
    data = copy.deepcopy(DATA)
    for (name, path), value, how in changes:
        try:
            at = data[name]
            for key in path[:-1]:
                at = at[key]
            if how == "d":
                del at[path[-1]]
            elif how == "a" and isinstance(at, dict):
                at[random.Random(str(value)).choice(WORDS) or "x"] = value
            else:
                at[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    fine(check_folder(written(tmp_path_factory.mktemp("charter"), data), LAW))


@FEW
@given(
    name=st.sampled_from(FILES),
    cuts=st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 30), st.text(max_size=8)), min_size=1, max_size=4),
)
def test_changed_text(tmp_path_factory: Any, name: str, cuts: list[tuple[int, int, str]]) -> None:
    text = TEXTS[name]
    for start, length, new in cuts:
        text = text[:start] + new + text[start + length :]
    folder = written(tmp_path_factory.mktemp("charter"), dict(TEXTS))
    (folder / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    fine(check_folder(folder, LAW))


@FEW
@given(condition=st.text(st.sampled_from("fg&|!()='\"<>+-*/%[]{}.,:? 019abin\n"), max_size=40))
def test_any_condition(tmp_path_factory: Any, condition: str) -> None:
    data = copy.deepcopy(DATA)
    procedure = data["procedures/repair.yaml"]
    procedure["fields"] = {"f": {"title": "甲", "type": "yesno"}, "g": {"title": "乙", "type": "number"}}
    procedure["steps"]["receive"]["asks"] = ["f", "g"]
    procedure["steps"]["receive"]["then"]["sent"]["go"] = "which"
    procedure["steps"]["which"] = {
        "title": "分流",
        "do": "choice",
        "when": [{"if": condition, "go": "handle"}, {"go": "closed"}],
    }
    fine(check_folder(written(tmp_path_factory.mktemp("charter"), data), LAW))
