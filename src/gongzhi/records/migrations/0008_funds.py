"""Money: books, funds, budgets, contracts, entries by two people, the bank; and the triggers that keep the books."""

import django.db.models.deletion
import django.db.models.expressions
import gongzhi.records.sealed
from django.db import migrations, models
from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongzhi.records.funds.kept import create_sql, drop_sql


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in create_sql(editor.connection.vendor):
        editor.execute(statement, params=None)


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in drop_sql(editor.connection.vendor):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0007_projects")]
    operations = [
        migrations.CreateModel(
            name='FundBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='books', to='records.organinstance')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='books', to='records.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'organ'), name='book_one_per_organ')],
            },
        ),
        migrations.CreateModel(
            name='FundAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('title', models.CharField(max_length=100)),
                ('kind', models.CharField(choices=[('asset', 'asset'), ('liability', 'liability'), ('income', 'income'), ('expense', 'expense'), ('fund', 'fund')], max_length=10)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='records.fundbook')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('book', 'code'), name='account_code_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('asset', 'liability', 'income', 'expense', 'fund'))), name='account_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=100)),
                ('purpose', models.CharField(blank=True, max_length=300)),
                ('share', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('least', models.PositiveIntegerField(blank=True, null=True)),
                ('spends', models.BooleanField(default=True)),
                ('law', models.CharField(blank=True, max_length=200)),
                ('balance', models.BigIntegerField(default=0)),
                ('of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='records.fund')),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='records.fundbook')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('book', 'name'), name='fund_name_once'), models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='fund_not_overdrawn'), models.CheckConstraint(condition=models.Q(('share', None), models.Q(('of__isnull', False), ('share__lte', 100)), _connector='OR'), name='fund_share_of')],
            },
        ),
        migrations.CreateModel(
            name='FundBudget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('amount', models.BigIntegerField()),
                ('planned', models.BigIntegerField(default=0)),
                ('heads', models.PositiveIntegerField(default=0)),
                ('least', models.PositiveIntegerField(default=0)),
                ('decision', models.CharField(max_length=64)),
                ('adopted_by', models.CharField(max_length=64)),
                ('adopted_at', models.DateTimeField()),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='records.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'year'), name='budget_one_per_year'), models.CheckConstraint(condition=models.Q(('amount__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('heads'), '*', models.F('least')), '*', models.Value(100)))), name='budget_not_below_least'), models.CheckConstraint(condition=models.Q(('planned__gte', 0), ('planned__lte', models.F('amount'))), name='budget_lines_fit'), models.CheckConstraint(condition=models.Q(('decision', ''), _negated=True), name='budget_was_decided')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('use', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=100)),
                ('amount', models.BigIntegerField()),
                ('committed', models.BigIntegerField(default=0)),
                ('spent', models.BigIntegerField(default=0)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.fundaccount')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='records.fundbudget')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('budget', 'use'), name='line_use_once'), models.CheckConstraint(condition=models.Q(('amount__gte', django.db.models.expressions.CombinedExpression(models.F('committed'), '+', models.F('spent'))), ('committed__gte', 0), ('spent__gte', 0)), name='line_not_over_budget')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150)),
                ('party', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('amount', models.BigIntegerField()),
                ('left', models.BigIntegerField()),
                ('evidence', models.CharField(max_length=64)),
                ('made_by', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='records.budgetline')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('left__gte', 0), ('left__lte', models.F('amount'))), name='contract_left'), models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='contract_has_evidence')],
            },
        ),
        migrations.CreateModel(
            name='FundEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('opening', 'opening'), ('receipt', 'receipt'), ('payment', 'payment'), ('transfer', 'transfer'), ('correction', 'correction'), ('reversal', 'reversal')], max_length=12)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('posted', 'posted'), ('refused', 'refused')], default='asked', max_length=8)),
                ('day', models.DateField()),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('text', models.CharField(max_length=200)),
                ('party', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('party_kind', models.CharField(blank=True, choices=[('', ''), ('person', 'person'), ('organisation', 'organisation')], max_length=12)),
                ('amount', models.BigIntegerField()),
                ('visit', models.CharField(blank=True, max_length=90)),
                ('evidence', models.CharField(max_length=64)),
                ('asked_by', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('approved_by', models.CharField(blank=True, max_length=64)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('why_refused', models.CharField(blank=True, max_length=200)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='records.fundbook')),
                ('budget_line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='records.budgetline')),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='records.commitment')),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='records.matter')),
                ('pair', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paired', to='records.fundentry')),
                ('reverses', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='records.fundentry')),
            ],
            options={
                'indexes': [models.Index(fields=['book', 'state', 'day', 'id'], name='entry_by_day'), models.Index(condition=models.Q(('matter__isnull', False)), fields=['matter', 'visit'], name='entry_of_matter')],
                'constraints': [models.UniqueConstraint(fields=('book', 'year', 'number'), name='entry_number_once_a_year'), models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('reverses',), name='entry_reversed_once'), models.CheckConstraint(condition=models.Q(models.Q(('evidence', ''), _negated=True), ('amount__gt', 0)), name='entry_has_evidence'), models.CheckConstraint(condition=models.Q(('approved_by', models.F('asked_by')), _negated=True), name='entry_by_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'posted'), _negated=True), models.Q(models.Q(('approved_by', ''), _negated=True), ('number__gte', 1), models.Q(('hash', ''), _negated=True)), _connector='OR'), name='entry_posted_is_whole'), models.CheckConstraint(condition=models.Q(('state', 'posted'), ('number', None), _connector='OR'), name='entry_number_when_posted')],
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('amount', models.BigIntegerField()),
                ('text', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('digest', models.CharField(max_length=64)),
                ('imported_by', models.CharField(max_length=64)),
                ('imported_at', models.DateTimeField()),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_lines', to='records.fundbook')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_line', to='records.fundentry')),
            ],
            options={
                'indexes': [models.Index(fields=['book', 'day', 'id'], name='bank_line_by_day')],
                'constraints': [models.UniqueConstraint(fields=('book', 'digest'), name='bank_line_once'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='bank_line_not_nothing')],
            },
        ),
        migrations.CreateModel(
            name='FundEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('salt', models.BinaryField()),
                ('ciphertext', models.BinaryField()),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='records.fundbook')),
            ],
        ),
        migrations.CreateModel(
            name='FundLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nth', models.PositiveSmallIntegerField()),
                ('amount', models.BigIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='records.fundaccount')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='records.fundentry')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='records.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'nth'), name='fund_line_once'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='fund_line_not_nothing')],
            },
        ),
        migrations.CreateModel(
            name='FundPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('closed_by', models.CharField(max_length=64)),
                ('closed_at', models.DateTimeField()),
                ('head', models.CharField(max_length=64)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='records.fundbook')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('book', 'month'), name='period_closed_once')],
            },
        ),
        migrations.RunPython(create, drop),
    ]
