"""One-time codes and code generators: what proves that somebody is who they say.

Codes are kept as a keyed hash for 15 minutes and five tries. The generator's codes (RFC 6238, computed by the
library `cryptography`) are good once: the last step used is kept in the row, so it holds for all processes.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db.models import F

from gongzhi.records.crypto import blind_index
from gongzhi.records.people.contacts import Contact
from gongzhi.records.people.models import Person, SecondFactor, SignInCode

CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=15)
RESEND_AFTER = timedelta(seconds=60)
TRIES = 5
STEP_SECONDS = 30
ISSUER = "Gongzhi"
Checked = Literal["right", "wrong", "expired", "used_up"]


def plain_digits(typed: str) -> str:
    """The digits of a code as people type or paste it: spaces, dashes and full-width digits allowed."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(sign for sign in plain if sign.isascii() and sign.isdecimal())


def wait_before_resend(contact: Contact, now: datetime) -> int:
    """Seconds until another code may be sent to the contact; 0 when it may be sent now."""
    last = SignInCode.objects.filter(contact_index=contact.index).order_by("-sent_at").first()
    if last is None:
        return 0
    return max(0, int((last.sent_at + RESEND_AFTER - now).total_seconds() + 0.999))


def make_code(contact: Contact, now: datetime) -> tuple[SignInCode, str]:
    """A fresh code for the contact, to be sent and never stored; earlier ones stop working."""
    SignInCode.objects.filter(contact_index=contact.index, used_at=None).update(expires_at=now)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    row = SignInCode(
        contact_index=contact.index,
        contact=contact.value,
        kind=contact.kind,
        sent_at=now,
        expires_at=now + CODE_LIVES,
    )
    row.code_hash = _hash(row.salt, code)
    row.save()
    return row, code


def check_code(row: SignInCode, typed: str, now: datetime) -> Checked:
    """Is this the code? A right one works once; each try is counted before it is looked at."""
    alive = SignInCode.objects.filter(pk=row.pk, used_at=None, expires_at__gt=now)
    if not alive.exists():
        return "expired"
    if not alive.filter(attempts__lt=TRIES).update(attempts=F("attempts") + 1):
        return "used_up"
    if not hmac.compare_digest(row.code_hash, _hash(row.salt, plain_digits(typed))):
        return "wrong"
    return "right" if alive.update(used_at=now) else "expired"


def contact_of(row: SignInCode) -> Contact:
    return Contact("phone" if row.kind == "phone" else "mail", row.contact)


def _hash(salt: str, code: str) -> str:
    return blind_index("code", f"{salt}{code}")


def forget_expired_codes(now: datetime) -> int:
    """Removes codes a day after they stopped working; for the worker. Returns how many."""
    return SignInCode.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()[0]


# --- code generators ---


def new_secret() -> str:
    """A secret for a code generator, in the base32 form that the apps read."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def set_up_second_factor(person: Person, secret: str, now: datetime | None) -> SecondFactor:
    """The person's code generator; `now` None: not confirmed yet by a first code."""
    factor, _ = SecondFactor.objects.update_or_create(
        person=person, defaults={"secret": secret, "confirmed_at": now, "last_step": 0}
    )
    return factor


def generator(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), CODE_DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 - what RFC 6238 and every app use


def generator_address(person: Person, secret: str) -> str:
    """The otpauth address that an app scans."""
    return generator(secret).get_provisioning_uri(person.login or str(person), ISSUER)


def check_generated(factor: SecondFactor, typed: str, now: datetime) -> bool:
    """Is this the generator's code of this half minute, the one before or the one after, and used first now?"""
    code = plain_digits(typed)
    if len(code) != CODE_DIGITS:
        return False
    step = int(now.timestamp()) // STEP_SECONDS
    match = next((s for s in (step, step - 1, step + 1) if _fits(factor.secret, code, s)), None)
    if match is None:
        return False
    return bool(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=match).update(last_step=match))


def _fits(secret: str, code: str, step: int) -> bool:
    try:
        generator(secret).verify(code.encode(), step * STEP_SECONDS)
    except InvalidToken:
        return False
    return True
