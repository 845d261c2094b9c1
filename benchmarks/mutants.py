"""Charters broken on purpose: values, references, texts, and guards taken away one by one."""

from __future__ import annotations

import copy
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

CHARTERS = Path(__file__).parent.parent / "charters"
GOOD = Path(__file__).parent.parent / "tests" / "charters" / "good"
LAW = CHARTERS / "_law"
GUARDS = (
    "apart_from", "at_most", "beyond", "within", "for", "late", "raise", "assume", "from", "handover", "duties", "signed_by",
    "calls", "rule", "then", "when", "ends", "adjudicator", "bound", "window", "object", "fund", "publish", "disclosures",
    "relations", "rights", "seats", "basis", "steps", "organs", "need", "asks", "makes",
)  # fmt: skip
WORDS = [
    "handle", "check", "receive", "closed", "committee", "committee.director", "street_office", "duty", "filer", "parties",
    "5wd", "0d", "7d", "1y", "99999999y", "", "no_answer", "content", "unsigned", "passed", "true", "a && b", "same handle",
    "field x", "$x", "choice", "notice", "meeting", "agreement", "payment", "inspection", "uses.handle > 1", "全", "sign",
]  # fmt: skip
Path_ = tuple[Any, ...]


@dataclass(frozen=True)
class Mutant:
    """The files of a broken charter; `how` says what was done, `touched` which file."""

    base: str
    how: str
    touched: str
    files: dict[str, str]

    def write(self, folder: Path) -> Path:
        for old in folder.rglob("*.yaml"):
            old.unlink()
        for name, text in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", errors="surrogatepass")
        return folder


class Bases:
    """The charters that are broken: their files as text and as data, read once."""

    def __init__(self, folders: list[Path]) -> None:
        self.texts = {folder.name: _texts(folder) for folder in folders}
        yaml = YAML(typ="safe", pure=True)
        self.data = {
            name: {file: yaml.load(text) for file, text in files.items()} for name, files in self.texts.items()
        }

    @classmethod
    def all(cls) -> Bases:
        shipped = [file.parent for file in sorted(CHARTERS.glob("*/charter.yaml"))]
        return cls([GOOD / "minimal", GOOD / "shared_part", *shipped])

    def guards(self) -> Iterator[Mutant]:
        """Every guard of every charter, taken away alone."""
        for base, files in self.data.items():
            for file, data in files.items():
                for path in places(data):
                    if path[-1] in GUARDS:
                        yield self.made(base, f"without {'.'.join(map(str, path))}", file, _without(data, path))

    def random(self, dice: random.Random) -> Mutant:
        """A small charter twice as often as one of the shipped ones."""
        names = list(self.texts)
        base = dice.choice([*names[:2] * 5, "template" if "template" in names else names[0], *names])
        file = dice.choice([name for name in self.texts[base] if not name.startswith("titles")])
        if dice.random() < 0.3:
            return self.made(base, "text", file, None, _cut(dice, self.texts[base][file]))
        data = copy.deepcopy(self.data[base][file])
        for _ in range(dice.randint(1, 3)):
            _change(dice, data)
        return self.made(base, "values", file, data)

    def made(self, base: str, how: str, file: str, data: Any, text: str | None = None) -> Mutant:
        return Mutant(base, how, file, {**self.texts[base], file: written(data) if text is None else text})


def places(data: Any, path: Path_ = ()) -> list[Path_]:
    """Every place in the data, as keys from the top."""
    found = [path] if path else []
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        found += places(value, (*path, key))
    return found


def written(data: Any) -> str:
    yaml, out = YAML(typ="safe", pure=True), io.StringIO()
    yaml.width = 4000
    yaml.dump(data, out)
    return out.getvalue()


def _texts(folder: Path) -> dict[str, str]:
    rooms = [folder, folder / "procedures", folder / "parts"]
    files = [
        file for room in rooms for file in sorted(room.glob("*.yaml")) if file.name not in ("place.yaml", "people.yaml")
    ]
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _at(data: Any, path: Path_) -> Any:
    for key in path:
        data = data[key]
    return data


def _without(data: Any, path: Path_) -> Any:
    copied = copy.deepcopy(data)
    del _at(copied, path[:-1])[path[-1]]
    return copied


def _change(dice: random.Random, data: Any) -> None:
    found = places(data)
    if not found:
        return
    path = dice.choice(found)
    holder, key = _at(data, path[:-1]), path[-1]
    how = dice.random()
    if how < 0.35:
        del holder[key]
    elif how < 0.65:
        holder[key] = copy.deepcopy(
            _at(data, dice.choice(found))
        )  # a value of another place: a name that exists, often
    elif how < 0.75 and isinstance(holder, dict):
        holder[dice.choice(WORDS) or "x"] = copy.deepcopy(holder[key])
    else:
        holder[key] = dice.choice([*WORDS, dice.randint(-2, 10**10), True, None, [], {}, [dice.choice(WORDS)]])


def _cut(dice: random.Random, text: str) -> str:
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(text) + 1)
        new = dice.choice(
            ["", " ", "\n", "\t", ":", "- ", "[", "{", "&a ", "*a", "\x00", "𠀀", "\ud800", "'", "#", "|\n", "---\n"]
        )
        text = text[:at] + new + text[at + dice.randint(0, 30) :]
    return text
