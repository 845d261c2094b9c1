import django.db.models.deletion
import gongzhi.records.crypto
import gongzhi.records.sealed
from django.conf import settings
from django.db import migrations, models

from gongzhi.records.ballots.frozen import create_sql, drop_sql


def create(apps, editor):
    for statement in create_sql(editor.connection.vendor):
        editor.execute(statement, params=None)


def drop(apps, editor):
    for statement in drop_sql(editor.connection.vendor):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_following'),
    ]

    operations = [
        migrations.CreateModel(
            name='Roll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(max_length=60)),
                ('shown_at', models.DateTimeField(blank=True, null=True)),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('rule', models.JSONField(default=dict)),
                ('size', models.PositiveIntegerField(default=0)),
                ('area', models.BigIntegerField(default=0)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rolls', to='records.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'of'), name='roll_one_per_group'), models.CheckConstraint(condition=models.Q(('frozen_at', None), models.Q(('digest__gt', ''), ('size__gte', 1)), _connector='OR'), name='roll_frozen_is_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.CharField(max_length=90)),
                ('title', models.CharField(max_length=200)),
                ('about', models.TextField(blank=True)),
                ('form', models.CharField(max_length=10)),
                ('secrecy', models.CharField(max_length=10)),
                ('means', models.JSONField(default=list)),
                ('proxies', models.PositiveSmallIntegerField(default=0)),
                ('items', models.JSONField(default=list)),
                ('seats', models.PositiveSmallIntegerField(default=0)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('open', 'open'), ('counted', 'counted'), ('dropped', 'dropped')], default='planned', max_length=10)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('counted_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=80)),
                ('result', models.JSONField(default=dict)),
                ('file', models.JSONField(default=dict)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='records.matter')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='records.roll')),
            ],
            options={
                'indexes': [models.Index(fields=['organ', 'status', 'id'], name='ballot_by_organ')],
                'constraints': [models.UniqueConstraint(fields=('matter', 'visit'), name='ballot_one_per_visit'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'open'), _negated=True), models.Q(('closes_at__gt', models.F('opens_at')), ('opens_at__isnull', False)), _connector='OR'), name='ballot_open_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='RollEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('person', 'person'), ('household', 'household'), ('owner', 'owner')], max_length=10)),
                ('name', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('unit', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('salt', models.CharField(default=gongzhi.records.crypto.random_digest, max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('contact_index', models.CharField(blank=True, db_index=True, max_length=64, null=True)),
                ('area', models.BigIntegerField(blank=True, null=True)),
                ('candidate', models.BooleanField(default=False)),
                ('roll', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='records.roll')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('roll', 'number'), name='entry_number_once'), models.UniqueConstraint(condition=models.Q(('contact_index__isnull', False)), fields=('roll', 'contact_index'), name='entry_one_per_person'), models.CheckConstraint(condition=models.Q(('area', None), ('area__gte', 1), _connector='OR'), name='entry_area_positive'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'owner'), _negated=True), ('area__isnull', False), _connector='OR'), name='entry_owner_has_area')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('means', models.CharField(choices=[('screen', 'screen'), ('phone', 'phone'), ('helper', 'helper'), ('paper', 'paper')], max_length=10)),
                ('day', models.DateField()),
                ('receipt', models.CharField(max_length=64, unique=True)),
                ('ballot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='records.ballot')),
                ('consent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.helperconsent')),
                ('cast_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.rollentry')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='records.rollentry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'entry'), name='mark_one_vote_per_entry')],
            },
        ),
        migrations.CreateModel(
            name='OpenChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('mark', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='open_choice', to='records.mark')),
            ],
        ),
        migrations.CreateModel(
            name='Proxy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField()),
                ('limit', models.PositiveSmallIntegerField()),
                ('day', models.DateField()),
                ('by', models.CharField(max_length=64)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='records.ballot')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies_held', to='records.rollentry')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies_given', to='records.rollentry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'principal'), name='proxy_given_once'), models.UniqueConstraint(fields=('ballot', 'holder', 'slot'), name='proxy_slot_once'), models.CheckConstraint(condition=models.Q(('slot__gte', 1), ('slot__lte', models.F('limit'))), name='proxy_not_too_many'), models.CheckConstraint(condition=models.Q(('principal', models.F('holder')), _negated=True), name='proxy_is_somebody_else')],
            },
        ),
        migrations.CreateModel(
            name='RollObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('what', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('answer', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('state', models.CharField(choices=[('open', 'open'), ('upheld', 'upheld'), ('rejected', 'rejected')], default='open', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='records.roll')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TallySheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shard', models.PositiveSmallIntegerField()),
                ('sealed', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='records.ballot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'shard'), name='tally_sheet_once')],
            },
        ),
        migrations.CreateModel(
            name='PaperSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.PositiveIntegerField()),
                ('hand', models.PositiveSmallIntegerField()),
                ('by', models.CharField(max_length=64)),
                ('choice', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('copies', models.PositiveIntegerField(default=1)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='records.ballot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'sheet', 'hand'), name='paper_read_once_by_each_hand'), models.UniqueConstraint(fields=('ballot', 'sheet', 'by'), name='paper_read_by_two_people'), models.CheckConstraint(condition=models.Q(('copies__gte', 1), ('hand__in', (1, 2))), name='paper_two_hands')],
            },
        ),
        migrations.RunPython(create, drop),
    ]
