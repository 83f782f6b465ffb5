from django.db import migrations


def keep_who_rules(apps, schema_editor):
    member = apps.get_model("billing", "Member")
    member.objects.filter(owner=True).update(role="owner")
    keys, holds = apps.get_model("billing", "ApiKey"), apps.get_model("billing", "Hold")
    for account in apps.get_model("billing", "Account").objects.exclude(kind="visitor"):
        user = account.user_id
        if account.team_id is not None:
            owners = member.objects.filter(team=account.team_id, role="owner")
            user = owners.order_by("pk").values_list("user", flat=True).first()
        keys.objects.filter(account=account).update(user=user)
        if account.user_id is not None:
            holds.objects.filter(account=account).update(user=account.user_id)


def keep_owners(apps, schema_editor):
    apps.get_model("billing", "Member").objects.filter(role="owner").update(owner=True)


class Migration(migrations.Migration):
    dependencies = [("billing", "0010_roles")]
    operations = [migrations.RunPython(keep_who_rules, keep_owners)]
