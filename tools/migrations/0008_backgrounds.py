from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tools", "0007_tests_on_visitors")]

    operations = [
        migrations.AddField("photo", "is_background", models.BooleanField(default=False)),
        migrations.AddField("upload", "is_background", models.BooleanField(default=False)),
    ]
