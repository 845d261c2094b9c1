import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0010_reviews")]
    operations = [
        migrations.CreateModel(
            name='AdmittedTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField()),
                ('admission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed_down', to='records.matter')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='admitted', to='records.matter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('matter', models.F('admission')), _negated=True), name='admitted_by_another')],
            },
        ),
        migrations.CreateModel(
            name='PlanLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.CharField(max_length=60)),
                ('task', models.CharField(max_length=60)),
                ('year', models.PositiveSmallIntegerField()),
                ('until', models.DateField()),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan_line', to='records.matter')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'plan', 'task', 'year'), name='plan_task_once')],
            },
        ),
    ]
