"""The database itself refuses to change an entry, whoever asks."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION billing_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'billing_entry is only ever added to' USING ERRCODE = 'check_violation'; END $$;
CREATE TRIGGER billing_entry_stays BEFORE UPDATE OR DELETE ON billing_entry
  FOR EACH ROW EXECUTE FUNCTION billing_entry_stays();
"""
# Without DELETE: SQLite has no TRUNCATE, so emptying a test database is deleting.
TRIGGER = """
CREATE TRIGGER billing_entry_stays BEFORE UPDATE ON billing_entry
BEGIN SELECT RAISE(ABORT, 'billing_entry is only ever added to'); END;
"""


def install(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FUNCTION if vendor == "postgresql" else TRIGGER)


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION billing_entry_stays() CASCADE")
        else:
            cursor.execute("DROP TRIGGER billing_entry_stays")


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
