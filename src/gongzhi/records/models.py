"""Django looks for models here; each room keeps its own."""

from gongzhi.records.institutions.models import Adoption, CharterVersion, OrganInstance, Place
from gongzhi.records.people.models import (
    Allowance,
    HelperConsent,
    Person,
    SeatTerm,
    SecondFactor,
    SignInCode,
)

__all__ = [
    "Adoption",
    "Allowance",
    "CharterVersion",
    "HelperConsent",
    "OrganInstance",
    "Person",
    "Place",
    "SeatTerm",
    "SecondFactor",
    "SignInCode",
]
