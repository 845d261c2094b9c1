"""Keys of documents and the templates of their papers; part of the one table in `core.charter.keys`."""

from __future__ import annotations

from gongzhi.core.charter.types import TEXT, Key, listed, mapped, may, must, noun

PAPERWORK: dict[str, dict[str, Key]] = {
    "document": {"title": must(TEXT), "template": may(noun("template"))},
    "template": {"sections": must(listed(noun("section"))), "heading": may(TEXT), "law": may(TEXT)},
    "section": {
        "title": may(TEXT),
        "says": may(listed(TEXT), ()),
        "asks": may(mapped(TEXT), {}),
        "signs": may(listed(TEXT), ()),
    },
}
