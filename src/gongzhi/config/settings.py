"""Django's settings. What is decided elsewhere: see the files beside this one, one idea each."""

from __future__ import annotations

from pathlib import Path

from gongzhi.config.database import database
from gongzhi.config.environment import read_environment
from gongzhi.config.log import logging_settings
from gongzhi.config.mail import mail_settings
from gongzhi.config.map import map_tiles
from gongzhi.config.secrets import data_key, secret_key
from gongzhi.config.security import MEBIBYTE, security_settings

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parents[1]

# Ours
GONGZHI_HOME = ENVIRONMENT.home
GONGZHI_CHARTERS = ENVIRONMENT.charters
GONGZHI_DATA_KEY = data_key(ENVIRONMENT)
GONGZHI_STORY_CLOCK = ENVIRONMENT.story_clock
GONGZHI_MESSAGE_WORDS = "gongzhi.words.inbox.render"  # the desk knows codes; who makes sentences of them
GONGZHI_MAP = map_tiles(ENVIRONMENT)
GONGZHI_PHOTO_MAX_BYTES = 20 * MEBIBYTE

# Django's
SECRET_KEY = secret_key(ENVIRONMENT)
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = (
    [*ENVIRONMENT.hosts] if ENVIRONMENT.is_production else ["localhost", "127.0.0.1", "[::1]", *ENVIRONMENT.hosts]
)
DATABASES = {"default": database(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "records.Person"
ROOT_URLCONF = "gongzhi.config.urls"
WSGI_APPLICATION = "gongzhi.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ninja",
    "gongzhi.records",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongzhi.config.security.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongzhi.web.middleware.LanguageMiddleware",
    "gongzhi.api.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongzhi.web.accounts.session.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "gongzhi.web.jinja.environment"},
    },
]

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
WHITENOISE_USE_FINDERS = True  # the built files are served from where the build put them: nothing to collect
MEDIA_ROOT = GONGZHI_HOME / "files"

# Sign-in
CSRF_FAILURE_VIEW = "gongzhi.web.failures.csrf_failed"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]

LOGGING = logging_settings("DEBUG" if DEBUG else "INFO")

globals().update(security_settings(ENVIRONMENT))
globals().update(mail_settings(ENVIRONMENT))
