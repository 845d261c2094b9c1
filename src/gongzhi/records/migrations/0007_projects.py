import django.db.models.deletion
from django.db import migrations, models

import gongzhi.records.sealed


class Migration(migrations.Migration):
    dependencies = [("records", "0006_meetings")]
    operations = [
        migrations.CreateModel(
            name="ReviewDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weights", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=8)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review_day", to="records.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("vulnerable", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("presented_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("funded", "funded"), ("not_funded", "not_funded")], max_length=12
                    ),
                ),
                ("granted", models.PositiveIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="records.reviewday"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.place"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_entries",
                        to="records.matter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("resident", "resident"),
                            ("committee", "committee"),
                            ("street", "street"),
                            ("expert", "expert"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", gongzhi.records.sealed.SealedText(blank=True, default="")),
                ("answer", gongzhi.records.sealed.SealedText(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="records.reviewentry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tender",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("estimate", models.BigIntegerField()),
                ("statutory", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tender", to="records.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Bid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("same", models.CharField(max_length=64)),
                ("bidder", gongzhi.records.sealed.SealedText(blank=True, default="")),
                ("offer", gongzhi.records.sealed.SealedText(blank=True, default="")),
                ("digest", models.CharField(max_length=64)),
                ("handed_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bids", to="records.tender"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WorkCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("survey", "survey"),
                            ("application", "application"),
                            ("approval", "approval"),
                            ("carrying_out", "carrying_out"),
                            ("supervision", "supervision"),
                        ],
                        max_length=12,
                    ),
                ),
                ("day", models.DateField()),
                ("people", models.PositiveIntegerField(default=0)),
                ("done", gongzhi.records.sealed.SealedText(blank=True, default="")),
                ("problems", gongzhi.records.sealed.SealedText(blank=True, default="")),
                ("made_at", models.DateTimeField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="work_cards", to="records.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("begins", models.DateField()),
                ("due", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="records.matter"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="milestone_once"),
                    models.CheckConstraint(
                        condition=models.Q(("due__gte", models.F("begins"))), name="milestone_ends_after_it_begins"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=60)),
                ("legal_basis", models.CharField(max_length=60)),
                ("collected_from", models.CharField(max_length=30)),
                ("retention_until", models.DateField(blank=True, null=True)),
                ("name", gongzhi.records.sealed.SealedText(blank=True, default="")),
                ("duties", gongzhi.records.sealed.SealedText(blank=True, default="")),
                ("same", models.CharField(max_length=64)),
                (
                    "role",
                    models.CharField(
                        choices=[("leader", "leader"), ("treasurer", "treasurer"), ("member", "member")], max_length=10
                    ),
                ),
                ("resident", models.BooleanField()),
                ("signed_on", models.DateField(blank=True, null=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="project_members", to="records.matter"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "same"), name="project_member_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "member"), _negated=True),
                        fields=("project", "role"),
                        name="project_one_leader_one_treasurer",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reviewentry",
            constraint=models.UniqueConstraint(fields=("day", "number"), name="review_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="reviewentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("project__isnull", False)), fields=("day", "project"), name="review_project_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "funded"), ("granted", 0), _connector="OR"),
                name="review_money_only_if_funded",
            ),
        ),
        migrations.AddConstraint(
            model_name="tender",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("published_at"))), name="tender_has_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="tender",
            constraint=models.CheckConstraint(
                condition=models.Q(("opened_at", None), ("opened_at__gte", models.F("closes_at")), _connector="OR"),
                name="tender_not_opened_early",
            ),
        ),
        migrations.AddConstraint(
            model_name="tender",
            constraint=models.CheckConstraint(
                condition=models.Q(("estimate__gte", 1)), name="tender_estimate_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.UniqueConstraint(fields=("tender", "number"), name="bid_number_once"),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.UniqueConstraint(fields=("tender", "same"), name="bid_one_for_each_bidder"),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.CheckConstraint(
                condition=models.Q(("handed_at__lte", models.F("closes_at"))), name="bid_not_late"
            ),
        ),
        migrations.AddIndex(
            model_name="workcard",
            index=models.Index(fields=["project", "day"], name="work_card_by_day"),
        ),
    ]
