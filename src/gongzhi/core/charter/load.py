"""A charter's folder and the law's folder to one `Charter`, with every finding on the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from gongzhi.core.charter import build
from gongzhi.core.charter.build_commitments import commitments
from gongzhi.core.charter.expand import Expanded, expand, substitute
from gongzhi.core.charter.findings import Finding, Lines, Where, has_errors, ordered
from gongzhi.core.charter.keys import PAPERS
from gongzhi.core.charter.law import Law, load_law, read_parts
from gongzhi.core.charter.parse import Parser, closest
from gongzhi.core.charter.read import Contents, Node, Reader, Stamps, contents, stamps
from gongzhi.core.charter.registers import REGISTERS_FILE, read_registers
from gongzhi.core.charter.rules import all_rules, own_rules
from gongzhi.core.charter.spec import Charter, Procedure, Relation, Verb
from gongzhi.core.charter.steps import part_names
from gongzhi.core.charter.templates import Template, build_template
from gongzhi.core.charter.types import mapped, noun

CHARTER_FILE = "charter.yaml"
ENGLISH_FILE = "titles.en.yaml"


@dataclass(frozen=True)
class Loaded:
    """`charter` is None where there is an error; `draft` is what could be read all the same, for more findings."""

    charter: Charter | None
    draft: Charter | None
    findings: tuple[Finding, ...]
    lines: Lines
    law: Law


def load_charter(folder: Path, law_folder: Path) -> Loaded:
    """Read, expand and build the charter in `folder`. Never raises for what is written in the files.

    The answer for files that have not changed is kept: reading the YAML of a large charter takes a second.
    """
    folder, law_folder = Path(folder), Path(law_folder)
    return _load(folder, law_folder, contents(folder), stamps(law_folder))


@lru_cache(maxsize=16)
def _load(folder: Path, law_folder: Path, _files: Contents, _law: Stamps) -> Loaded:
    law = load_law(law_folder)
    reader = Reader(folder)
    root = reader.read(folder / CHARTER_FILE)
    loading = _Loading(reader, Parser(reader.findings), law)
    draft = loading.charter(root) if root else None
    findings = ordered([*law.findings, *reader.findings])
    return Loaded(
        charter=None if has_errors(findings) else draft,
        draft=draft,
        findings=tuple(findings),
        lines=Lines(loading.lines),
        law=law,
    )


def digest(content: Any) -> str:
    """SHA-256 over what the files say: comments, order of keys and line breaks do not count."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class _Loading:
    reader: Reader
    parser: Parser
    law: Law
    lines: dict[str, Where] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)  # what the digest covers
    documents: dict[str, str] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)

    def charter(self, root: Node) -> Charter | None:
        if root.kind != "map":
            self.parser.noun(root, "charter")
            return None
        self.content[CHARTER_FILE] = root.plain()
        parameters = self._parameters(root)
        root = self._filled(root, parameters)
        values = self.parser.noun(root, "charter")
        self._index(root, "")
        english = self._english()
        own = own_rules(root, values["rules"], self.law.rules, english, self.parser)
        self._documents(values["documents"])
        self._registers()
        procedures = dict(self._procedures(parameters, build.titles(values["outcomes"])))
        if not list(self.reader.files("procedures")):
            self.parser.report("GZ115", root, 0)
        return Charter(
            name=values["charter"],
            title=values["title"],
            version=values["version"],
            places=tuple(values["places"]),
            organs={name: build.organ(name, item) for name, item in values["organs"].items()},
            procedures=procedures,
            relations=tuple(self._relations(root, values["relations"])),
            categories={name: build.category(name, item) for name, item in values["categories"].items()},
            duties=tuple(build.duty(item) for item in values["duties"]),
            handover=build.handover(values["handover"]),
            adopted_by=tuple(values["adopted_by"]),
            recurring={name: build.recurring(name, item) for name, item in values["recurring"].items()},
            documents=self.documents,
            templates=self.templates,
            parameters={name: str(value) for name, value in parameters.items()},
            parameter_titles=tuple(str(item["title"]) for item in values["parameters"].values()),
            rules=all_rules(self.law.rules, own),
            own_rules=own,
            english=english,
            covers=tuple(values["covers"]),
            **commitments(values),
            digest=digest(self.content),
        )

    def _parameters(self, root: Node) -> dict[str, Any]:
        node = root.get("parameters")
        if node is None or node.kind != "map":
            return {}
        read = Parser().value(node, mapped(noun("parameter")))  # reported with the rest of the charter
        return {name: item["value"] for name, item in read.items()}

    def _filled(self, node: Node, parameters: dict[str, Any]) -> Node:
        kept = node.get("parameters")
        rest = replace(node, value={key: item for key, item in node.value.items() if key != "parameters"})
        filled = substitute(rest, parameters, self.parser)
        return replace(filled, value=({"parameters": kept} if kept else {}) | filled.value)

    def _procedures(self, parameters: dict[str, Any], common: dict[str, str]) -> Iterator[tuple[str, Procedure]]:
        own_parts = read_parts(self.reader, "parts", self.parser)
        for path in self.reader.files("procedures"):
            written = self.reader.read(path)
            if written is None:
                continue
            if written.kind != "map":
                self.parser.noun(written, "procedure")
                continue
            expanded = expand(self._filled(written, parameters), {**self.law.parts, **own_parts}, self.parser)
            procedure = self._procedure(expanded, common)
            self.content[self.reader.name(path)] = expanded.procedure.plain()
            if procedure.name and procedure.name != path.stem:
                self.parser.report("GZ116", written, written.line_of("procedure"), name=procedure.name)
            yield path.stem, procedure

    def _documents(self, values: dict[str, Any]) -> None:
        """Titles and templates; what the charter says itself goes before what a shared part brings along."""
        for key, title in build.titles(values).items():
            self.documents.setdefault(key, title)
        made = {key: item["template"] for key, item in values.items() if isinstance(item, dict) and item["template"]}
        self.templates = {key: build_template(item) for key, item in made.items()} | self.templates

    def _procedure(self, expanded: Expanded, common: dict[str, str]) -> Procedure:
        node = expanded.procedure
        name = str(getattr(node.get("procedure"), "value", ""))
        self._index(node, f"procedures.{name}")
        self._documents(self.parser.value(Node(dict(expanded.documents), node.file, node.line), PAPERS))
        if papers := {key: item.plain() for key, item in expanded.documents.items() if item.get("template")}:
            self.content[f"{node.file} documents"] = papers
        values = self.parser.noun(node, "procedure")
        for step, item in values["steps"].items():
            self._doubles(node, step, list(part_names(item)))
        return build.build_procedure(values, common, expanded.covers)

    def _doubles(self, node: Node, step: str, names: list[str]) -> None:
        for name in sorted({name for name in names if names.count(name) > 1}):
            steps = node.value["steps"]
            self.parser.report("GZ117", steps, steps.line_of(step), part=name)

    def _relations(self, root: Node, texts: list[str]) -> Iterator[Relation]:
        node = root.get("relations")
        for item in node.value if node and node.kind == "list" else []:
            relation = build.relation(str(item.value))
            verbs = get_args(Verb)
            if relation and relation.verb in verbs:
                yield relation
            elif str(item.value) in texts:
                meant = closest(relation.verb, verbs) if relation else ""
                self.parser.report("GZ121", item, text=str(item.value)[:80], meant=meant)

    def _english(self) -> dict[str, str]:
        node = self.reader.read_if_there(self.reader.root / ENGLISH_FILE)
        if node is None:
            return {}
        self._index(node, "english", depth=1)
        if node.kind != "map":
            self.parser.report("GZ103", node, wanted="map", found=node.kind)
            return {}
        return {key: item.value for key, item in node.value.items() if item.kind == "text"}

    def _registers(self) -> None:
        node = self.reader.read_if_there(self.reader.root / REGISTERS_FILE)
        if node is not None:
            self.content[REGISTERS_FILE] = read_registers(node, self.parser)

    def _index(self, node: Node, path: str, depth: int = 8) -> None:
        """Remember where each key stands, so that later findings can say so."""
        self.lines.setdefault(path, Where(node.file, node.line))
        if depth == 0:
            return
        for key, item in node.items():
            inner = f"{path}.{key}" if path else key
            line = node.line_of(key) if node.kind == "map" else item.line
            self.lines[inner] = Where(item.file, line)
            self._index(item, inner, depth - 1)
