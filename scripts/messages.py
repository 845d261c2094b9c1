"""The English of the screens: Chinese is the source language, locale/en/parts/*.po hold its English.

    python scripts/messages.py compile    write the catalogue that the program reads
    python scripts/messages.py check      say every text without English, every double and every conflict
    python scripts/messages.py missing    print entries to fill in for the texts without English
    python scripts/messages.py tidy       drop the same entry from all parts but the first that has it
    python scripts/messages.py unused     print entries that no code or page asks for (by its literal text)

A text is found in code as the argument of gettext and its relatives (also `_` and `gettext_noop`, which marks
texts kept in tables), and in pages as {{ _("…") }} and {% trans %}.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "gongzhi"
PARTS = ROOT / "locale" / "en" / "parts"
COMPILED = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.mo"

_KEYWORDS: dict[str, object] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract", ".txt": "jinja2.ext:babel_extract"}
_PAGE_OPTIONS = {"silent": "false", "extensions": "jinja2.ext.do"}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)[^{}]*\}(?!\})|%([sd])")

Key = tuple[str, str]  # context (or ""), Chinese text


@dataclass
class Part(Catalog):
    """One .po file that remembers what it says twice."""

    doubles: list[Key] = field(default_factory=list)

    def __init__(self) -> None:
        super().__init__(locale="en", charset="utf-8")
        self.doubles = []

    def __setitem__(self, key: object, message: Message) -> None:
        if message.id and self.get(message.id, message.context) is not None:
            self.doubles.append(key_of(message))
        super().__setitem__(key, message)


def key_of(message: Message) -> Key:
    text = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return message.context or "", text


def english_of(message: Message) -> tuple[str, ...]:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(text or "" for text in texts)


def read_parts(directory: Path = PARTS) -> dict[str, Part]:
    """Every part by its file name, in the order of the names."""
    parts = {}
    for file in sorted(directory.glob("*.po")):
        parts[file.name] = Part()
        with file.open("rb") as lines:
            PoFileParser(parts[file.name], abort_invalid=True).parse(lines)
    return parts


def extract(source: Path = SOURCE) -> dict[Key, str]:
    """Every text that code and pages ask for, and where the first is: `file:line`."""
    found: dict[Key, str] = {}
    for file in sorted(path for path in source.rglob("*") if path.suffix in _METHODS):
        if "static" in file.relative_to(source).parts:
            continue
        for line, key in _texts(file):
            found.setdefault(key, f"{file.relative_to(source)}:{line}")
    return found


def _texts(file: Path) -> Iterator[tuple[int, Key]]:
    options = _PAGE_OPTIONS if file.suffix != ".py" else {}
    try:
        texts = extract_from_file(_METHODS[file.suffix], file, keywords=_KEYWORDS, options=options)
    except Exception as error:
        error.add_note(f"in {file}")
        raise
    for line, text, _comments, context in texts:
        yield line, (context or "", text[0] if isinstance(text, tuple) else text)


def entries(parts: dict[str, Part]) -> Iterator[tuple[str, Message]]:
    for name, part in parts.items():
        for message in part:
            if message.id:
                yield name, message


def merge(parts: dict[str, Part]) -> Catalog:
    """One catalogue of all parts; where two disagree, the first wins and `problems` tells."""
    merged = Catalog(locale="en", charset="utf-8", project="gongzhi")
    for _name, message in entries(parts):
        if all(english_of(message)) and merged.get(message.id, message.context) is None:
            merged.add(message.id, message.string, context=message.context)
    return merged


def problems(wanted: dict[Key, str], parts: dict[str, Part]) -> list[str]:
    """What is wrong with the English, one sentence each; nothing when all is well."""
    found = [f"{name}: 「{text}」 is there twice" for name, part in parts.items() for _, text in part.doubles]
    seen: dict[Key, tuple[str, tuple[str, ...]]] = {}
    for name, message in entries(parts):
        key, english = key_of(message), english_of(message)
        if not all(english) or message.fuzzy:
            found.append(f"{name}: 「{key[1]}」 has no finished English")
        elif _placeholders(key[1]) != _placeholders(english[-1]):
            found.append(f"{name}: 「{key[1]}」 and “{english[-1]}” have different placeholders")
        first, first_english = seen.setdefault(key, (name, english))
        if first != name:
            what = "is there already" if first_english == english else f"is “{first_english[0]}” there"
            found.append(f"{name}: 「{key[1]}」 {what}, in {first}")
    found += [f"{where}: 「{key[1]}」 has no English" for key, where in wanted.items() if key not in seen]
    return found


def _placeholders(text: str) -> list[str]:
    return sorted("".join(match) for match in _PLACEHOLDER.findall(text))


def compile_messages(directory: Path = PARTS, target: Path = COMPILED) -> int:
    """Writes the catalogue that Django reads and gives its number of texts."""
    merged = merge(read_parts(directory))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    with draft.open("wb") as out:
        write_mo(out, merged)
    draft.replace(target)
    return len(merged)


def tidy(directory: Path = PARTS) -> int:
    """Removes an entry from every part but the first when they agree. Gives the number removed."""
    parts, seen, removed = read_parts(directory), {}, 0
    for name, message in list(entries(parts)):
        first, english = seen.setdefault(key_of(message), (name, english_of(message)))
        if first != name and english == english_of(message):
            parts[name].delete(message.id, message.context)
            removed += 1
    for name, part in parts.items():
        with (directory / name).open("wb") as out:
            write_po(out, part, width=0, omit_header=False)
    return removed


def _print_missing() -> None:
    have = {key_of(message) for _name, message in entries(read_parts())}
    for key, where in extract().items():
        if key in have:
            continue
        context = f'msgctxt "{key[0]}"\n' if key[0] else ""
        text = key[1].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        print(f'#: {where}\n{context}msgid "{text}"\nmsgstr ""\n')


def main(command: str) -> int:
    """Runs one command; the exit code is 1 when `check` finds something."""
    if command == "compile":
        print(f"{compile_messages()} texts")
    elif command == "check":
        found = problems(extract(), read_parts())
        print("\n".join(found) or "all texts have one English")
        return int(bool(found))
    elif command == "missing":
        _print_missing()
    elif command == "tidy":
        print(f"{tidy()} removed")
    elif command == "unused":
        wanted = extract()
        print("\n".join(f"{n}: 「{m.id}」" for n, m in entries(read_parts()) if key_of(m) not in wanted))
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
