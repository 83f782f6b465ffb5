from django.db import migrations, models

import seo.validators


class Migration(migrations.Migration):
    dependencies = [("seo", "0005_tests_on_visitors")]
    operations = [
        migrations.AddField(
            model_name="version",
            name="file",
            field=models.JSONField(blank=True, default=dict, validators=[seo.validators.file]),
        ),
    ]
