"""What a browser is told and held to: headers, cookies, passwords, sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gongzhi.config.environment import Environment

if TYPE_CHECKING:  # a command that only counts a deadline reads these settings too, and needs no HTTP
    from django.http import HttpRequest, HttpResponse

MEBIBYTE = 1024 * 1024

# Only our own files, nothing inline: a word typed by a resident can never become a program.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
PERMISSIONS_POLICY = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"


class SecurityHeaders:
    """Middleware that adds the two headers which Django 5.2 does not send by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


def security_settings(environment: Environment) -> dict[str, Any]:
    """Django's security settings; cookies and redirects insist on HTTPS in production only."""
    https = environment.is_production
    return {
        "SECURE_SSL_REDIRECT": https,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600 if https else 0,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if environment.behind_proxy else None,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 12 * 3600,
        "CSRF_COOKIE_SECURE": https,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_TRUSTED_ORIGINS": list(environment.origins),
        "PASSWORD_HASHERS": _password_hashers(environment),
        "AUTH_PASSWORD_VALIDATORS": _password_validators(),
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2 * MEBIBYTE,  # a form or JSON body without its files
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2000,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 20,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 1 * MEBIBYTE,  # a larger file waits on disk, not in memory
        "FILE_UPLOAD_PERMISSIONS": 0o640,
    }


def _password_hashers(environment: Environment) -> list[str]:
    argon2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
    if environment.kind == "test":  # hundreds of sign-ins in a test run; a stored password is still readable
        return ["django.contrib.auth.hashers.MD5PasswordHasher", argon2]
    return [argon2]


def _password_validators() -> list[dict[str, Any]]:
    package = "django.contrib.auth.password_validation"
    return [
        {"NAME": f"{package}.UserAttributeSimilarityValidator"},
        {"NAME": f"{package}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
        {"NAME": f"{package}.CommonPasswordValidator"},
        {"NAME": f"{package}.NumericPasswordValidator"},
    ]
