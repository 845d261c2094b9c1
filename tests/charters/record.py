"""The exact findings of every charter under `bad/`. `python -m tests.charters.record` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).parent
LAW = HERE.parents[1] / "charters" / "_law"
EXPECTED = "expected.txt"


def bad() -> list[Path]:
    return sorted(path for path in (HERE / "bad").iterdir() if path.is_dir())


def good() -> list[Path]:
    return sorted(path for path in (HERE / "good").iterdir() if path.is_dir())


def findings_of(folder: Path) -> str:
    """`file:line: CODE message` for each finding, with the way that shows it."""
    from gongzhi.commands.charter import finding_line
    from gongzhi.core.check import check_folder
    from gongzhi.words.findings import finding_way

    law = folder / "_law" if (folder / "_law").is_dir() else LAW
    lines = []
    for finding in check_folder(folder, law).findings:
        lines.append(finding_line(finding))
        if finding.path:
            lines.append(f"    {finding_way(finding)}")
    return "\n".join(lines) + "\n"


def record() -> None:
    for folder in bad():
        (folder / EXPECTED).write_text(findings_of(folder), encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    django.setup()
    record()
