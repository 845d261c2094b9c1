"""How mail leaves: through the server that production names; elsewhere into files below GONGZHI_HOME."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongzhi.config.environment import Environment

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_settings(environment: Environment) -> dict[str, Any]:
    """Django's mail settings from GONGZHI_MAIL_URL (smtp+tls://user:password@host:587) and GONGZHI_MAIL_FROM,
    and ours for text messages, GONGZHI_SMS_URL.

    Raises ImproperlyConfigured for an address of another kind.
    """
    sender = environment.variables.get("GONGZHI_MAIL_FROM", "gongzhi@localhost")
    common = {"DEFAULT_FROM_EMAIL": sender, "GONGZHI_SMS_URL": environment.variables.get("GONGZHI_SMS_URL", "")}
    url = environment.variables.get("GONGZHI_MAIL_URL", "")
    if not url:
        return {
            **common,
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": environment.home / "outbox",
        }
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured("GONGZHI_MAIL_URL must look like smtp+tls://user:password@host:587")
    return {
        **common,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
