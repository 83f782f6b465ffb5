"""What was sold before it was written down: as the list had it until November 2026."""

from django.db import migrations

SOLD = {
    "pack-500": ("500 credits", 500),
    "pack-2500": ("2,500 credits", 2500),
    "pack-10000": ("10,000 credits", 10_000),
    "pack-50000": ("50,000 credits", 50_000),
    "plan-seller": ("Seller", 1500),
    "plan-studio": ("Studio", 6000),
    "plan-shop": ("Shop", 25_000),
}
LOCAL = {
    "Customer": "id__contains",
    "StripePrice": "id__contains",
    "Subscription": "id__contains",
    "Order": "session__contains",
    "Purchase": "ref__contains",
    "TopUp": "invoice__contains",
}
# Text told them apart until there was a field for it.
KINDS = {"moved": "moved %account%", "unspent": "free, and not spent"}


def write_down(apps, schema_editor):
    for item, (name, credits) in SOLD.items():
        for model in ("StripePrice", "Order", "TopUp"):
            rows = apps.get_model("billing", model).objects.filter(item=item, credits=0)
            rows.update(name=name, credits=credits)
        apps.get_model("billing", "Subscription").objects.filter(item=item).update(name=name)
    for model, where in LOCAL.items():
        rows = apps.get_model("billing", model).objects.filter(**{where: "_local_"})
        rows.update(till="local")
    purchases = apps.get_model("billing", "Purchase").objects
    for purchase in purchases.all():
        kind, *parts = purchase.ref.split(":")
        months = kind == "sub" and len(parts) == 3
        subscription, price = parts[:2] if months else ("", "")
        purchases.filter(pk=purchase.pk).update(
            value=purchase.paid, subscription=subscription, price=price
        )
    for purchase in purchases.filter(ref__startswith="cs:"):
        orders = apps.get_model("billing", "Order").objects.filter(session=purchase.ref[3:])
        orders.update(state="paid", amount=purchase.paid, currency=purchase.currency)


def tell_apart(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute("ALTER TABLE billing_entry DISABLE TRIGGER billing_entry_stays")
        else:
            # Django makes a table anew to add a column, and its triggers with it are gone.
            cursor.execute("DROP TRIGGER IF EXISTS billing_entry_stays")
        for kind, like in KINDS.items():
            cursor.execute(
                "UPDATE billing_entry SET kind = %s WHERE reason LIKE %s AND actor = ''",
                [kind, like],
            )
        if vendor == "postgresql":
            cursor.execute("ALTER TABLE billing_entry ENABLE TRIGGER billing_entry_stays")
        else:
            for what in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER billing_entry_stays_{what} BEFORE {what} ON billing_entry "
                    "BEGIN SELECT RAISE(ABORT, 'billing_entry is only ever added to'); END"
                )


class Migration(migrations.Migration):
    dependencies = [("billing", "0014_what_was_sold")]
    operations = [
        migrations.RunPython(write_down, migrations.RunPython.noop),
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
    ]
