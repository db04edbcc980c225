"""Countries that parcels are sent to. Names are English here; pages show them in the reader's language."""

from django.db import migrations

# alpha-2, alpha-3, numeric, name. Indonesia leads, the neighbours follow, the rest by name.
COUNTRIES = (
    ("ID", "IDN", "360", "Indonesia", 100),
    ("MY", "MYS", "458", "Malaysia", 50),
    ("SG", "SGP", "702", "Singapore", 50),
    ("BN", "BRN", "096", "Brunei", 50),
    ("TH", "THA", "764", "Thailand", 0),
    ("PH", "PHL", "608", "Philippines", 0),
    ("VN", "VNM", "704", "Vietnam", 0),
    ("AU", "AUS", "036", "Australia", 0),
    ("NZ", "NZL", "554", "New Zealand", 0),
    ("JP", "JPN", "392", "Japan", 0),
    ("KR", "KOR", "410", "South Korea", 0),
    ("CN", "CHN", "156", "China", 0),
    ("TW", "TWN", "158", "Taiwan", 0),
    ("HK", "HKG", "344", "Hong Kong", 0),
    ("IN", "IND", "356", "India", 0),
    ("AE", "ARE", "784", "United Arab Emirates", 0),
    ("SA", "SAU", "682", "Saudi Arabia", 0),
    ("US", "USA", "840", "United States", 0),
    ("CA", "CAN", "124", "Canada", 0),
    ("GB", "GBR", "826", "United Kingdom", 0),
    ("NL", "NLD", "528", "Netherlands", 0),
    ("BE", "BEL", "056", "Belgium", 0),
    ("DE", "DEU", "276", "Germany", 0),
    ("FR", "FRA", "250", "France", 0),
    ("CH", "CHE", "756", "Switzerland", 0),
    ("AT", "AUT", "040", "Austria", 0),
    ("IT", "ITA", "380", "Italy", 0),
    ("ES", "ESP", "724", "Spain", 0),
    ("SE", "SWE", "752", "Sweden", 0),
    ("NO", "NOR", "578", "Norway", 0),
    ("DK", "DNK", "208", "Denmark", 0),
)


def seed(apps, schema_editor):
    Country = apps.get_model("address", "Country")
    for alpha2, alpha3, numeric, name, order in COUNTRIES:
        Country.objects.update_or_create(
            iso_3166_1_a2=alpha2,
            defaults={
                "iso_3166_1_a3": alpha3,
                "iso_3166_1_numeric": numeric,
                "printable_name": name,
                "name": name,
                "display_order": order,
                "is_shipping_country": True,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("address", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
