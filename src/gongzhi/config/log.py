"""Logging to standard error, with personal data masked before a line is written."""

from __future__ import annotations

import logging
import re
from typing import Any

_PERSONAL = [
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "[id number]"),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "[phone]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[mail]"),
]
_QUERY = re.compile(r"(?<=[/\w])\?[^\s\"'<>]+=[^\s\"'<>]*")


def mask(text: str) -> str:
    """Replaces identity numbers, mobile numbers, mail addresses and URL queries by what they are."""
    text = _QUERY.sub("?[query]", text)
    for pattern, name in _PERSONAL:
        text = pattern.sub(name, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that the text of an exception is masked as well."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING: one handler, one format, the given level for our own code."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": MaskingFormatter,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "gongzhi": {"level": level},
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }
