"""Writes the style gallery to a directory, to be looked at in a browser: python -m tests.web.gallery OUT_DIR."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

SIZES = ("std", "large", "xl")


def main(out: Path) -> None:
    """One file per language and text size; serve the directory that holds static/ beside them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    django.setup()
    from tests.web.gallery.render import render_gallery

    out.mkdir(parents=True, exist_ok=True)
    for lang in ("zh-hans", "en"):
        for size in SIZES:
            (out / f"{lang}-{size}.html").write_text(render_gallery(lang, size), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
