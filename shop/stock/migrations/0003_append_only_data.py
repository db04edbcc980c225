"""The database itself refuses to rewrite the ledger, whoever asks."""

from django.db import migrations

from shop.append_only import install, remove


def forwards(apps, schema_editor):
    install(schema_editor.connection, "stock_move")


def backwards(apps, schema_editor):
    remove(schema_editor.connection, "stock_move")


class Migration(migrations.Migration):
    dependencies = [("stock", "0002_places_data")]
    operations = [migrations.RunPython(forwards, backwards)]
