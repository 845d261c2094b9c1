from django.conf import settings
import django.db.models.deletion
import gongzhi.records.sealed
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0008_funds")]
    operations = [
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('kind', models.SlugField(max_length=40)),
                ('provider', models.CharField(max_length=80)),
                ('spot', models.CharField(blank=True, max_length=120)),
                ('hours', models.CharField(blank=True, max_length=120)),
                ('who', models.CharField(blank=True, max_length=120)),
                ('bookable', models.BooleanField(default=False)),
                ('opens', models.PositiveSmallIntegerField(default=540)),
                ('closes', models.PositiveSmallIntegerField(default=1020)),
                ('days', models.CharField(default='12345', max_length=7)),
                ('active', models.BooleanField(default=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='records.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'title'), name='service_once'), models.CheckConstraint(condition=models.Q(('closes__lte', 1440), ('opens__lt', models.F('closes'))), name='service_opens_first')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('name', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('contact', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('start', models.DateTimeField()),
                ('end', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='records.service')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='booking_ends_after_start'), models.CheckConstraint(condition=models.Q(('person__isnull', False), ('made_by__isnull', False), _connector='OR'), name='booking_by_somebody')],
                'indexes': [models.Index(fields=['service', 'start'], name='booking_by_time')],
            },
        ),
        migrations.CreateModel(
            name='HalfHour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateTimeField()),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='half_hours', to='records.booking')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'start'), name='half_hour_once')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('kind', models.SlugField(max_length=40)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('members', models.PositiveIntegerField(default=0)),
                ('contact', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('state', models.CharField(choices=[('applied', 'applied'), ('registered', 'registered'), ('refused', 'refused'), ('ended', 'ended')], default='applied', max_length=10)),
                ('stage', models.CharField(choices=[('none', 'none'), ('seed', 'seed'), ('growing', 'growing'), ('grown', 'grown')], default='none', max_length=8)),
                ('applied_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('confirmed', models.PositiveSmallIntegerField(blank=True, help_text='year of the last confirmation', null=True)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='records.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('applied', 'registered'))), fields=('place', 'name'), name='organisation_once'), models.CheckConstraint(condition=models.Q(('applied_by', None), ('decided_by', None), models.Q(('applied_by', models.F('decided_by')), _negated=True), _connector='OR'), name='organisation_checked_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='organisation_refused_because')],
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=60)),
                ('collected_from', models.CharField(max_length=30)),
                ('retention_until', models.DateField(blank=True, null=True)),
                ('kind', models.SlugField(max_length=40)),
                ('what', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('times', gongzhi.records.sealed.SealedText(blank=True, default='')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('shown', 'shown'), ('declined', 'declined')], default='waiting', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('offered_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skills', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='records.place')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'state', 'kind'], name='skill_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='skill_declined_because')],
            },
        ),
    ]
