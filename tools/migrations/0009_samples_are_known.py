from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tools", "0008_plain_names")]
    operations = [
        migrations.AddField(
            model_name="photo",
            name="sample",
            field=models.CharField(blank=True, max_length=80),
        ),
    ]
