"""Triggers that keep the books: two sides balance by fund, numbers have no gap, nothing posted changes or goes.

They speak whoever writes to the database. An entry is inserted as `asked` with its lines; the update to `posted` is
where it is proved.
"""

from __future__ import annotations

# ruff: noqa: S608 - the statements are made of our own names only

ENTRY, LINE, PERIOD, ACCOUNT, FUND = (
    "records_fundentry", "records_fundline", "records_fundperiod", "records_fundaccount", "records_fund",
)  # fmt: skip
FIXED = ("book_id", "kind", "day", "year", "text", "amount", "budget_line_id", "commitment_id", "reverses_id",
         "evidence", "asked_by", "asked_at", "party", "party_kind")  # fmt: skip
MOVED = " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in FIXED)
POSTING = "OLD.state = 'asked' AND NEW.state = 'posted'"
# What is wrong with an entry at the moment of posting -> what the database says.
WRONG = {
    f"EXISTS (SELECT 1 FROM {LINE} WHERE entry_id = NEW.id GROUP BY fund_id HAVING SUM(amount) <> 0)"
    f" OR (SELECT COUNT(*) FROM {LINE} WHERE entry_id = NEW.id) < 2": "the entry does not balance",
    f"NEW.amount <> (SELECT SUM(amount) FROM {LINE} WHERE entry_id = NEW.id AND amount > 0)": "the amount is another",
    f"EXISTS (SELECT 1 FROM {LINE} AS l JOIN {ACCOUNT} AS a ON a.id = l.account_id JOIN {FUND} AS f ON f.id = l.fund_id"
    " WHERE l.entry_id = NEW.id AND (a.book_id <> NEW.book_id OR f.book_id <> NEW.book_id))": "a line of another book",
    f"EXISTS (SELECT 1 FROM {PERIOD} WHERE book_id = NEW.book_id AND month = {{month}})": "the month is closed",
    f"NEW.number <> 1 + COALESCE((SELECT MAX(number) FROM {ENTRY} WHERE book_id = NEW.book_id AND year = NEW.year), 0)":
        "the number leaves a gap",
    "NEW.year <> {year}": "the day lies in another year",
}  # fmt: skip
PLAIN = {  # name: (event, table, condition, message); always refused where the condition holds
    "entry_born": ("INSERT", ENTRY, "NEW.state <> 'asked'", "an entry is asked for first"),
    "entry_fixed": ("UPDATE", ENTRY, "OLD.state <> 'asked'", "a posted entry never changes; reverse it"),
    "entry_moved": ("UPDATE", ENTRY, MOVED, "what was asked for never changes; refuse it and ask anew"),
    "entry_gone": ("DELETE", ENTRY, "OLD.id IS NOT NULL", "entries are never deleted; reverse it"),
    "line_fixed": ("UPDATE", LINE, "OLD.id IS NOT NULL", "lines never change"),
    "line_gone": ("DELETE", LINE, "OLD.id IS NOT NULL", "lines are never deleted"),
    "period_fixed": ("UPDATE", PERIOD, "OLD.id IS NOT NULL", "a closed month stays closed"),
    "period_gone": ("DELETE", PERIOD, "OLD.id IS NOT NULL", "a closed month stays closed"),
}
OF_DAY = {
    "sqlite": {"month": "strftime('%Y-%m-01', NEW.day)", "year": "CAST(strftime('%Y', NEW.day) AS INTEGER)"},
    "postgresql": {"month": "date_trunc('month', NEW.day)::date", "year": "EXTRACT(YEAR FROM NEW.day)::integer"},
}
LATE_LINE = f"(SELECT state FROM {ENTRY} WHERE id = NEW.entry_id) <> 'asked'"


def create_sql(vendor: str) -> list[str]:
    """Statements that make the database keep the books, for `sqlite` or `postgresql`."""
    return [_sqlite(*one) for one in _table("sqlite")] if vendor == "sqlite" else _postgresql()


def drop_sql(vendor: str) -> list[str]:
    """Statements that take the triggers away again."""
    return [
        f"DROP TRIGGER IF EXISTS records_{name}" + ("" if vendor == "sqlite" else f" ON {table}")
        for name, _event, table, _when, _message in _table(vendor)
    ]


def _table(vendor: str) -> list[tuple[str, str, str, str, str]]:
    of_day = OF_DAY[vendor]
    posting = [
        (f"entry_wrong_{nth}", "UPDATE", ENTRY, f"{POSTING} AND ({test.format(**of_day)})", message)
        for nth, (test, message) in enumerate(WRONG.items())
    ]
    plain = [(name, *rest) for name, rest in PLAIN.items()]
    return [*plain, ("line_late", "INSERT", LINE, LATE_LINE, "the entry is posted already"), *posting]


def _sqlite(name: str, event: str, table: str, when: str, message: str) -> str:
    plain = when.replace("IS DISTINCT FROM", "IS NOT")
    return (
        f"CREATE TRIGGER records_{name} BEFORE {event} ON {table} FOR EACH ROW "
        f"WHEN {plain} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql() -> list[str]:
    """PostgreSQL allows no query in WHEN, so each trigger has its function."""
    found = []
    for name, event, table, when, message in _table("postgresql"):
        back = "OLD" if event == "DELETE" else "NEW"
        found += [
            f"CREATE OR REPLACE FUNCTION records_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{message}' USING ERRCODE = '23000'; END IF; RETURN {back}; END $$",
            f"CREATE TRIGGER records_{name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION records_{name}()",
        ]
    return found
