"""A home page in each language and the site that starts there.

Wagtail's own first migration leaves a "Welcome to your new Wagtail site" page in one language. With this, a fresh installation
opens on an empty home in both, English below /en/, and editors find the tree they are told about.
"""

import uuid

from django.db import migrations

HOMES = (("id", "home", "Kriya Babel"), ("en", "home-en", "Kriya Babel"))


def lay_homes(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("cms_home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    home_type, _created = ContentType.objects.get_or_create(app_label="cms_home", model="homepage")
    if HomePage.objects.exists():
        return
    Site.objects.filter(root_page__slug="home", root_page__content_type__model="page").delete()
    Page.objects.filter(depth=2, slug="home", content_type__app_label="wagtailcore").delete()
    root = Page.objects.get(depth=1)
    key = uuid.uuid4()
    homes = []
    for language, slug, title in HOMES:
        locale, _created = Locale.objects.get_or_create(language_code=language)
        taken = set(Page.objects.filter(depth=2).values_list("path", flat=True))
        place = next(f"{root.path}{number:04d}" for number in range(1, 1000) if f"{root.path}{number:04d}" not in taken)
        homes.append(
            HomePage.objects.create(
                title=title,
                draft_title=title,
                slug=slug,
                content_type=home_type,
                path=place,
                depth=2,
                numchild=0,
                url_path=f"/{slug}/",
                live=True,
                locale=locale,
                translation_key=key,
            )
        )
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    Site.objects.create(
        hostname="localhost", port=80, site_name="Kriya Babel", root_page_id=homes[0].pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cms_home", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(lay_homes, migrations.RunPython.noop)]
