import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0011_plans'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('matter', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='records.matter')),
                ('seq', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='CountedUpTo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.PositiveBigIntegerField(default=0)),
                ('at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='counted_up_to_one_row')],
            },
        ),
        migrations.CreateModel(
            name='EnteredFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('charter', models.CharField(max_length=60)),
                ('indicator', models.CharField(max_length=60)),
                ('formula', models.CharField(max_length=64)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('part', models.PositiveIntegerField()),
                ('whole', models.PositiveIntegerField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('seat', models.CharField(blank=True, max_length=60)),
                ('by', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('late', models.BooleanField(default=False)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='records.enteredfigure')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.place')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'charter', 'indicator', '-first'], name='entered_by_indicator')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gt', models.F('first'))), name='entered_period_goes_on'), models.CheckConstraint(condition=models.Q(('whole', None), ('part__lte', models.F('whole')), _connector='OR'), name='entered_part_of_whole'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='entered_with_source'), models.CheckConstraint(condition=models.Q(('corrects', None), models.Q(('why', ''), _negated=True), _connector='OR'), name='entered_correction_says_why')],
            },
        ),
        migrations.CreateModel(
            name='EnteredMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('charter', models.CharField(max_length=60)),
                ('indicator', models.CharField(max_length=60)),
                ('month', models.DateField()),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='months', to='records.enteredfigure')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'charter', 'indicator', 'month'), name='entered_month_once')],
            },
        ),
        migrations.CreateModel(
            name='FigureAppeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('charter', models.CharField(max_length=60)),
                ('indicator', models.CharField(max_length=60)),
                ('first', models.DateField()),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('due', models.DateTimeField()),
                ('upheld', models.BooleanField(null=True)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('place', 'charter', 'indicator', 'first', 'organ'), name='appeal_of_figure_one_open'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='appeal_of_figure_says_why'), models.CheckConstraint(condition=models.Q(('answered_at', None), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('upheld', None), _negated=True), models.Q(('answered_by', models.F('organ')), _negated=True)), _connector='OR'), name='appeal_of_figure_answered_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('charter', models.SlugField(db_index=False, max_length=60)),
                ('organ', models.CharField(blank=True, max_length=60)),
                ('procedure', models.CharField(max_length=80)),
                ('month', models.DateField()),
                ('name', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=10)),
                ('hours', models.PositiveIntegerField(default=0)),
                ('n', models.PositiveIntegerField()),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'month', 'name', 'charter', 'organ', 'procedure', 'kind', 'hours'), name='tally_once'), models.CheckConstraint(condition=models.Q(('n__gt', 0)), name='tally_of_something')],
            },
        ),
    ]
