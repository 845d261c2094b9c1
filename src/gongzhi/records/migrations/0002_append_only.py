"""The log, the record of readings, published digests and charter versions refuse UPDATE and DELETE."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongzhi.records.triggers import create_sql, drop_sql


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in create_sql(editor.connection.vendor):
        editor.execute(statement, params=None)


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in drop_sql(editor.connection.vendor):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
