from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tools", "0009_samples_are_known")]

    operations = [
        migrations.AddField("photo", "is_background", models.BooleanField(default=False)),
        migrations.AddField("upload", "is_background", models.BooleanField(default=False)),
    ]
