"""The program as a web server calls it: `granian --interface wsgi gongzhi.config.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")

application = get_wsgi_application()
