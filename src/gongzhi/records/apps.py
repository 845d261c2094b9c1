"""The one Django app that remembers; its rooms are packages (see records/*/README.md)."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "gongzhi.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
