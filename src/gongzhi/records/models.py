"""Django looks for models here; each room keeps its own."""

from gongzhi.records.institutions.models import Adoption, CharterVersion, OrganInstance, Place
from gongzhi.records.matters.models import (
    AccessLog,
    Act,
    CalendarVersion,
    DailyDigest,
    Matter,
    Message,
    Todo,
    Words,
    Worker,
)
from gongzhi.records.meetings.models import Attendance, Meeting, Resolution
from gongzhi.records.notices.models import Notice, Objection
from gongzhi.records.people.models import (
    Allowance,
    HelperConsent,
    Person,
    SeatTerm,
    SecondFactor,
    SignInCode,
)
from gongzhi.records.people.tokens import ApiToken

__all__ = [
    "AccessLog",
    "Act",
    "Adoption",
    "Allowance",
    "ApiToken",
    "Attendance",
    "CalendarVersion",
    "CharterVersion",
    "DailyDigest",
    "HelperConsent",
    "Matter",
    "Meeting",
    "Message",
    "Notice",
    "Objection",
    "OrganInstance",
    "Person",
    "Place",
    "Resolution",
    "SeatTerm",
    "SecondFactor",
    "SignInCode",
    "Todo",
    "Words",
    "Worker",
]
