from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from gongzhi.config.environment import read_environment
from gongzhi.config.security import SecurityHeaders, security_settings


def test_every_answer_forbids_inline_scripts_and_styles() -> None:
    response = SecurityHeaders(lambda request: HttpResponse("ok"))(RequestFactory().get("/"))
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "microphone=()" in response["Permissions-Policy"]
    assert "gongzhi.config.security.SecurityHeaders" in settings.MIDDLEWARE


def test_production_insists_on_https_and_a_slow_password_hash() -> None:
    production = security_settings(read_environment({"GONGZHI_ENV": "production", "GONGZHI_HOSTS": "gongzhi.example"}))
    assert production["SECURE_SSL_REDIRECT"] and production["SECURE_HSTS_SECONDS"] > 0
    assert production["SESSION_COOKIE_SECURE"] and production["CSRF_COOKIE_SECURE"]
    assert production["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    demo = security_settings(read_environment({}))
    assert not demo["SECURE_SSL_REDIRECT"]
    assert demo["PASSWORD_HASHERS"] == production["PASSWORD_HASHERS"]
