from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tools", "0012_calls_of_programs")]
    operations = [
        migrations.AddField("attempt", "free_after", models.JSONField(blank=True, default=dict))
    ]
