"""Times in the reader's language, for sentences. Pages format their own times with the filters of `web`."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import get_language

from gongzhi.words import formats


def language() -> str:
    return (get_language() or "zh-hans").lower()


def at_text(value: datetime | str | None) -> str:
    """A moment; the end of a day is said as such. Empty for None."""
    if value is None or value == "":
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if formats.is_end_of_day(moment):
        return formats.due(moment, language())
    return formats.moment(moment, language())


def second_text(value: datetime | str | None) -> str:
    """A moment to the second, and to the thousandth where it matters. Empty for None."""
    if value is None or value == "":
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return formats.second(moment, language())


def day_text(value: date) -> str:
    return formats.day(value, language())
