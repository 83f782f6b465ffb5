import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0009_four_previews_are_a_credit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RemoveConstraint("member", "member_invited_has_no_rights"),
        migrations.AddField(
            "member",
            "role",
            models.CharField(
                choices=[
                    ("owner", "owner"),
                    ("billing", "billing admin"),
                    ("member", "member"),
                ],
                default="member",
                max_length=7,
            ),
        ),
        migrations.AddField(
            "member", "monthly_cap", models.PositiveBigIntegerField(null=True)
        ),
        migrations.AddField("team", "invited", models.PositiveIntegerField(default=0)),
        migrations.AddField("team", "invited_on", models.DateField(null=True)),
        migrations.AddField(
            "apikey",
            "user",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="keys",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "hold",
            "user",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="holds",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
