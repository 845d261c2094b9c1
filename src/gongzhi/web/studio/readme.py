"""The README beside a charter as headings, paragraphs and lists; its tables are left to the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

__all__ = ["Block", "readme"]

MARKS = re.compile(r"[`*]")
MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Block:
    """kind: head, text or list."""

    kind: str
    lines: tuple[str, ...]


def readme(name: str) -> list[Block]:
    """What the README of a shipped charter says, without its title; nothing where there is none."""
    file = Path(settings.GONGZHI_CHARTERS) / name / "README.md"
    if not file.is_file() or file.stat().st_size > MOST_BYTES:
        return []
    pieces = re.split(r"\n\s*\n|\n(?=#)|(?<=\n)(?=##)", file.read_text(encoding="utf-8", errors="replace"))
    blocks = [block for piece in pieces for block in _blocks(piece.strip())]
    return blocks[1:] if blocks and blocks[0].kind == "head" else blocks


def _blocks(piece: str) -> list[Block]:
    if not piece or piece.startswith("|"):
        return []
    if piece.startswith("#"):
        head, _line, rest = piece.partition("\n")
        return [Block("head", (_plain(head.lstrip("# ")),)), *_blocks(rest.strip())]
    if piece.startswith("- "):
        return [Block("list", tuple(_plain(item) for item in re.split(r"\n- ", piece[2:])))]
    return [Block("text", (_plain(piece),))]


def _plain(text: str) -> str:
    return " ".join(MARKS.sub("", text).split())
