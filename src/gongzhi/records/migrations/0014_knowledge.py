import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0013_patrols")]
    operations = [
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                ("of", models.PositiveSmallIntegerField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.matter"
                    ),
                ),
                ("line", models.CharField(max_length=48)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("line"),
                        models.F("number"),
                        models.OrderBy(models.F("matter"), descending=True),
                        name="likeness_newest",
                    )
                ],
            },
        ),
    ]
