"""django-helpdesk as a site of its own: its REST API with keys, a pool of connections, no mail sent.

`python helpdesk_site.py MANY` sets the database up and prints the keys of so many members of staff as JSON;
`application` is what the server runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings

URL = urlsplit(os.environ["HELPDESK_DATABASE"])
settings.configure(
    SECRET_KEY="only for a measurement",
    DEBUG=False,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    SITE_ID=1,
    STATIC_URL="/static/",
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": URL.path[1:], "USER": URL.username,
            "PASSWORD": URL.password, "HOST": URL.hostname, "PORT": URL.port,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
        }
    },
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
        "django.contrib.sites", "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.humanize",
        "rest_framework", "rest_framework.authtoken", "helpdesk",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]}}],
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"]},
    HELPDESK_ACTIVATE_API_ENDPOINT=True,
    HELPDESK_TEAMS_MODE_ENABLED=False,
    LOGGING_CONFIG=None,
)  # fmt: skip
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
application = get_wsgi_application()


def main(many: int) -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from helpdesk.models import Queue, Ticket
    from rest_framework.authtoken.models import Token

    if many == 0:
        print(json.dumps(Ticket.objects.count()))
        return
    with contextlib.redirect_stdout(sys.stderr):  # its migrations speak
        call_command("migrate", verbosity=0)
    queue = Queue.objects.create(title="bench", slug="bench", allow_public_submission=True)
    staff = [
        get_user_model().objects.create(username=f"s{n}", email=f"s{n}@example.org", is_staff=True, is_superuser=True)
        for n in range(many)
    ]
    print(json.dumps({"queue": queue.pk, "keys": [Token.objects.create(user=user).key for user in staff]}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
