import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0005_consultations")]
    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('source', models.CharField(choices=[('notice', 'notice'), ('floor', 'floor'), ('topic', 'topic'), ('report', 'report')], default='notice', max_length=8)),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('on', 'on'), ('voting', 'voting'), ('decided', 'decided')], default='waiting', max_length=8)),
                ('way', models.CharField(blank=True, choices=[('hands', 'hands'), ('phones', 'phones')], max_length=6)),
                ('counts', models.JSONField(default=dict)),
                ('yes', models.PositiveIntegerField(default=0)),
                ('no', models.PositiveIntegerField(default=0)),
                ('abstain', models.PositiveIntegerField(default=0)),
                ('rule', models.CharField(blank=True, max_length=60)),
                ('law', models.CharField(blank=True, max_length=200)),
                ('outcome', models.CharField(blank=True, max_length=12)),
                ('because', models.JSONField(default=list)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='records.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='item_one_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Fulfilment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recurring', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='fulfilled', to='records.matter')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fulfils', to='records.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='HandCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('yes', models.PositiveIntegerField()),
                ('no', models.PositiveIntegerField()),
                ('abstain', models.PositiveIntegerField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_counts', to='records.agendaitem')),
                ('teller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'teller'), name='hand_count_once')],
            },
        ),
        migrations.CreateModel(
            name='MeetingMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('away', 'away'), ('present', 'present'), ('left', 'left'), ('apologies', 'apologies')], default='away', max_length=10)),
                ('means', models.CharField(blank=True, choices=[('qr', 'qr'), ('list', 'list'), ('paper', 'paper')], max_length=10)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='records.meeting')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='member_one_per_number'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('meeting', 'person'), name='member_one_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'present'), _negated=True), models.Q(models.Q(('means', ''), _negated=True), ('arrived_at__isnull', False)), _connector='OR'), name='member_came_somehow')],
            },
        ),
        migrations.CreateModel(
            name='ItemVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='records.agendaitem')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.meetingmember')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'member'), name='item_vote_once')],
            },
        ),
        migrations.CreateModel(
            name='ItemRecusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='records.agendaitem')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.meetingmember')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'member'), name='recusal_once')],
            },
        ),
        migrations.CreateModel(
            name='MeetingVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', 'question'), ('topic', 'topic'), ('objection', 'objection')], max_length=10)),
                ('source', models.CharField(choices=[('written', 'written'), ('floor', 'floor'), ('hotline', 'hotline'), ('online', 'online')], max_length=8)),
                ('number', models.PositiveSmallIntegerField()),
                ('group', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered'), ('followed', 'followed'), ('adopted', 'adopted'), ('upheld', 'upheld'), ('rejected', 'rejected')], default='open', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.words')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='records.meeting')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shown', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.words')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.words')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'kind', 'number'), name='voice_one_per_number'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('answered_at__gte', models.F('made_at')), _connector='OR'), name='voice_answered_after')],
            },
        ),
        migrations.CreateModel(
            name='SpeakingTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('who', models.CharField(max_length=120)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='records.agendaitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'number'), name='turn_one_per_number')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='current',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='meeting',
            name='eligible',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='meeting',
            name='names',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.words'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='objections_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='opened_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='record',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='seal',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='resolution',
            name='reported_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.meeting'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='task',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.matter'),
        ),
    ]
