"""How often something may be tried. Counted in the database, so that all processes count together.

Django's cache would need a table or a server of its own to be shared by two workers; this is one row for each
key and window. Keys are keyed digests: the table tells nobody's address or phone number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from gongzhi.records.crypto import blind_index
from gongzhi.records.people.models import Allowance


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` times in each window of `seconds`."""

    name: str
    most: int
    seconds: int


CODE_TO_CONTACT = Limit("code_contact", 10, 86_400)
CODE_FROM_ADDRESS = Limit("code_address", 60, 3_600)
TRY_CODE = Limit("try_code", 30, 3_600)
PASSWORD_OF_LOGIN = Limit("password_login", 10, 900)
PASSWORD_FROM_ADDRESS = Limit("password_address", 60, 3_600)
SECOND_FACTOR = Limit("second_factor", 6, 300)
FILING = Limit("filing", 30, 3_600)


# One statement, so that each try reads its own number and no other try waits for a transaction of ours.
COUNT = (
    'INSERT INTO records_allowance (key, "window", used, expires_at) SELECT %s, %s, 1, %s{source} '
    'WHERE true ON CONFLICT (key, "window") DO UPDATE SET used = records_allowance.used + 1 RETURNING used'
)
# Nobody waits for the disk here: a count that a power cut loses allows one more try.
NO_WAIT = " FROM (SELECT set_config('synchronous_commit', 'off', true)) no_wait"


def spend(limit: Limit, who: str, now: datetime) -> int:
    """Counts one try. 0: allowed; otherwise the seconds to wait until the next window."""
    window = int(now.timestamp()) // limit.seconds
    key = blind_index(f"limit/{limit.name}", who)
    ends = datetime.fromtimestamp((window + 1) * limit.seconds, tz=now.tzinfo)
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT.format(source=NO_WAIT if alone else ""), [key, window, connection.ops.adapt_datetimefield_value(ends)]
        )
        used: int = cursor.fetchone()[0]
    return 0 if used <= limit.most else max(1, int((ends - now).total_seconds()))


def forget_expired(now: datetime) -> int:
    """Removes counters whose window is over; for the worker. Returns how many."""
    return Allowance.objects.filter(expires_at__lt=now - timedelta(hours=1)).delete()[0]
