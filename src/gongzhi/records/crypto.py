"""Sealing of personal words: AES-256-GCM at rest, and blind indexes to find a sealed value again.

Both keys are derived from `settings.GONGZHI_DATA_KEY`, so that one secret has to be kept and the index key
never opens a text. Whoever holds only the database reads neither names nor phone numbers.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes, the size NIST SP 800-38D recommends for GCM


class Unreadable(Exception):
    """A sealed value that this key does not open, or that was changed since it was sealed."""


@lru_cache(maxsize=8)
def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"gongzhi/" + purpose).derive(secret)


def _key(purpose: bytes) -> bytes:
    secret = settings.GONGZHI_DATA_KEY
    return _derive(secret.encode() if isinstance(secret, str) else bytes(secret), purpose)


def seal_bytes(plain: bytes, bound_to: str = "") -> bytes:
    """Encrypted `plain`; it opens again only with the same `bound_to` (say, the table and column it is for)."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key(b"seal")).encrypt(nonce, plain, bound_to.encode())


def unseal_bytes(sealed: bytes | memoryview, bound_to: str = "") -> bytes:
    """The plain bytes. Raises `Unreadable` when the key, the binding or a single bit differs."""
    raw = bytes(sealed)
    try:
        return AESGCM(_key(b"seal")).decrypt(raw[:NONCE], raw[NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as fault:
        raise Unreadable(bound_to) from fault


def seal(plain: str, bound_to: str = "") -> bytes:
    """Encrypted text; see `seal_bytes`."""
    return seal_bytes(plain.encode(), bound_to)


def unseal(sealed: bytes | memoryview, bound_to: str = "") -> str:
    """The plain text; raises `Unreadable`."""
    return unseal_bytes(sealed, bound_to).decode()


def blind_index(kind: str, value: str) -> str:
    """64 hex digits that are equal for equal values of one kind and tell nothing without the key."""
    return hmac.new(_key(b"index"), f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()


def random_digest() -> str:
    """64 random hex digits: the name under which the log knows a person. It is derived from nothing."""
    return secrets.token_hex(32)
