from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tools", "0011_dead_letters")]

    operations = [
        migrations.AddField("photo", "dpi", models.FloatField(null=True, blank=True)),
    ]
