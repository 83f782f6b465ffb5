from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tools', '0005_relays_and_outcomes'),
    ]

    operations = [
        migrations.AddField(
            model_name='attempt',
            name='before',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
