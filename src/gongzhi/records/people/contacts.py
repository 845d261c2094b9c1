"""Phone numbers and mail addresses: one written form each, so that the same one is found again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from gongzhi.records.crypto import blind_index

PHONE_DIGITS = 11  # mobile numbers of mainland China
MAIL = re.compile(r"^[^@\s<>\"',;:]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$")


class BadContact(ValueError):
    """Not a phone number or mail address; `code` and `digits` say what is wrong for a sentence."""

    def __init__(self, code: str, digits: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.digits = digits


@dataclass(frozen=True, slots=True)
class Contact:
    """`kind` is the channel it is reached by; `value` its one written form."""

    kind: Literal["phone", "mail"]
    value: str

    @property
    def index(self) -> str:
        return blind_index(self.kind, self.value)

    @property
    def masked(self) -> str:
        """Enough to recognise one's own (138****1234, z***@example.org), too little to call somebody."""
        if self.kind == "phone":
            return f"{self.value[:3]}****{self.value[-4:]}"
        name, _, host = self.value.partition("@")
        return f"{name[:1]}***@{host}"


def parse_contact(text: str) -> Contact:
    """The contact somebody typed: full width, spaces, dashes and +86 allowed. Raises `BadContact`."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if not plain:
        raise BadContact("contact_empty")
    if "@" in plain:
        return _mail(plain)
    return _phone(plain)


def _mail(plain: str) -> Contact:
    if len(plain) > 254 or ".." in plain or not MAIL.match(plain):
        raise BadContact("contact_mail")
    return Contact("mail", plain)


def _phone(plain: str) -> Contact:
    digits = re.sub(r"[\s()\-.]", "", plain)
    digits = re.sub(r"^(\+|00)86", "", digits)
    if not digits.isascii() or not digits.isdecimal():
        raise BadContact("contact_unknown")
    if len(digits) != PHONE_DIGITS or digits[0] != "1":
        raise BadContact("contact_phone", len(digits))
    return Contact("phone", digits)
