"""What somebody typed, made clean, and judged with a sentence that says what to do."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

__all__ = ["LONGEST", "clean_line", "clean_text", "hide_numbers", "photo_sentence", "what_sentence"]

LONGEST = 2000
LINE = 200
# Signs that turn the reading direction can make a text look like another one.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF])
_LONG_NUMBER = re.compile(r"(?<!\d)(\d{3})[\d \-]{3,14}(\d{2}[\dXx]{2})(?!\d)")


def clean_text(typed: str) -> str:
    """Without control characters; line breaks kept, at most two in a row."""
    plain = typed.replace("\r\n", "\n").replace("\r", "\n").translate(_TURNING)
    kept = "".join(sign for sign in plain if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Co"))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def clean_line(typed: str) -> str:
    """One line without control characters, at most 200 signs."""
    return " ".join(clean_text(typed).split())[:LINE]


def what_sentence(text: str) -> str:
    """What is wrong with the words about the matter; empty: nothing."""
    if len("".join(text.split())) < 2:
        return _("请写一句是什么事，如“3号楼路灯不亮”")
    if len(text) > LONGEST:
        return _("写了%(count)d个字，最多%(most)d个字。请写短些，细节可以放在照片里") % {
            "count": len(text),
            "most": LONGEST,
        }
    return ""


def photo_sentence(code: str, name: str) -> str:
    """Why a photo was not taken, and what to do."""
    sentences = {
        "empty": _("照片“%(name)s”是空的，换一张；文字都还在"),
        "too_large": _("照片“%(name)s”超过20MB，换一张；文字都还在"),
        "too_many_pixels": _("照片“%(name)s”太大了，拍小一点再传；文字都还在"),
        "heic": _("照片“%(name)s”是HEIC格式，这里打不开。换一张JPG或PNG；文字都还在"),
        "not_photo": _("“%(name)s”不是照片，换一张JPG或PNG；文字都还在"),
        "broken": _("照片“%(name)s”打不开，换一张JPG或PNG；文字都还在"),
        "too_many": _("最多6张照片，“%(name)s”没有放进来；文字都还在"),
    }
    return sentences[code] % {"name": name}


def hide_numbers(text: str) -> str:
    """The text with phone and identity numbers covered, for everybody to read."""
    return _LONG_NUMBER.sub(r"\1****\2", text)
