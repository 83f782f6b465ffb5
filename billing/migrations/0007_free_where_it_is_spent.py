import django.db.models.deletion
from django.db import migrations, models


def forget_reservations(apps, schema_editor):
    """What was set aside on arrival today was granted; it is not what was spent."""
    apps.get_model("billing", "Allowance").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("billing", "0006_plain_names")]
    operations = [
        migrations.CreateModel(
            name="FreeUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(db_index=True)),
                ("amount", models.PositiveBigIntegerField()),
                ("address", models.CharField(blank=True, max_length=64)),
                ("network", models.CharField(max_length=64)),
                (
                    "bucket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="billing.bucket",
                    ),
                ),
                (
                    "hold",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="free_use",
                        to="billing.hold",
                    ),
                ),
            ],
        ),
        migrations.RunPython(forget_reservations, migrations.RunPython.noop),
    ]
