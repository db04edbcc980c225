"""The review that Wagtail lays on a fresh installation, by the name this house gives it.

Wagtail names it after a group of its own, in English ('Moderators approval'), and editors read that name whenever they hand in a page.
"""

from django.db import migrations

WAGTAILS = "Moderators approval"
OURS = "Persetujuan kurator"


def name(apps, schema_editor):
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=WAGTAILS).update(name=OURS)


class Migration(migrations.Migration):
    dependencies = [
        ("cms_home", "0002_site_data"),
    ]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
