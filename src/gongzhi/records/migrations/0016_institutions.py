from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0015_people")]
    operations = [
        migrations.CreateModel(
            name='SettingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=40)),
                ('value', models.CharField(max_length=20)),
                ('why', models.CharField(max_length=200)),
                ('by', models.CharField(help_text='digest of the person', max_length=64)),
                ('seat', models.CharField(max_length=130)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='setting_changed_because')],
            },
        ),
    ]
