"""YAML with places: what is read, with which line, and what is refused without a crash."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.mutants import _cut
from gongzhi.core.charter import read as reading
from gongzhi.core.charter.findings import Finding
from gongzhi.core.charter.read import Node, Reader, read_text
from tests.charters.play import CHARTERS


def read(text: str) -> tuple[Node | None, list[Finding]]:
    findings: list[Finding] = []
    return read_text(text, "a.yaml", findings), findings


def codes(text: str) -> list[tuple[str, int]]:
    return [(finding.code, finding.line) for finding in read(text)[1]]


def test_every_key_knows_its_line() -> None:
    node, findings = read("# a remark\na:\n  b: [1, 'x']\n  c: true\n")
    assert node and not findings
    assert node.plain() == {"a": {"b": [1, "x"], "c": True}}
    assert node.line_of("a") == 2
    assert [node.value["a"].line_of(key) for key in "bc"] == [3, 4]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("010", "010"), ("1.5", "1.5"), ("2026-01-01", "2026-01-01"),
        ("12:30", "12:30"), ("'5'", "5"), ("5", 5), ("-5", -5), ("true", True), ("null", None), ("~", None),
        ("0x10", "0x10"), ("123456789012345678", "123456789012345678"), ("!!python/object:os.system x", "x"),
    ],
)  # fmt: skip
def test_plain_words_stay_words(written: str, value: object) -> None:
    """YAML 1.2: `no` is no truth value, `010` no eight; dates stay text until a key says that it is a day."""
    node, findings = read(f"a: {written}")
    assert node and not findings
    assert node.plain() == {"a": value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [1, 2\n", ("GZ004", 2)),
        ("a: 1\nb: 2\na: 3\n", ("GZ006", 3)),
        ("a: &x 1\nb: *x\n", ("GZ007", 1)),
        ("a:\n\t- 1\n", ("GZ005", 2)),
        ("a: 1\n---\nb: 2\n", ("GZ010", 2)),
        ("", ("GZ009", 0)),
        ("a: \x00\n", ("GZ002", 1)),
        ("a: \u202e文字\n", ("GZ002", 1)),
        ("? [a]\n: 1\n", ("GZ011", 1)),
    ],
)
def test_what_cannot_be_read_is_a_finding_with_its_line(text: str, expected: tuple[str, int]) -> None:
    assert codes(text) == [expected]


def test_aliases_do_not_grow() -> None:
    """A small file of nested aliases would otherwise become thousands of millions of values."""
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert {code for code, _ in codes("a0: &a0 [x]\n" + "\n".join(levels))} == {"GZ007"}


def test_an_alias_to_itself_is_refused() -> None:
    assert codes("a: &a [*a]\n") == [("GZ007", 1)]


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 5_000, "- " * 50_000, "[" * 45 + "]" * 45])
def test_deep_nesting_is_refused(text: str) -> None:
    assert [code for code, _ in codes(text)] in (["GZ008"], ["GZ004"])


def test_a_file_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_bytes(b"a: 1\nb: \xff\xfe\n")
    reader = Reader(tmp_path)
    assert reader.read(tmp_path / "a.yaml") is None
    assert reader.read(tmp_path / "b.yaml") is None
    assert [(finding.code, finding.file, finding.line) for finding in reader.findings] == [
        ("GZ001", "a.yaml", 0),
        ("GZ002", "b.yaml", 2),
    ]


@given(st.text(max_size=300))
def test_no_text_crashes_the_reader(text: str) -> None:
    node, findings = read(text)
    assert node is not None or findings


@given(
    st.lists(
        st.sampled_from(["a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "&x ", "*x", "!", "'", '"', "|", "#", ","])
    )
)
def test_no_yaml_crashes_the_reader(pieces: list[str]) -> None:
    node, findings = read("".join(pieces))
    assert node is not None or findings


def shape(node: Node | None) -> object:
    if node is None or node.kind not in ("map", "list"):
        return node and (node.value, node.line)
    return [(key, shape(item), node.line_of(key)) for key, item in node.items()]


def seen(text: str) -> tuple[object, list[Finding]]:
    node, findings = read(text)
    return shape(node), findings


def test_both_readers_of_yaml_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every shipped file, whole and cut at random: the same values, lines and findings with and without the one in C."""
    dice = random.Random(5)
    texts = [file.read_text("utf-8") for file in sorted(CHARTERS.rglob("*.yaml")) if file.stat().st_size < 4000]
    texts += [_cut(dice, dice.choice(texts)) for _ in range(100)]
    quick = [seen(text) for text in texts]
    monkeypatch.setattr(reading, "_FAST", None)
    assert quick == [seen(text) for text in texts]


@pytest.mark.parametrize("text", ["- " * 60_000, "? " * 60_000, "'" + "]" * 60_000 + "': " + "[" * 60_000])
def test_what_is_nested_without_end_is_a_finding_and_no_crash(text: str) -> None:
    findings: list[Finding] = []
    assert read_text(text, "f", findings) is None
    assert findings
