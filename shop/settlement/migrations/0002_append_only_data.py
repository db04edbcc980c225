"""The database itself refuses to rewrite the books, whoever asks."""

from django.db import migrations

from shop.append_only import install, remove

TABLES = ("settlement_entry", "settlement_posting")


def forwards(apps, schema_editor):
    for table in TABLES:
        install(schema_editor.connection, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
