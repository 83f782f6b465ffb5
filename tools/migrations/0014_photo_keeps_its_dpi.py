from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tools", "0013_free_because_of")]

    operations = [
        migrations.AddField("photo", "dpi", models.FloatField(null=True, blank=True)),
    ]
