"""Good charters have no findings, bad ones exactly those written beside them; every code is shown once."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from gongzhi.core.charter.read import MOST_BYTES
from gongzhi.core.check import check_folder
from gongzhi.words.findings import TEXTS, finding_mend, finding_text
from tests.charters.play import CHARTERS, LAW
from tests.charters.record import EXPECTED, HERE, bad, findings_of, good

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gongzhi" / "core"


def shipped() -> list[Path]:
    return sorted(path.parent for path in CHARTERS.glob("*/charter.yaml"))


@pytest.mark.parametrize("folder", bad(), ids=lambda path: path.name)
def test_a_bad_charter_has_exactly_these_findings(folder: Path) -> None:
    expected = (folder / EXPECTED).read_text(encoding="utf-8")
    assert findings_of(folder) == expected
    assert f" {folder.name} " in expected


@pytest.mark.parametrize("folder", [*good(), *shipped()], ids=lambda path: path.name)
def test_a_good_charter_is_proved(folder: Path) -> None:
    report = check_folder(folder, LAW)
    assert [finding for finding in report.findings if finding.severity != "notice"] == []
    assert report.charter
    assert report.worst.keys() == report.states.keys() == report.charter.procedures.keys()
    for procedure in report.charter.procedures:
        assert f"can_end:{procedure}" in report.proved
        assert report.worst[procedure].slow <= report.worst[procedure].late


@pytest.mark.parametrize("folder", shipped(), ids=lambda path: path.name)
def test_a_shipped_charter_says_itself_where_it_differs_from_the_law(folder: Path) -> None:
    notices = {finding.code for finding in check_folder(folder, LAW).findings}
    readme = (folder / "README.md").read_text("utf-8")
    assert notices == set(re.findall(r"GZ\d{3}", readme))


def test_every_code_is_told_in_words_and_shown_by_a_charter() -> None:
    used = {code for path in SOURCE.rglob("*.py") for code in re.findall(r'"(GZ\d{3})"', path.read_text("utf-8"))}
    assert used == set(TEXTS)
    shown = {path.name for path in bad()} | {"GZ003"}  # a file that is too large is made in its own test
    assert used == shown


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "charter.yaml").write_text("#" * (MOST_BYTES + 1))
    report = check_folder(tmp_path, LAW)
    assert [finding.code for finding in report.findings] == ["GZ003"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sentence_is_complete(language: str) -> None:
    with translation.override(language):
        for folder in bad():
            law = folder / "_law" if (folder / "_law").is_dir() else LAW
            for finding in check_folder(folder, law).findings:
                for text in (finding_text(finding), finding_mend(finding)):
                    assert text and "…" not in text, (finding, text)
                    assert language == "zh-hans" or not re.search("[，。]", text), text


def test_the_recorded_findings_can_fail() -> None:
    assert findings_of(HERE / "good" / "minimal") != (HERE / "bad" / "GZ501" / EXPECTED).read_text(encoding="utf-8")
