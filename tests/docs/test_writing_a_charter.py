"""The guide for writing a charter is carried out, block by block, as a reader would do it in an empty home."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "writing-a-charter.md"
BLOCK = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str, str]]:
    """Language, what is said beside it, text."""
    return BLOCK.findall(GUIDE.read_text("utf-8"))


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder with the law and the template as a reader has them, and an environment of its own."""
    for name in ("_law", "template"):
        shutil.copytree(ROOT / "charters" / name, tmp_path / "charters" / name)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GONGZHI_", "DATABASE_", "DJANGO_"))}
    programs = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    ours = {"GONGZHI_HOME": str(tmp_path / "var"), "GONGZHI_CHARTERS": str(tmp_path / "charters"), "PATH": programs}
    return tmp_path, kept | ours | {"PYTHONUTF8": "1"}


@pytest.mark.slow
def test_the_guide_leads_to_an_adopted_charter(place: tuple[Path, dict[str, str]]) -> None:
    folder, environment = place
    said = ""
    for language, beside, text in blocks():
        file = re.match(r"# (charters/\S+)\n", text)
        if language == "yaml" and file:
            (folder / file[1]).write_text(text, "utf-8")
        if language != "sh":
            continue
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == (beside == "fails"), f"{text}\n{done.stdout}{done.stderr}"
        said += done.stdout + done.stderr
    assert "5个工作日内" in said and "within 5 working days" in said
    assert "repair.yaml:" in said and "GZ201" in said and "check" in said
    assert "只看不改" in said and "幸福社区从2026年12月1日（周二）起采用《幸福社区章程》第1版" in said
    assert "幸福社区从2027年1月1日（周五）起采用《幸福社区章程》第2版" in said
    with sqlite3.connect(folder / "var" / "gongzhi.sqlite3") as database:
        rows = database.execute("select charter, start, end from records_adoption order by start").fetchall()
    assert [(name, bool(end)) for name, _, end in rows] == [("xingfu", True), ("xingfu", False)]


def test_the_step_shown_is_the_one_of_the_template() -> None:
    shown = next(text for language, _, text in blocks() if language == "yaml")
    template = (ROOT / "charters" / "template" / "procedures" / "repair.yaml").read_text("utf-8")
    plain = re.sub(r" +#.*", "", template)
    assert shown in plain


def test_every_command_of_charters_is_in_the_guide() -> None:
    from gongzhi.cli import COMMANDS

    table = COMMANDS["charter"]
    assert isinstance(table, dict)
    text = GUIDE.read_text("utf-8")
    assert [name for name in table if f"gongzhi charter {name}" not in text] == []
