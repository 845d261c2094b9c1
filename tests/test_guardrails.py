"""`make check` fails as soon as somebody adds a forbidden field: shown by adding one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import guardrails

ROOT = Path(__file__).resolve().parents[1]
FIELD = """
import django; django.setup()
from django.db import models
class Household(models.Model):
    {field}
    class Meta: app_label = "records"
from scripts.guardrails import main
raise SystemExit(main())
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_forbidden_field_fails_the_check() -> None:
    done = run(FIELD.format(field="religion = models.CharField(max_length=9)"))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Household.religion" in done.stderr


def test_as_it_is_the_check_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert guardrails.main() == 0, capsys.readouterr().err


def test_make_check_runs_it() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    assert "scripts/guardrails.py" in text.partition("\ncheck:")[2].partition("\n\n")[0]
