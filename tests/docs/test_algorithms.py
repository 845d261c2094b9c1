"""What docs/algorithms says, carried out: the script of the draw, and the worked example of the transferable vote."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from gongzhi.core.decision.draw import draw, read_list
from gongzhi.core.decision.tally import decimals, stv

DOCS = Path(__file__).resolve().parents[2] / "docs" / "algorithms"
SEED = "双色球2026131 03 08 11 19 25 30 07"


def block(file: str, language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", (DOCS / file).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_script_of_the_draw_gives_what_the_program_gives(tmp_path: Path) -> None:
    table, script = tmp_path / "list.csv", tmp_path / "draw.py"
    table.write_text(block("draw.md", "csv"), encoding="utf-8")
    script.write_text(block("draw.md", "python"), encoding="utf-8")
    assert len(block("draw.md", "python").splitlines()) <= 20
    command = [sys.executable, "-X", "utf8", script, table, "5", SEED, "楼"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    ours = draw(read_list(table.read_text("utf-8"), "楼"), 5, SEED)
    assert done.stdout.split() == list(ours.drawn)
    assert ", ".join(ours.drawn) in (DOCS / "draw.md").read_text("utf-8")


def test_the_example_of_the_transferable_vote() -> None:
    found = stv(4, {(0, 1): 9, (0, 2): 4, (1,): 1, (2,): 3, (3, 2): 3}, 2)
    text = (DOCS / "stv.md").read_text("utf-8")
    assert found.elected == (0, 2)
    assert all(decimals(votes) in text for votes in found.rounds[1].votes if votes % 100_000)
    assert decimals(found.rounds[2].votes[2]) in text
