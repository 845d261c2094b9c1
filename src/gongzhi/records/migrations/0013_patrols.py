import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0012_figures")]
    operations = [
        migrations.CreateModel(
            name='GridUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('geometry', models.TextField()),
                ('people', models.PositiveIntegerField(blank=True, null=True)),
                ('seat', models.CharField(blank=True, max_length=60)),
                ('start', models.DateTimeField()),
                ('end', models.DateTimeField(blank=True, null=True)),
                ('organ', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grid_units', to='records.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('end', None)), fields=('place',), name='grid_unit_one_in_force'), models.UniqueConstraint(fields=('place', 'version'), name='grid_unit_version_once'), models.CheckConstraint(condition=models.Q(('end', None), ('end__gte', models.F('start')), _connector='OR'), name='grid_unit_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(max_length=4)),
                ('name', models.CharField(max_length=100)),
                ('spot', models.CharField(blank=True, max_length=200)),
                ('x', models.FloatField(blank=True, null=True)),
                ('y', models.FloatField(blank=True, null=True)),
                ('state', models.CharField(choices=[('in_use', 'in_use'), ('broken', 'broken'), ('removed', 'removed')], default='in_use', max_length=8)),
                ('changed_at', models.DateTimeField()),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='records.place')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'kind', 'code'], name='part_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('x', None), ('y', None)), models.Q(('x__isnull', False), ('y__isnull', False), ('x__gte', -180), ('x__lte', 180), ('y__gte', -90), ('y__lte', 90)), _connector='OR'), name='part_point_whole'), models.CheckConstraint(condition=models.Q(('state__in', ('in_use', 'broken', 'removed'))), name='part_state_known')],
            },
        ),
        migrations.CreateModel(
            name='MatterPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=100)),
                ('x', models.FloatField()),
                ('y', models.FloatField()),
                ('how', models.CharField(default='outside', max_length=8)),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='point', to='records.matter')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.place')),
                ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.part')),
            ],
            options={
                'indexes': [models.Index(fields=['x', 'y'], name='matter_point_by_x')],
                'constraints': [models.CheckConstraint(condition=models.Q(('x__gte', -180), ('x__lte', 180), ('y__gte', -90), ('y__lte', 90)), name='matter_point_on_earth'), models.CheckConstraint(condition=models.Q(('thing', ''), _negated=True), name='matter_point_of_a_thing')],
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField()),
                ('seat', models.CharField(blank=True, max_length=60)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organinstance')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stand_ins', to='records.gridunit')),
            ],
            options={
                'ordering': ['rank'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'rank'), name='stand_in_rank_once'), models.UniqueConstraint(fields=('unit', 'organ', 'seat'), name='stand_in_once')],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=100)),
                ('x', models.FloatField(blank=True, null=True)),
                ('y', models.FloatField(blank=True, null=True)),
                ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.part')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checkpoints', to='records.place')),
            ],
            options={
                'ordering': ['place', 'rank'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('x', None), ('y', None)), models.Q(('x__isnull', False), ('y__isnull', False), ('x__gte', -180), ('x__lte', 180), ('y__gte', -90), ('y__lte', 90)), _connector='OR'), name='checkpoint_point_whole'), models.UniqueConstraint(fields=('place', 'rank'), name='checkpoint_rank_once'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='checkpoint_has_title')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('category', models.CharField(max_length=60)),
                ('spot', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('filed', 'filed'), ('joined', 'joined')], max_length=8)),
                ('phone_said', models.DateTimeField(blank=True, null=True)),
                ('received_at', models.DateTimeField()),
                ('found_at', models.DateTimeField()),
                ('found_how', models.CharField(max_length=10)),
                ('drift', models.IntegerField(default=0)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='patrol_reports', to='records.matter')),
                ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.part')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.place')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'category', '-received_at'], name='report_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('filed', 'joined'))), name='report_state_known')],
            },
        ),
    ]
