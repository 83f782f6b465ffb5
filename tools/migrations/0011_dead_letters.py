from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("tools", "0010_backgrounds")]

    operations = [
        migrations.AddField(
            "photo", "tries", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField("photo", "read_until", models.DateTimeField(null=True, blank=True)),
        migrations.CreateModel(
            name="DeadLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.UUIDField()),
                ("error", models.CharField(max_length=40)),
                ("cause", models.CharField(blank=True, max_length=200)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("created", models.DateTimeField(db_index=True, default=timezone.now)),
            ],
            options={"ordering": ("-created",)},
        ),
    ]
