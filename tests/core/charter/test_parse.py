"""Keys, short forms and defaults of the charter language (semantics section 9)."""

from pathlib import Path

import pytest

from gongzhi.core.calendar import Span
from gongzhi.core.charter.load import Loaded, load_charter
from gongzhi.core.charter.spec import Apart, Holder, Late, Result
from tests.charters.play import CHARTERS, LAW
from tests.charters.record import HERE

MINIMAL = HERE / "good" / "minimal"


def changed(tmp_path: Path, file: str, *changes: tuple[str, str]) -> Loaded:
    """The minimal charter with pieces of one file replaced."""
    for path in MINIMAL.rglob("*.yaml"):
        target = tmp_path / path.relative_to(MINIMAL)
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text("utf-8"), "utf-8")
    text = (tmp_path / file).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / file).write_text(text, "utf-8")
    return load_charter(tmp_path, LAW)


def test_defaults(tmp_path: Path) -> None:
    charter = load_charter(MINIMAL, LAW).charter
    assert charter
    procedure = charter.procedures["repair"]
    handle, check = procedure.steps["handle"], procedure.steps["check"]
    assert (handle.do, handle.offer, handle.need, handle.from_) == ("task", True, "all", "arrival")
    assert handle.by == Holder("duty")
    assert not check.offer
    assert check.apart_from == (Apart("handle", "organ"),)
    assert handle.late == Late(("office",), None, Span(3, "wd"))
    assert charter.version == 1
    assert procedure.withdraw and procedure.reopen is None


def test_short_forms_become_parts(tmp_path: Path) -> None:
    loaded = changed(
        tmp_path,
        "procedures/repair.yaml",
        ("    within: 3wd\n", "    within: 3wd\n    calls: [{who: residents, at_least: 20}, committee.director]\n"
         "    with: [station]\n    signed_by: [office]\n"),
        ("rework: {title: 还没好, go: handle}", "unsigned: {title: 没签, go: handle}"),
    )  # fmt: skip
    assert loaded.charter
    parts = loaded.charter.procedures["repair"].steps["check"].parts
    assert [(part.name, part.do, part.at_least, part.late) for part in parts] == [
        ("sign.office", "sign", 1, "absent"),
        ("attend.residents", "attend", 20, "absent"),
        ("attend.committee.director", "attend", 1, "absent"),
        ("help.station", "help", 1, "absent"),
    ]
    assert parts[1].by == Holder("group", "residents")
    assert parts[2].by == Holder("organ", "committee", "director")


def test_parts_of_a_payment_protect(tmp_path: Path) -> None:
    loaded = changed(
        tmp_path, "procedures/repair.yaml", ("    do: inspection\n", "    do: payment\n    with: [station]\n")
    )
    assert loaded.draft
    assert loaded.draft.procedures["repair"].steps["check"].parts[0].late == "blocks"


def test_a_short_outcome_takes_its_title_from_the_charter(tmp_path: Path) -> None:
    loaded = changed(tmp_path, "procedures/repair.yaml", ("content: {title: 满意, go: closed}", "content: closed"))
    assert loaded.draft
    then = loaded.draft.procedures["repair"].steps["confirm"].then
    assert then["content"] == Result("content", "content", "closed")
    path = tmp_path / "charter.yaml"
    path.write_text(path.read_text("utf-8") + "outcomes:\n  content: 满意\n", "utf-8")
    again = load_charter(tmp_path, LAW).charter
    assert again
    assert again.procedures["repair"].steps["confirm"].then["content"].title == "满意"


def test_an_inspection_keeps_organs_apart_unless_it_says_otherwise(tmp_path: Path) -> None:
    loaded = changed(tmp_path, "procedures/repair.yaml", ("{step: handle, level: organ}", "{step: handle}"))
    assert loaded.draft
    assert loaded.draft.procedures["repair"].steps["check"].apart_from == (Apart("handle", "organ"),)


def test_parameters_are_filled_in(tmp_path: Path) -> None:
    loaded = changed(tmp_path, "procedures/repair.yaml", ("within: 5wd", "within: $normal"))
    assert [finding.code for finding in loaded.findings] == ["GZ106"]
    path = tmp_path / "charter.yaml"
    path.write_text(path.read_text("utf-8") + "parameters:\n  normal: {title: 一般办理, value: 8wd}\n", "utf-8")
    charter = load_charter(tmp_path, LAW).charter
    assert charter
    assert charter.procedures["repair"].steps["handle"].within == Span(8, "wd")
    assert charter.parameters == {"normal": "8wd"}


def test_all_findings_are_reported_not_only_the_first(tmp_path: Path) -> None:
    loaded = changed(
        tmp_path,
        "procedures/repair.yaml",
        ("within: 4h", "within: 4"),
        ("do: inspection", "do: inspektion"),
        ("asked_by: committee", "askedby: committee"),
    )
    assert loaded.charter is None
    assert [(finding.code, finding.line) for finding in loaded.findings] == [
        ("GZ104", 11), ("GZ105", 25), ("GZ101", 37)
    ]  # fmt: skip
    assert dict(loaded.findings[2].args)["meant"] == "asked_by"
    assert loaded.draft


def test_a_shared_part_is_written_out() -> None:
    loaded = load_charter(HERE / "good" / "shared_part", LAW)
    assert loaded.charter
    procedure = loaded.charter.procedures["repair"]
    step = procedure.steps["close.ask"]
    assert step.within == Span(7, "d")
    assert step.asked_by == Holder("organ", "committee")
    assert {name: result.go for name, result in step.then.items()} == {"content": "closed", "no_answer": "closed"}
    assert procedure.steps["check"].then["good"].go == "close.ask"
    assert loaded.lines.where("procedures.repair.steps.close.ask.then").file == "parts/asking.yaml"


def test_a_part_that_nobody_uses_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    text = (HERE / "good" / "shared_part" / "parts" / "asking.yaml").read_text("utf-8")
    (tmp_path / "parts" / "asking.yaml").write_text(text.replace("within:", "withn:"), "utf-8")
    loaded = changed(tmp_path, "charter.yaml")
    assert [(finding.code, finding.file, finding.line) for finding in loaded.findings] == [
        ("GZ101", "parts/asking.yaml", 15)
    ]


def test_the_digest_depends_on_what_is_said_only(tmp_path: Path) -> None:
    before = load_charter(MINIMAL, LAW).charter
    remark = changed(tmp_path, "procedures/repair.yaml", ("steps:\n", "# a remark\nsteps:\n")).charter
    longer = changed(tmp_path, "procedures/repair.yaml", ("within: 5wd", "within: 6wd")).charter
    assert before and remark and longer
    assert before.digest == remark.digest != longer.digest
    assert len(before.digest) == 64


def test_a_digest_covers_the_shared_part(tmp_path: Path) -> None:
    source = HERE / "good" / "shared_part"
    for path in source.rglob("*.yaml"):
        target = tmp_path / path.relative_to(source)
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text("utf-8").replace("default: 7d", "default: 9d"), "utf-8")
    one, other = load_charter(source, LAW).charter, load_charter(tmp_path, LAW).charter
    assert one and other
    assert one.digest != other.digest


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in CHARTERS.glob("*/charter.yaml")), ids=lambda p: p.name
)
def test_shipped_charters_load(folder: Path) -> None:
    loaded = load_charter(folder, LAW)
    assert loaded.charter, loaded.findings
    assert loaded.charter.name == folder.name
