from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("billing", "0011_roles_of_those_there_are")]
    operations = [
        migrations.RemoveField("member", "owner"),
        migrations.AddConstraint(
            "member",
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(role="member", pays=False),
                name="member_invited_has_no_rights",
            ),
        ),
    ]
