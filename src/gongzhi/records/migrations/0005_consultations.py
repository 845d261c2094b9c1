import django.db.models.deletion
import gongzhi.records.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_ballots'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.CharField(max_length=90)),
                ('title', models.CharField(max_length=200)),
                ('intro', models.TextField(blank=True)),
                ('adds', models.BooleanField(default=True)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('open', 'open'), ('closed', 'closed')], default='planned', max_length=8)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('appeals', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='records.matter')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'id'], name='consultation_by_status')],
                'constraints': [models.UniqueConstraint(fields=('matter', 'visit'), name='consultation_one_per_visit'), models.CheckConstraint(condition=models.Q(('appeals', None), models.Q(('appeals', models.F('organ')), _negated=True), _connector='OR'), name='consultation_appeals_elsewhere')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('statement', 'statement'), ('comment', 'comment')], max_length=9)),
                ('number', models.PositiveIntegerField()),
                ('text', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('seeded', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('shown', 'shown'), ('rejected', 'rejected'), ('appealed', 'appealed'), ('confirmed', 'confirmed')], default='waiting', max_length=9)),
                ('ground', models.CharField(blank=True, choices=[('names_person', 'names_person'), ('insult', 'insult'), ('not_about_this', 'not_about_this'), ('said_already', 'said_already'), ('advertising', 'advertising'), ('unlawful', 'unlawful')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('moderated_at', models.DateTimeField(blank=True, null=True)),
                ('appeal', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('appealed_at', models.DateTimeField(blank=True, null=True)),
                ('appeal_due', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='records.consultation')),
            ],
            options={
                'indexes': [models.Index(fields=['consultation', 'kind', 'state'], name='contribution_by_state')],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'kind', 'number'), name='contribution_number'), models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'shown')), models.Q(models.Q(('ground', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='contribution_rejected_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'appealed'), _negated=True), ('appeal_due__isnull', False), _connector='OR'), name='contribution_appeal_has_clock')],
            },
        ),
        migrations.CreateModel(
            name='MainPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('decision', models.CharField(blank=True, choices=[('adopted', 'adopted'), ('partly', 'partly'), ('not_adopted', 'not_adopted')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='records.consultation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('consultation', 'number'), name='main_point_number'), models.CheckConstraint(condition=models.Q(('decision', ''), models.Q(('reason', ''), _negated=True), _connector='OR'), name='main_point_says_why')],
            },
        ),
        migrations.CreateModel(
            name='SignatureList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.CharField(max_length=90)),
                ('title', models.CharField(max_length=200)),
                ('rule', models.CharField(max_length=60)),
                ('law', models.CharField(blank=True, max_length=200)),
                ('eligible', models.PositiveIntegerField(default=0)),
                ('needed', models.PositiveIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('reached_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signature_lists', to='records.matter')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'visit'), name='signature_list_one_per_visit'), models.CheckConstraint(condition=models.Q(('needed', 0), ('eligible__gt', 0), _connector='OR'), name='signature_list_of_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('written', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('written_index', models.CharField(blank=True, editable=False, max_length=64)),
                ('signed_at', models.DateTimeField()),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signature_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='records.signaturelist')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('signature_list', 'person'), name='signature_once'), models.UniqueConstraint(condition=models.Q(('written_index', ''), _negated=True), fields=('signature_list', 'written_index'), name='signature_paper_once'), models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('written_index', '')), models.Q(('person', None), models.Q(('written_index', ''), _negated=True)), _connector='OR'), name='signature_screen_or_paper')],
            },
        ),
        migrations.CreateModel(
            name='Stance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voter', models.CharField(max_length=64)),
                ('answer', models.SmallIntegerField()),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='records.contribution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('statement', 'voter'), name='stance_once'), models.CheckConstraint(condition=models.Q(('answer__in', (-1, 0, 1))), name='stance_agree_disagree_pass')],
            },
        ),
        migrations.CreateModel(
            name='SurveyQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('choice', 'choice'), ('scale', 'scale'), ('number', 'number'), ('text', 'text')], max_length=6)),
                ('text', models.CharField(max_length=300)),
                ('options', models.JSONField(default=list)),
                ('low', models.IntegerField(default=0)),
                ('high', models.IntegerField(default=0)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='records.consultation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('consultation', 'number'), name='survey_question_number'), models.CheckConstraint(condition=models.Q(('kind__in', ('choice', 'text')), ('high__gt', models.F('low')), _connector='OR'), name='survey_scale_goes_up')],
            },
        ),
        migrations.CreateModel(
            name='SurveySheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voter', models.CharField(blank=True, max_length=64)),
                ('paper', models.CharField(blank=True, max_length=20)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='records.consultation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('voter', ''), _negated=True), fields=('consultation', 'voter'), name='survey_once'), models.UniqueConstraint(condition=models.Q(('paper', ''), _negated=True), fields=('consultation', 'paper'), name='survey_paper_once'), models.CheckConstraint(condition=models.Q(models.Q(('voter', ''), models.Q(('paper', ''), _negated=True)), models.Q(models.Q(('voter', ''), _negated=True), ('paper', '')), _connector='OR'), name='survey_screen_or_paper')],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('value', models.IntegerField(blank=True, null=True)),
                ('text', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='records.surveyquestion')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='records.surveysheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'question'), name='survey_answer_once')],
            },
        ),
    ]
