"""Numbers, dates and money as people read them, in Chinese and in English (interface guide, "Numbers").

Pure: the language is an argument, "zh-hans" or "en". Times are shown in China's local time, whatever zone they carry.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from gongzhi.core.calendar import CHINA

__all__ = [
    "area",
    "clock",
    "day",
    "day_short",
    "days",
    "due",
    "due_short",
    "grouped",
    "moment",
    "moment_short",
    "money",
    "percent",
    "second",
    "small",
    "span_days",
    "wan",
]

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LAST_MINUTE = time(23, 59)
SMALLEST_CELL = 10


def _english(lang: str) -> bool:
    return lang.startswith("en")


def _local(value: datetime | date) -> datetime:
    """Local time of a moment; a bare day is its midnight. A naive datetime is refused: its zone is unknown."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(0), tzinfo=CHINA)
    if value.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be shown: {value}")
    return value.astimezone(CHINA)


def _day(local: datetime, lang: str, *, year: bool, weekday: bool) -> str:
    if _english(lang):
        text = f"{local.day} {MONTHS_EN[local.month - 1]}"
        return (f"{WEEKDAYS_EN[local.weekday()]} " if weekday else "") + text + (f" {local.year}" if year else "")
    text = f"{local.month}月{local.day}日" + (f"（周{WEEKDAYS_ZH[local.weekday()]}）" if weekday else "")
    return f"{local.year}年{text}" if year else text


def clock(value: datetime) -> str:
    """Time of day, 24 hours: 16:00, 9:05 (no leading zero)."""
    local = _local(value)
    return f"{local.hour}:{local.minute:02d}"


def day(value: datetime | date, lang: str) -> str:
    """2026年3月16日（周一） / Mon 16 March 2026."""
    return _day(_local(value), lang, year=True, weekday=True)


def day_short(value: datetime | date, lang: str, now: datetime) -> str:
    """3月16日（周一） / Mon 16 March; another year than that of `now` is written out."""
    local = _local(value)
    return _day(local, lang, year=local.year != _local(now).year, weekday=True)


def _with_clock(text: str, value: datetime, lang: str) -> str:
    return f"{text}, {clock(value)}" if _english(lang) else f"{text}{clock(value)}"


def second(value: datetime, lang: str) -> str:
    """2026年3月16日16:00:01 / 16 March 2026, 16:00:01; with thousandths where a second is not whole."""
    local = _local(value)
    exact = f"{local:%H:%M:%S}" + (f".{local.microsecond // 1000:03}" if local.microsecond else "")
    text = _day(local, lang, year=True, weekday=False)
    return f"{text}, {exact}" if _english(lang) else f"{text}{exact}"


def moment(value: datetime, lang: str) -> str:
    """2026年3月16日（周一）16:00 / Mon 16 March 2026, 16:00."""
    return _with_clock(day(value, lang), value, lang)


def moment_short(value: datetime, lang: str, now: datetime) -> str:
    """The same without the year of `now`: for lists."""
    return _with_clock(day_short(value, lang, now), value, lang)


def is_end_of_day(value: datetime) -> bool:
    """Whether a deadline is the whole day: 23:59 and later, local."""
    return _local(value).time() >= LAST_MINUTE


def _due(value: datetime, lang: str, *, year: bool) -> str:
    local, english = _local(value), _english(lang)
    if is_end_of_day(value):
        text = _day(local, lang, year=year, weekday=False)
        return f"by end of {text}" if english else f"{text}24:00前"
    text = _with_clock(_day(local, lang, year=year, weekday=True), local, lang)
    return f"by {text}" if english else f"{text}前"


def due(value: datetime, lang: str) -> str:
    """A deadline: 2026年3月19日（周四）16:00前, 2026年8月19日24:00前 / by end of 19 August 2026."""
    return _due(value, lang, year=True)


def due_short(value: datetime, lang: str, now: datetime) -> str:
    """A deadline in a list: 8月19日24:00前 / by end of 19 August."""
    return _due(value, lang, year=_local(value).year != _local(now).year)


def days(start: datetime | date, end: datetime | date, lang: str, now: datetime) -> str:
    """A range of days, both included: 3月16日—8月17日 / 16 March – 17 August."""
    first, last = _local(start), _local(end)
    this = _local(now).year
    years = (first.year != this or last.year != first.year, last.year != this)
    one, two = (_day(value, lang, year=year, weekday=False) for value, year in zip((first, last), years, strict=True))
    if first.date() == last.date():
        return two
    return f"{one} – {two}" if _english(lang) else f"{one}—{two}"


def span_days(count: int, lang: str) -> str:
    """A number of days: 154天 / 154 days, 1 day."""
    if not _english(lang):
        return f"{count}天"
    return f"{count} day" if count == 1 else f"{count} days"


def grouped(value: int | Decimal | float) -> str:
    """A number with thousands: 1,234."""
    return f"{value:,}"


def money(yuan: Decimal | int) -> str:
    """An amount in a book, in yuan: ¥1,234.00, -¥5.00."""
    amount = Decimal(yuan).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,.2f}"


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def wan(yuan: Decimal | int, lang: str) -> str:
    """An amount on a board, in yuan: 54万元, 3.5万元, 800元 / ¥540,000."""
    amount = Decimal(yuan)
    if _english(lang):
        return f"¥{_plain(amount)}"
    if abs(amount) < 10_000:
        return f"{_plain(amount)}元"
    return f"{_plain((amount / 10_000).quantize(Decimal('0.01'), ROUND_HALF_UP))}万元"


def percent(part: int, whole: int, lang: str, unit: str = "") -> str:
    """A share with its parts: 90%（9/10件） / 90% (9 of 10). Of nothing: —."""
    if whole == 0:
        return "—"
    share = (Decimal(100 * part) / whole).quantize(Decimal("1"), ROUND_HALF_UP)
    return f"{share}% ({part:,} of {whole:,})" if _english(lang) else f"{share}%（{part:,}/{whole:,}{unit}）"


def small(count: int, lang: str) -> str:
    """A count of people: below ten it is not shown, because few people can be recognised."""
    if 0 < count < SMALLEST_CELL:
        return "fewer than 10, not shown" if _english(lang) else "少于10，不显示"
    return f"{count:,}"


def area(square_metres: Decimal | float | int, lang: str) -> str:
    """A floor area: 1,234.5平方米 / 1,234.5 m²."""
    number = _plain(Decimal(str(square_metres)))
    return f"{number} m²" if _english(lang) else f"{number}平方米"
