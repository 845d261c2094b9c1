import django.db.models.deletion
from django.db import migrations, models

import gongzhi.records.sealed


class Migration(migrations.Migration):
    dependencies = [("records", "0009_organisations")]
    operations = [
        migrations.CreateModel(
            name='ReviewRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.CharField(max_length=90)),
                ('about', models.CharField(blank=True, max_length=120)),
                ('title', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[('open', 'open'), ('revealed', 'revealed'), ('withheld', 'withheld')], default='open', max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('grade', models.CharField(blank=True, max_length=40)),
                ('mean', models.PositiveIntegerField(blank=True, null=True)),
                ('appeal', models.CharField(blank=True, choices=[('open', 'open'), ('upheld', 'upheld'), ('set_aside', 'set_aside')], max_length=9)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='records.matter')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'id'], name='review_by_status')],
                'constraints': [models.UniqueConstraint(fields=('matter', 'visit'), name='review_one_per_visit'), models.CheckConstraint(condition=models.Q(('status', 'revealed'), ('grade', ''), _connector='OR'), name='review_grade_when_revealed'), models.CheckConstraint(condition=models.Q(('status', 'revealed'), ('appeal', ''), _connector='OR'), name='review_appeal_when_revealed')],
            },
        ),
        migrations.CreateModel(
            name='ReviewMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rater', models.CharField(max_length=64)),
                ('group', models.CharField(max_length=60)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='records.reviewround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'rater'), name='review_rated_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=60)),
                ('sealed', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='records.reviewround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'group'), name='review_sheet_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('group', models.CharField(max_length=60)),
                ('text', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='records.reviewround')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
