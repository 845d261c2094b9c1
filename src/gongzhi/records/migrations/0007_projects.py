import django.db.models.deletion
import gongzhi.records.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_meetings"),
    ]

    operations = [
        migrations.CreateModel(
            name='Bid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('channel', models.CharField(choices=[('web', 'web'), ('paper', 'paper')], max_length=5)),
                ('same', models.CharField(max_length=64)),
                ('bidder', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('offer', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('price', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('digest', models.CharField(max_length=64)),
                ('by', models.CharField(max_length=64)),
                ('handed_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('amount', models.BigIntegerField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReviewDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weights', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField(default=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review_day', to='records.matter')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('asked', models.PositiveIntegerField(default=0)),
                ('vulnerable', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('presented_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('funded', 'funded'), ('not_funded', 'not_funded')], max_length=12)),
                ('granted', models.PositiveIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='records.reviewday')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.place')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review_entries', to='records.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'number'), name='review_entry_once'), models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('day', 'project'), name='review_project_once'), models.CheckConstraint(condition=models.Q(('outcome', 'funded'), ('granted', 0), _connector='OR'), name='review_money_only_if_funded')],
            },
        ),
        migrations.CreateModel(
            name='ReviewQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(choices=[('resident', 'resident'), ('committee', 'committee'), ('street', 'street'), ('expert', 'expert')], max_length=10)),
                ('text', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('answer', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='records.reviewentry')),
            ],
        ),
        migrations.CreateModel(
            name='Tender',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nth', models.PositiveSmallIntegerField(default=1)),
                ('begun_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('estimate', models.BigIntegerField(blank=True, null=True)),
                ('where', models.CharField(blank=True, max_length=200)),
                ('opened_by', models.CharField(blank=True, max_length=64)),
                ('opened_with', models.CharField(blank=True, max_length=64)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('judged_at', models.DateTimeField(blank=True, null=True)),
                ('chosen', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.bid')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenders', to='records.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'nth'), name='tender_nth_once'), models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('closes_at__gt', models.F('published_at')), ('estimate__gte', 1)), _connector='OR'), name='tender_published_whole'), models.CheckConstraint(condition=models.Q(('opened_at', None), ('opened_at__gte', models.F('closes_at')), _connector='OR'), name='tender_not_opened_early'), models.CheckConstraint(condition=models.Q(('opened_at', None), models.Q(models.Q(('opened_by', ''), _negated=True), models.Q(('opened_with', ''), _negated=True), models.Q(('opened_with', models.F('opened_by')), _negated=True)), _connector='OR'), name='tender_opened_by_two')],
            },
        ),
        migrations.CreateModel(
            name='Evaluator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('same', models.CharField(max_length=64)),
                ('expert', models.BooleanField()),
                ('interest', models.CharField(blank=True, choices=[('', ''), ('none', 'none'), ('has', 'has')], max_length=4)),
                ('declared_at', models.DateTimeField(blank=True, null=True)),
                ('tender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluators', to='records.tender')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tender', 'number'), name='evaluator_number_once'), models.UniqueConstraint(fields=('tender', 'same'), name='evaluator_once'), models.CheckConstraint(condition=models.Q(models.Q(('declared_at', None), ('interest', '')), models.Q(models.Q(('interest', ''), _negated=True), ('declared_at__isnull', False)), _connector='OR'), name='evaluator_declared_when')],
            },
        ),
        migrations.CreateModel(
            name='TenderTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('unit', models.CharField(max_length=20)),
                ('wanted', models.PositiveIntegerField()),
                ('delivered', models.PositiveIntegerField(blank=True, null=True)),
                ('found', models.PositiveIntegerField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tender_targets', to='records.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'number'), name='tender_target_once'), models.CheckConstraint(condition=models.Q(('wanted__gte', 1)), name='tender_target_wants_something')],
            },
        ),
        migrations.CreateModel(
            name='WorkCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('survey', 'survey'), ('application', 'application'), ('approval', 'approval'), ('carrying_out', 'carrying_out'), ('supervision', 'supervision')], max_length=12)),
                ('kind', models.CharField(choices=[('work', 'work'), ('meeting', 'meeting')], default='work', max_length=8)),
                ('day', models.DateField()),
                ('people', models.PositiveIntegerField(default=0)),
                ('done', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('problems', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('next', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('made_at', models.DateTimeField()),
                ('act', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.act')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_cards', to='records.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'day'], name='work_card_by_day')],
            },
        ),
        migrations.CreateModel(
            name='BidMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.PositiveSmallIntegerField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='records.bid')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='records.evaluator')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('evaluator', 'bid'), name='bid_mark_once'), models.CheckConstraint(condition=models.Q(('mark__lte', 100)), name='bid_mark_at_most_100')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('begins', models.DateField()),
                ('due', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='records.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='milestone_once'), models.CheckConstraint(condition=models.Q(('due__gte', models.F('begins'))), name='milestone_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ProjectMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('name', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('duties', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('same', models.CharField(max_length=64)),
                ('role', models.CharField(choices=[('leader', 'leader'), ('treasurer', 'treasurer'), ('member', 'member')], max_length=10)),
                ('resident', models.BooleanField()),
                ('signed_on', models.DateField(blank=True, null=True)),
                ('signed_by', models.CharField(blank=True, choices=[('', ''), ('phone', 'phone'), ('paper', 'paper')], max_length=5)),
                ('contract', models.CharField(blank=True, max_length=64)),
                ('recorded_by', models.CharField(blank=True, max_length=64)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='project_duties', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='project_members', to='records.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'same'), name='project_member_once'), models.UniqueConstraint(condition=models.Q(('role', 'member'), _negated=True), fields=('project', 'role'), name='project_one_leader_one_treasurer'), models.CheckConstraint(condition=models.Q(models.Q(('contract', ''), ('signed_by', ''), ('signed_on', None)), models.Q(('signed_on__isnull', False), models.Q(('signed_by', ''), _negated=True), models.Q(('contract', ''), _negated=True)), _connector='OR'), name='project_signed_what_and_how'), models.CheckConstraint(condition=models.Q(models.Q(('signed_by', 'paper'), _negated=True), models.Q(('recorded_by', ''), _negated=True), _connector='OR'), name='project_paper_entered_by_somebody')],
            },
        ),
        migrations.AddField(
            model_name='bid',
            name='tender',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bids', to='records.tender'),
        ),
        migrations.AddConstraint(
            model_name='bid',
            constraint=models.UniqueConstraint(fields=('tender', 'number'), name='bid_number_once'),
        ),
        migrations.AddConstraint(
            model_name='bid',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('tender', 'same'), name='bid_one_for_each_bidder'),
        ),
        migrations.AddConstraint(
            model_name='bid',
            constraint=models.CheckConstraint(condition=models.Q(('handed_at__lte', models.F('closes_at'))), name='bid_not_late'),
        ),
        migrations.AddConstraint(
            model_name='bid',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__lte', models.F('closes_at')), _connector='OR'), name='bid_withdrawn_in_time'),
        ),
        migrations.AddConstraint(
            model_name='bid',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__gte', 1), _connector='OR'), name='bid_costs_something'),
        ),
    ]
