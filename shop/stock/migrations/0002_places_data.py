"""The places that every installation has. Stalls and the like are added by those who open them."""

from django.db import migrations

KINDS = ("outside", "workshop", "shelf", "held", "ordered", "transit", "sold", "returned", "damaged", "gifted", "unexplained")


def add_places(apps, schema_editor):
    Place = apps.get_model("stock", "Place")
    Place.objects.using(schema_editor.connection.alias).bulk_create(
        [Place(code=kind, kind=kind, reference="") for kind in KINDS], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]
    operations = [migrations.RunPython(add_places, migrations.RunPython.noop)]
