from django.conf import settings
import django.db.models.deletion
import gongzhi.records.crypto
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0014_knowledge")]
    operations = [
        migrations.CreateModel(
            name='OpenForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('who', models.CharField(max_length=130)),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('document', models.CharField(max_length=100)),
                ('composition', models.BooleanField(blank=True, null=True)),
                ('ended_document', models.CharField(blank=True, max_length=100)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('term', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appointment', to='records.seatterm')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='appointment_has_document')],
            },
        ),
        migrations.CreateModel(
            name='SignInReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField()),
                ('code_hash', models.CharField(blank=True, max_length=64)),
                ('salt', models.CharField(default=gongzhi.records.crypto.random_digest, max_length=64)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resets', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('person', models.F('asked_by')), _negated=True), name='reset_not_asked_for_oneself'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('asked_by')), _negated=True), models.Q(('confirmed_by', models.F('person')), _negated=True), ('confirmed_at__isnull', False)), _connector='OR'), name='reset_confirmed_by_another')],
            },
        ),
    ]
