"""Writes src/gongzhi/core/charter/schema.json from the table of keys. A test says when it is out of date."""

from __future__ import annotations

from pathlib import Path

from gongzhi.core.charter.schema import schema_text

TARGET = Path(__file__).resolve().parents[1] / "src" / "gongzhi" / "core" / "charter" / "schema.json"

if __name__ == "__main__":
    TARGET.write_text(schema_text(), encoding="utf-8")
    print(f"{TARGET.name} written")
