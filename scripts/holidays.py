"""Write charters/_law/holidays.yaml from the `holidays` package.

    python scripts/holidays.py > charters/_law/holidays.yaml

Run it when the State Council has published the next year, and raise LAST_PUBLISHED. The file is committed:
a deadline must not change because a package was updated (semantics R26).
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from importlib.metadata import version

# This file is called like the package it needs; the script's own folder must not come first.
sys.path.pop(0)
import holidays

FIRST, LAST_PUBLISHED, LAST = 2000, 2026, 2027

HEAD = """\
# 有日期的放假安排：off 放假（周末不用重复写），work 调休上班。由 scripts/holidays.py 生成，请不要手改。
# Dated holiday tables: days off beside ordinary weekends, and weekend days worked instead.
# published: false 是推算的，还没有公布；落在这些年份的期限会标「临时」。
# 12 月底的调休有时由下一年的通知规定，这里写在它自己的年份下。
version: "{today}"
text_source: PyPI holidays {package}（非官方出版物，请与国务院办公厅的通知核对）
hours: [09:00-12:00, 13:30-17:30]
years:"""


def source(year: int) -> str:
    """Where a year's holidays come from, as far as we know it."""
    if year > LAST_PUBLISHED:
        return f"推算（{year}年的通知还没有收录）"
    if year >= 2007:
        return f"国务院办公厅关于{year}年部分节假日安排的通知"
    if year >= 2001:
        return f"国务院办公厅{year}年放假安排（通知名称未核对）"
    return "全国年节及纪念日放假办法（1999年），没有收录调休"


def row(year: int) -> str:
    """One year as three short lines."""
    table = holidays.China(years=year)
    off = sorted(day for day in table if day.year == year)
    work = sorted(day for day in table.weekend_workdays if day.year == year)
    return "\n".join(
        (
            f"  {year}:",
            f"    {{published: {str(year <= LAST_PUBLISHED).lower()}, source: {source(year)},",
            f"     off: [{listed(off)}],",
            f"     work: [{listed(work)}]}}",
        )
    )


def listed(days: list[date]) -> str:
    """Days as MM-DD."""
    return ", ".join(f"{day:%m-%d}" for day in days)


def main() -> None:
    """Print the whole file."""
    print(HEAD.format(today=datetime.now(UTC).date(), package=version("holidays")))
    for year in range(LAST, FIRST - 1, -1):
        print(row(year))


main()
