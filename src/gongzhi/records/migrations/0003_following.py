from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0002_append_only")]
    operations = [
        migrations.AddField(
            model_name='matter',
            name='goes_with',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('goes_with', ''), _negated=True), fields=['goes_with', 'filed_at', 'id'], name='matter_goes_with'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'following'), _negated=True), models.Q(models.Q(('goes_with', ''), _negated=True), models.Q(('goes_with', models.F('number')), _negated=True)), _connector='OR'), name='matter_follows_another'),
        ),
    ]
